"""The tables of the database have every column of the list; what is missing is named."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import JSON, Boolean, Date, Integer, String

from rota.domain import Duty, Officer, Request, WorkingPattern
from rota.records import RECORD_TABLES
from rota.records.column_types import AnyColumnType, ColumnType, SetOf, Several, WholeNumber
from rota.store.units.rows import STORAGE, json_of, object_of_json

MON = date(2027, 1, 4)

ABOUT_THE_ROW = {"id", "unit_id", "source", "recorded_by", "recorded_at"}


def stored_as(column_type: AnyColumnType) -> type:
    match column_type:
        case ColumnType.DATE:
            return Date
        case ColumnType.YES_OR_NO:
            return Boolean
        case WholeNumber() | ColumnType.PERCENTAGE:
            return Integer
        case ColumnType.WORKING_DAYS | Several() | SetOf():
            return JSON
        case _:
            return String


def test_every_column_is_stored() -> None:
    listed = {
        f"{STORAGE[name].model.__name__}.{attribute}"
        for name, table in RECORD_TABLES.items()
        for attribute in table.attributes
    }
    stored = {
        f"{storage.model.__name__}.{column.name}"
        for storage in STORAGE.values()
        for column in storage.table.columns
        if column.name not in ABOUT_THE_ROW
    }
    assert sorted(listed - stored) == [], "These columns are missing in rota.tables."
    assert sorted(stored - listed) == [], "These are missing in rota.records.unit_tables."


@pytest.mark.parametrize("name", RECORD_TABLES)
def test_columns_are_stored_as_what_they_are(name: str) -> None:
    """A column may be null where a blank cell means nothing at all."""
    for attribute, column in RECORD_TABLES[name].attributes.items():
        stored = STORAGE[name].table.c[attribute]
        kind = getattr(stored.type, "impl", stored.type)
        assert isinstance(kind, stored_as(column.type)), stored
        assert stored.nullable == (not column.required and column.blank is None), stored


@pytest.mark.parametrize(
    "row",
    [
        Officer(
            *("101", "Ann", "Red", "PO", MON, "Leeds", WorkingPattern.of_days({4, 0})),
            other_sites=("York", "Hull"),
            skills=frozenset({"court", "art"}),
            leave_date=MON,
        ),
        Officer(*("102", "Bob", "Red", "PO", MON, "Leeds", WorkingPattern.parse("Mon am / Tue"))),
        Request("101", 4, "home", part="pm"),
        Request("101", MON, "home", 3),
        Duty(MON, "Leeds", 2),
    ],
    ids=lambda row: type(row).__name__,
)
def test_a_row_is_the_same_after_it_was_json(row: object) -> None:
    assert object_of_json(type(row), json.loads(json.dumps(json_of(row)))) == row
