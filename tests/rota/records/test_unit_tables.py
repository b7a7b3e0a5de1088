"""The list of tables, and the domain beside it; what is missing anywhere is named."""

from dataclasses import MISSING, fields
from typing import Any

import pytest

from rota.domain import Unit
from rota.reading import POLICY_SHEET, ROTA_FILE
from rota.reading.column_cells import cell_of
from rota.records import BY_NAME, OFFICERS, RECORD_TABLES, TABLES
from rota.records.column_types import ColumnType, SetOf, Several
from rota.records.naming import NAMING_OFFICERS, REFERRED_TO
from rota.records.table import SINCE

EVERY_TABLE = (*TABLES, POLICY_SHEET, ROTA_FILE)

BESIDES = {"locked", "moved_by_hand", "earlier", "earlier_rows", "earlier_policies"}
BESIDES |= {"published_before"}
"""What a unit holds besides its tables: seats of drafts, and what was and held before."""

NOTHING = object()


def defaults(row_type: type) -> dict[str, Any]:
    """The attributes of a class of the domain with what they are unless told; NOTHING for none."""
    if issubclass(row_type, tuple):
        usual = row_type._field_defaults
        return {name: usual.get(name, NOTHING) for name in row_type._fields}
    return {
        its.name: NOTHING if its.default is MISSING else its.default for its in fields(row_type)
    }


def test_every_column_is_in_the_domain_and_the_other_way_round() -> None:
    listed = {f"{table.row_type.__name__}.{name}" for table in TABLES for name in table.attributes}
    in_domain = {
        f"{table.row_type.__name__}.{name}" for table in TABLES for name in defaults(table.row_type)
    }
    assert sorted(listed - in_domain) == [], "These columns are missing in rota.domain."
    assert sorted(in_domain - listed) == [], "These are missing in rota.records.unit_tables."


def test_a_blank_cell_means_what_the_domain_takes_where_nothing_is_told() -> None:
    for table in TABLES:
        usual = defaults(table.row_type)
        meant = {n: NOTHING if c.required else c.blank for n, c in table.attributes.items()}
        assert meant == usual, table.name


def test_a_unit_holds_the_rows_of_every_table() -> None:
    held = {field.name for field in fields(Unit)}
    assert {table.unit_field for table in TABLES} == held - BESIDES
    assert set(RECORD_TABLES) | {"rota", "history"} == set(BY_NAME)
    assert {table.unit_field for table in RECORD_TABLES.values()} == set(RECORD_TABLES)


def test_every_column_says_what_it_is_for_and_what_it_allows() -> None:
    columns = [column for table in EVERY_TABLE for column in table.columns]
    assert [c.name for c in columns if not (c.help and cell_of(c.type).allows)] == []


def test_a_column_refers_to_a_table_whose_rows_have_a_name_and_a_first_day() -> None:
    keys = {table.name: table.key for table in TABLES if table.is_referred_to}
    named = {c.refers_to for table in TABLES for c in table.columns if c.refers_to}
    assert named == set(keys) == set(REFERRED_TO)
    assert {key[1:] for key in keys.values()} == {(SINCE,)}
    assert {table.name for table in TABLES if table.has_terms} == set(keys)


def test_a_column_of_sites_or_staff_numbers_says_to_which_table_it_refers() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if getattr(column.type, "each", column.type) in (ColumnType.SITE, ColumnType.STAFF_NO)
        and not column.refers_to
        and column.name not in table.key
    ]
    assert silent == []


def test_a_row_is_about_every_officer_whom_it_must_name() -> None:
    named = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if column.refers_to == OFFICERS and column.required
    }
    about = {
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if column.refers_to == OFFICERS and column.is_about
    }
    assert named == about


def test_rows_that_go_along_are_these() -> None:
    about = {
        (table.name, column.refers_to)
        for table in TABLES
        for column in table.columns
        if column.is_about
    }
    officers = ("away", "appointments", "requests", "links", "rota", "history")
    of_sites = {("closures", "sites"), ("presence", "sites")}
    assert about == {*((name, "officers") for name in officers), *of_sites}


def test_some_tables_are_changed_by_those_who_manage_all_teams() -> None:
    assert [table.name for table in TABLES if table.is_of_whole_unit] == ["sites", "teams"]


def test_keys_pairs_and_orders_name_columns_of_their_table() -> None:
    for table in EVERY_TABLE:
        same_by = getattr(table, "same_by", ())
        named = {*table.key, *same_by, *(table.in_order or ()), *(table.apart or ())}
        assert named <= {column.name for column in table.columns}


def test_values_of_several_are_blank_as_they_are_read() -> None:
    """So that a column of several has no None in it."""
    for table in TABLES:
        for column in table.columns:
            if isinstance(column.type, Several | SetOf) and not column.required:
                assert column.blank == cell_of(column.type).read(""), column.name


@pytest.mark.parametrize("column", sorted(NAMING_OFFICERS))
def test_columns_that_name_officers_do_so_in_every_table(column: str) -> None:
    types = {t.column(column).type for t in TABLES if column in {c.name for c in t.columns}}
    assert types == {ColumnType.STAFF_NO}


def test_nouns_are_told_for_one_and_several() -> None:
    nouns = {table.name: (table.noun, table.plural) for table in TABLES}
    assert nouns["away"] == ("absence", "absences")
    assert nouns["duties"] == ("duty", "duties")
    assert nouns["rota"] == ("seat", "seats")
