"""New names for sites, teams and officers, wherever the database has the old ones.

History keeps its rows: the database lets a name in it change only while a renaming to that name is
under way. The row of a renaming stays for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Table, insert, select, update
from sqlmodel import SQLModel

from rota.domain import Unit, rename_in_words
from rota.records.naming import attributes_naming, rename_in_row, rename_in_unit
from rota.store.units import earlier_terms
from rota.store.units.imported_rows import ROTA, change_seats
from rota.store.units.rows import STORAGE, json_of, object_of_json, table_of
from rota.tables import (
    AskTable,
    CalendarLinkTable,
    ChangeTable,
    DraftSeatTable,
    DraftTable,
    GrantTable,
    HistorySeatTable,
    ImportedRowTable,
    MessageTable,
    ProposalTable,
    PublishedSeatTable,
    RenamingTable,
    VersionTable,
)

ELSEWHERE: Mapping[str, Mapping[type[SQLModel], tuple[str, ...]]] = {
    "officers": {
        PublishedSeatTable: ("staff_no",),
        HistorySeatTable: ("staff_no",),
        ChangeTable: ("staff_no",),
        ProposalTable: ("staff_no",),
        DraftSeatTable: ("staff_no",),
        MessageTable: ("staff_no",),
        CalendarLinkTable: ("staff_no",),
        GrantTable: ("staff_no",),
        AskTable: ("staff_no", "with_staff_no"),
    },
    "sites": {
        PublishedSeatTable: ("site",),
        HistorySeatTable: ("site",),
        ChangeTable: ("before", "after"),
        ProposalTable: ("before", "after"),
        DraftSeatTable: ("site", "moved_from"),
        AskTable: ("own_site", "with_site"),
    },
    "teams": {GrantTable: ("team",)},
}
"""The columns that name officers, sites and teams, but for those of the tables of records."""

_RENAMING, _DRAFT = table_of(RenamingTable), table_of(DraftTable)

_VERSION, _IMPORTED = table_of(VersionTable), table_of(ImportedRowTable)

_ASK = table_of(AskTable)


def is_used(connection: Connection, unit_id: int, table: str, name: str) -> bool:
    """Whether anything but records has the name, such as a rota that was published once."""
    return any(
        connection.execute(
            select(column).where(column == name, _is_of(column.table, unit_id)).limit(1)
        ).first()
        for column in _columns_elsewhere(table)
    )


def find_first_name(connection: Connection, unit_id: int, table: str, name: str) -> str:
    """What the row was called before it was ever renamed."""
    query = select(_RENAMING.c.before, _RENAMING.c.after).where(
        _RENAMING.c.unit_id == unit_id, _RENAMING.c.table_name == table
    )
    for before, after in connection.execute(query.order_by(_RENAMING.c.id.desc())):
        name = before if name == after else name
    return name


def rename(
    connection: Connection,
    unit_id: int,
    *,
    table: str,
    before: str,
    after: str,
    at: datetime,
    by: str,
) -> None:
    """Write the new name wherever the unit has the old one. Nothing may have the new one yet."""
    row = insert(_RENAMING).values(
        unit_id=unit_id,
        table_name=table,
        before=before,
        after=after,
        done_at=at,
        done_by=by,
        is_under_way=True,
    )
    number = connection.execute(row.returning(_RENAMING.c.id)).scalar_one()
    for column in (*_columns_elsewhere(table), *_columns_of_records(table)):
        has_name = (column == before, _is_of(column.table, unit_id))
        connection.execute(update(column.table).where(*has_name).values({column.name: after}))
    _rename_in_lists(connection, unit_id, table, before, after)
    _rename_in_imported_rows(connection, unit_id, table, before, after)
    _rename_in_earlier_terms(connection, unit_id, table, before, after)
    _rename_in_seats_given_up(connection, unit_id, table, before, after)
    if table == "sites":
        _rename_in_split_days(connection, unit_id, before, after)
    ended = update(_RENAMING).where(_RENAMING.c.id == number)
    connection.execute(ended.values(is_under_way=False))


def _columns_elsewhere(table: str) -> Iterator[Any]:
    for model, names in ELSEWHERE[table].items():
        yield from (table_of(model).c[name] for name in names)


def _columns_of_records(table: str) -> Iterator[Any]:
    for holder, storage in STORAGE.items():
        columns = (storage.table.c[name] for name in attributes_naming(holder, table))
        yield from (column for column in columns if not isinstance(column.type, JSON))


def _is_of(table: Table, unit_id: int) -> ColumnElement[bool]:
    """Whether a row of the table is the unit's, or that of a version or a draft of it."""
    for column, owner in (("version_id", _VERSION), ("draft_id", _DRAFT)):
        if column in table.c:
            return table.c[column].in_(select(owner.c.id).where(owner.c.unit_id == unit_id))
    is_of_unit: ColumnElement[bool] = table.c.unit_id == unit_id
    return is_of_unit


def _rename_in_lists(
    connection: Connection, unit_id: int, table: str, before: str, after: str
) -> None:
    """Change the name in columns that hold several."""
    for holder, storage in STORAGE.items():
        sql_table = storage.table
        for attribute in attributes_naming(holder, table):
            column = sql_table.c[attribute]
            if isinstance(column.type, JSON):
                query = select(sql_table.c.id, column).where(sql_table.c.unit_id == unit_id)
                for number, names in connection.execute(query).all():
                    if before in names:
                        new_names = [after if name == before else name for name in names]
                        row = update(sql_table).where(sql_table.c.id == number)
                        connection.execute(row.values({attribute: new_names}))


def _rename_in_imported_rows(
    connection: Connection, unit_id: int, table: str, before: str, after: str
) -> None:
    query = select(_IMPORTED.c.id, _IMPORTED.c.table_name, _IMPORTED.c.row)
    for number, name, row in connection.execute(query.where(_IMPORTED.c.unit_id == unit_id)).all():
        new_row = row
        if name == ROTA:
            new_row = change_seats(row, lambda seat: _rename_in_seat(seat, table, before, after))
        elif name in STORAGE:
            old = object_of_json(STORAGE[name].kind, row)
            if (new := rename_in_row(name, old, table, before, after)) != old:
                new_row = json_of(new)
        if new_row != row:
            entry = update(_IMPORTED).where(_IMPORTED.c.id == number)
            connection.execute(entry.values(row=new_row))


def _rename_in_earlier_terms(
    connection: Connection, unit_id: int, table: str, before: str, after: str
) -> None:
    unit = Unit(sites=(), teams=(), officers=(), **earlier_terms.load(connection, unit_id))
    renamed = rename_in_unit(unit, table, before, after)
    earlier_terms.change(connection, unit_id, unit, renamed)


def _rename_in_seats_given_up(
    connection: Connection, unit_id: int, table: str, before: str, after: str
) -> None:
    """Change the name in the seats of drafts that a run replaced, or could not keep."""
    for column in (_DRAFT.c.replaced, _DRAFT.c.not_kept):
        query = select(_DRAFT.c.id, column).where(_DRAFT.c.unit_id == unit_id)
        for number, seats in connection.execute(query).all():
            new_seats = [_rename_in_seat(seat, table, before, after) for seat in seats or ()]
            if new_seats != (seats or []):
                row = update(_DRAFT).where(_DRAFT.c.id == number)
                connection.execute(row.values({column.name: new_seats}))


def _rename_in_split_days(connection: Connection, unit_id: int, before: str, after: str) -> None:
    """Change the name in the sites of halves of days, which asks for swaps have in words."""
    for column in (_ASK.c.own_site, _ASK.c.with_site):
        has_name = (_ASK.c.unit_id == unit_id, column.contains(before, autoescape=True))
        for number, sites in connection.execute(select(_ASK.c.id, column).where(*has_name)).all():
            row = update(_ASK).where(_ASK.c.id == number)
            new_sites = rename_in_words(sites, before, after)
            connection.execute(row.values({column.name: new_sites}))


def _rename_in_seat(seat: list[str], table: str, before: str, after: str) -> list[str]:
    staff_no, day, site, *part = seat
    return [
        after if (table, staff_no) == ("officers", before) else staff_no,
        day,
        after if (table, site) == ("sites", before) else site,
        *part,
    ]
