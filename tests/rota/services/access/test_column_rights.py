"""Every column, setting and name of the audit says who reads it; what says nothing is hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rota.domain import Policy, Readers, list_settings
from rota.records import BY_NAME, Column, InputTable
from rota.records.column_types import ColumnType
from rota.services.access.audit_details import (
    FOR_MANAGERS,
    FOR_OPERATORS,
    IN_UNITS,
    hide_from_administrators,
    hide_from_heads,
)
from rota.services.access.column_rights import (
    COLUMNS,
    SETTINGS,
    find_readers,
    keep_readable,
    read_attribute_readers,
    read_column_readers,
)
from rota.services.access.rights import OPERATOR, Grant, Rights, Role

UNIT = "Blue"
ANN = Rights((Grant(Role.OFFICER, 1, UNIT, staff_no="ann"),))
HEAD = Rights((Grant(Role.HEAD, 1, UNIT),))
OF_TEAM = Rights((Grant(Role.MANAGER, 1, UNIT, team="North"),))
OF_OTHERS = Rights((Grant(Role.MANAGER, 1, UNIT, team="South"),))
HEAD_OF_OTHERS = Rights((*HEAD.grants, *OF_OTHERS.grants))
OF_ALL = Rights((Grant(Role.MANAGER, 1, UNIT),))
STRANGER = Rights((Grant(Role.MANAGER, 2, "Red"), Grant(Role.ADMINISTRATOR)))

EVERYONE = {
    "ann": ANN,
    "head": HEAD,
    "of the team": OF_TEAM,
    "of others": OF_OTHERS,
    "head, and of others": HEAD_OF_OTHERS,
    "of all": OF_ALL,
    "operator": OPERATOR,
    "stranger": STRANGER,
}

OFFICERS = BY_NAME["officers"]


def with_hobby(readers: Readers) -> InputTable:
    """The officers' table with one column more."""
    hobby = Column(name="hobby", type=ColumnType.TEXT, help="what they like", readers=readers)
    return replace(OFFICERS, columns=(*OFFICERS.columns, hobby))


def test_a_column_cannot_be_made_without_its_readers() -> None:
    about: dict[str, Any] = {"name": "hobby", "type": ColumnType.TEXT, "help": "what they like"}
    with pytest.raises(TypeError):
        Column(**about)


@pytest.mark.parametrize(
    ("readers", "who"),
    [
        (
            Readers.EVERYBODY,
            {
                "ann",
                "head",
                "of the team",
                "of others",
                "head, and of others",
                "of all",
                "operator",
            },
        ),
        (
            Readers.OVERSEERS,
            {"head", "of the team", "head, and of others", "of all", "operator"},
        ),
        (Readers.MANAGERS, {"of the team", "of all", "operator"}),
        (Readers.MANAGERS_OF_ALL, {"of all", "operator"}),
    ],
)
def test_a_new_column_is_for_its_readers_alone(readers: Readers, who: set[str]) -> None:
    """Of an officer of the team North."""
    declared = read_column_readers(with_hobby(readers))
    told = {
        name
        for name, rights in EVERYONE.items()
        if keep_readable({"hobby": "chess"}, declared, find_readers(rights, UNIT, ("North",)))
    }
    assert told == who


def test_a_column_that_nobody_declared_is_for_managers_of_all_alone() -> None:
    """It is so in the audit too, whose rows of long ago may have columns that are no more."""
    told = {
        name
        for name, rights in EVERYONE.items()
        if keep_readable(
            {"hobby": "chess"}, COLUMNS["officers"], find_readers(rights, UNIT, ("North",))
        )
    }
    assert told == {"of all", "operator"}
    row = {"staff_no": "ann", "name": "Ann", "hobby": "chess"}
    assert hide_from_heads({"officers": [row]}) == {
        "officers": [{"staff_no": "ann", "name": "Ann"}]
    }


def test_a_new_column_goes_by_what_the_domain_calls_it_in_the_audit() -> None:
    declared = read_attribute_readers(with_hobby(Readers.MANAGERS))
    assert (declared["hobby"], declared["base"]) == (Readers.MANAGERS, Readers.EVERYBODY)


def test_what_is_about_the_unit_is_read_by_managers_of_any_team() -> None:
    told = [name for name, its in EVERYONE.items() if Readers.MANAGERS in find_readers(its, UNIT)]
    assert told == ["of the team", "of others", "head, and of others", "of all", "operator"]


def test_an_officer_whom_nobody_knows_is_of_no_team() -> None:
    told = [
        name
        for name, its in EVERYONE.items()
        if Readers.MANAGERS in find_readers(its, UNIT, (None,))
    ]
    assert told == ["of all", "operator"]


def test_what_everybody_reads_of_an_officer() -> None:
    known = keep_readable(
        COLUMNS["officers"], COLUMNS["officers"], find_readers(ANN, UNIT, ("North",))
    )
    assert [*known] == ["staff_no", "name", "team", "grade", "base_site"]


def test_why_somebody_is_away_what_they_wish_for_and_adjustments_are_for_managers() -> None:
    private = {
        (table, name)
        for table, declared in COLUMNS.items()
        for name, readers in declared.items()
        if readers == Readers.MANAGERS
    }
    assert private == {
        *(("officers", name) for name in ("email", "skills", "office_percent")),
        *(("officers", name) for name in ("home_days_per_week", "extra_days")),
        *(("away", name) for name in ("staff_no", "first", "last", "kind", "part")),
        *(("requests", name) for name in ("staff_no", "when", "wants", "strength", "part")),
        *(("links", name) for name in ("staff_no", "with_staff_no", "reason")),
    }


# The policy


def test_heads_read_every_setting() -> None:
    assert set(SETTINGS) == set(list_settings())
    assert set(SETTINGS.values()) == {Readers.OVERSEERS}


def test_heads_read_every_change_of_a_setting() -> None:
    """Also of one that is called as a column of officers is, which only managers read."""
    policy = {name: getattr(Policy(start="2027-01-04"), name) for name in list_settings()}  # type: ignore[arg-type]
    assert hide_from_heads({"policy": policy}) == {"policy": policy}
    assert hide_from_heads({"policy": {"secret": 1}}) == {"policy": {}}


# The audit


def test_requests_links_and_drafts_are_counted_only() -> None:
    kept = {"requests": [{"staff_no": "ann"}] * 2, "links": [], "draft": "2027", "seats": [1]}
    assert hide_from_heads(kept) == {
        "requests": f"2 rows, {FOR_MANAGERS}",
        "links": f"0 rows, {FOR_MANAGERS}",
        "draft": "2027",
        "seats": f"1 row, {FOR_MANAGERS}",
    }


def test_a_row_may_go_by_the_names_of_files_or_of_the_domain() -> None:
    rows = [{"site": "York"}, {"name": "York"}, {"owner": "York"}]
    assert hide_from_heads({"sites": rows}) == {"sites": [{"site": "York"}, {"name": "York"}, {}]}


def test_what_nobody_thought_of_is_hidden() -> None:
    assert hide_from_heads({"reason": "ill"}) == {"reason": FOR_MANAGERS}
    assert hide_from_heads({"officers": ["ill"]}) == {"officers": f"1 row, {FOR_MANAGERS}"}
    assert hide_from_heads({"policy": "ill"}) == {"policy": FOR_MANAGERS}
    assert hide_from_administrators({"user": "ann@example.org", "secret": "x"}) == {
        "user": "ann@example.org",
        "secret": FOR_OPERATORS,
    }
    for kept in (None, {}):
        assert hide_from_heads(kept) == hide_from_administrators(kept) == kept


def test_a_name_of_the_audit_is_neither_a_table_nor_the_policy() -> None:
    """Those say of each column or setting who reads it."""
    assert IN_UNITS.keys().isdisjoint({*COLUMNS, "policy"})
