"""What was done is looked for and shown to those who may know it, as far as they may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rota.domain import Away
from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.audit_details import FOR_MANAGERS
from rota.services.access.rights import Grant, Rights, Role
from rota.services.runs import night
from rota.services.units import record_changes
from rota.services.upkeep import audits
from rota.services.upkeep.audits import AuditFilter, AuditPage
from rota.store.databases.database import Database
from rota.store.upkeep import audit
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, record, sick
from tests.rota_text import MON, TUE, WED, rota
from tests.stored import act, publish

CHART = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   O
"""
ANYTHING = AuditFilter()
ON_MON, ON_TUE = act(MON), act(TUE, "Sam")

HEAD = Grant(Role.HEAD, 1, "Blue")
MANAGER = Grant(Role.MANAGER, 1, "Blue")


@pytest.fixture
@filled_once
def blue(database: Database) -> Database:
    """A unit in which Mel recorded on Monday that Ann is ill, and Sam a closure on Tuesday."""
    keep(database, CHART)
    sick(database, ON_MON, Away("ann", WED, WED))
    record(database, ON_TUE, "closures", site="Leeds", date=str(WED), desks="2")
    return database


def with_rights(*grants: Grant) -> Act:
    return replace(ON_TUE, rights=Rights(grants))


def seen(database: Database, wanted: AuditFilter = ANYTHING, *grants: Grant) -> AuditPage:
    doer = with_rights(*(grants or (MANAGER,)))
    return audits.find_in_unit(database, doer, unit="Blue", search=wanted)


def whats(deeds: AuditPage) -> list[str]:
    return [entry.what for entry in deeds.entries]


CLOSURE, ILLNESS = "added to closures", "added to away"


def test_deeds_come_newest_first_with_the_names_to_look_for(blue: Database) -> None:
    deeds = seen(blue)
    assert whats(deeds) == [CLOSURE, ILLNESS]
    assert (deeds.actors, deeds.actions, deeds.older) == (("Mel", "Sam"), (ILLNESS, CLOSURE), None)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(actor="Mel"), [ILLNESS]),
        (AuditFilter(what=CLOSURE), [CLOSURE]),
        (AuditFilter(actor="Mel", what=CLOSURE), []),
        (AuditFilter(first=TUE), [CLOSURE]),
        (AuditFilter(last=MON), [ILLNESS]),
        (AuditFilter(first=MON, last=TUE), [CLOSURE, ILLNESS]),
        (AuditFilter(first=WED), []),
    ],
)
def test_deeds_are_found_by_who_did_what_and_when(
    blue: Database, wanted: AuditFilter, found: list[str]
) -> None:
    deeds = seen(blue, wanted)
    assert whats(deeds) == found
    assert deeds.actors == ("Mel", "Sam")


def test_so_many_are_shown_and_the_older_ones_after_them(blue: Database) -> None:
    for number in range(audits.MOST):
        day = MON + timedelta(days=number)
        record(blue, ON_TUE, "closures", site="York", date=str(day), desks="1")
    deeds = seen(blue)
    assert (len(deeds.entries), deeds.older) == (audits.MOST, 3)
    older = audits.find_in_unit(
        blue, with_rights(MANAGER), unit="Blue", search=ANYTHING, before=deeds.older
    )
    assert (whats(older), older.older) == ([CLOSURE, ILLNESS], None)


def test_other_units_and_signing_in_are_not_among_them(blue: Database) -> None:
    keep(blue, CHART, name="Red")
    sick(blue, ON_MON, Away("ann", TUE, TUE), unit="Red")
    sign_in(blue)
    assert whats(seen(blue)) == [CLOSURE, ILLNESS]


# Who sees how much


def test_managers_of_the_whole_unit_see_whose_illness_it_is(blue: Database) -> None:
    spell = {"staff_no": "ann", "first": "2027-01-06", "last": "2027-01-06", "kind": "sick"}
    assert seen(blue).entries[1].after == {"away": [{**spell, "part": ""}]}


def test_heads_see_that_something_was_recorded_but_not_of_whom(blue: Database) -> None:
    closure, illness = seen(blue, ANYTHING, HEAD).entries
    assert (illness.actor, illness.what) == ("Mel", ILLNESS)
    assert illness.after == {"away": f"1 row, {FOR_MANAGERS}"}
    row = {"site": "Leeds", "first": "2027-01-06", "last": "2027-01-06", "desks": 2, "part": ""}
    assert closure.after == {"closures": [row]}


def test_who_heads_and_manages_a_unit_sees_all_of_it(blue: Database) -> None:
    assert seen(blue, ANYTHING, HEAD, MANAGER) == seen(blue)


def test_heads_do_not_see_what_officers_ask(blue: Database) -> None:
    for before, after in ((None, {"ask": 1, "kind": "leave"}), ({"ask": 1}, {"ask": 1})):
        with blue.writing() as connection:
            audit.add(connection, 1, act(TUE, "Ann").entry("asked", before=before, after=after))
    deeds = seen(blue, ANYTHING, HEAD)
    assert whats(deeds) == [CLOSURE, ILLNESS]
    assert (deeds.actors, deeds.actions) == (("Mel", "Sam"), (ILLNESS, CLOSURE))
    assert seen(blue, AuditFilter(actor="Ann"), HEAD).entries == ()
    assert whats(seen(blue)) == ["asked", "asked", CLOSURE, ILLNESS]


@ON_SQLITE
@pytest.mark.parametrize(
    "grant",
    [
        Grant(Role.OFFICER, 1, "Blue", staff_no="ann"),
        Grant(Role.MANAGER, 1, "Blue", team="Blue"),
        Grant(Role.HEAD, 2, "Red"),
        Grant(Role.ADMINISTRATOR),
    ],
    ids=str,
)
def test_nobody_else_sees_what_was_done(blue: Database, grant: Grant) -> None:
    with pytest.raises(Forbidden):
        seen(blue, ANYTHING, grant)


def test_only_administrators_see_who_signed_in(blue: Database) -> None:
    sign_in(blue)
    deeds = audits.find_outside_units(blue, with_rights(Grant(Role.ADMINISTRATOR)), search=ANYTHING)
    assert (whats(deeds), deeds.actors) == (["signed in"], ("Ann",))
    with pytest.raises(Forbidden):
        audits.find_outside_units(blue, with_rights(HEAD, MANAGER), search=ANYTHING)


@ON_SQLITE
def test_all_that_was_kept_is_for_operators_and_of_a_unit_for_its_managers(blue: Database) -> None:
    assert len(audits.list_latest(blue, ON_MON)) == 2
    assert len(audits.list_latest(blue, with_rights(MANAGER), unit="Blue")) == 2
    for grant, unit in ((MANAGER, None), (HEAD, "Blue")):
        with pytest.raises(Forbidden):
            audits.list_latest(blue, with_rights(grant), unit=unit)


def sign_in(database: Database) -> None:
    with database.writing() as connection:
        audit.add(connection, None, act(TUE, "Ann").entry("signed in"))


@ON_SQLITE
def test_nothing_that_the_audit_keeps_of_an_illness_reaches_a_head(database: Database) -> None:
    chart = "\n4 Jan 2027\nMon Tue Wed\nAnn O O O\nBob H H H\n"
    keep(database, chart, plan_ahead_weeks=0)
    publish(database, EARLIER, rota=rota(chart))
    sick(database, ON_MON, Away("ann", TUE, WED))
    row = {"staff_no": "ann", "first": str(TUE), "last": str(TUE), "kind": "sick"}
    record_changes.withdraw_away(database, ON_MON, unit="Blue", row=row)
    night.request_nights(database, ON_MON, unit="Blue", as_of=MON, seconds=1)
    told = str(seen(database, ANYTHING, HEAD).entries)
    assert "sick" in str(seen(database).entries)
    assert "sick" not in told
    assert "'ann'" not in told
    assert str(date(2027, 1, 6)) not in told
