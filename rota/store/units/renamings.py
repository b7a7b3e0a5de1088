"""New names for sites, teams and officers, wherever the database has the old ones.

History keeps its rows: the database lets a name in it be changed only while a renaming to just that
name is under way, of which a row stays for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Table, insert, select, update
from sqlmodel import SQLModel

from rota.records.naming import attributes_naming, rename_in_row
from rota.store.units.imported_rows import ROTA, rota_row
from rota.store.units.rows import STORAGE, json_of, object_of_json, table_of
from rota.tables import (
    AskTable,
    CalendarLinkTable,
    ChangeTable,
    DraftSeatTable,
    DraftTable,
    GrantTable,
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


def is_known(connection: Connection, unit_id: int, table: str, name: str) -> bool:
    """Whether anything but records has the name, such as a rota that was published once."""
    return any(
        connection.execute(
            select(column).where(column == name, _is_of(column.table, unit_id)).limit(1)
        ).first()
        for column in _columns_elsewhere(table)
    )


def first_name(connection: Connection, unit_id: int, table: str, name: str) -> str:
    """What the row was called before it was ever renamed."""
    asked = select(_RENAMING.c.before, _RENAMING.c.after).where(
        _RENAMING.c.unit_id == unit_id, _RENAMING.c.table_name == table
    )
    for before, after in connection.execute(asked.order_by(_RENAMING.c.id.desc())):
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
    """Put the new name wherever the unit has the old one. Nothing may have the new one yet."""
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
        is_meant = (column == before, _is_of(column.table, unit_id))
        connection.execute(update(column.table).where(*is_meant).values({column.name: after}))
    _rename_in_lists(connection, unit_id, table, before, after)
    _rename_in_imported_rows(connection, unit_id, table, before, after)
    _rename_in_seats_given_up(connection, unit_id, table, before, after)
    ended = update(_RENAMING).where(_RENAMING.c.id == number)
    connection.execute(ended.values(is_under_way=False))


def _columns_elsewhere(table: str) -> Iterator[Any]:
    for model, names in ELSEWHERE[table].items():
        yield from (table_of(model).c[name] for name in names)


def _columns_of_records(table: str) -> Iterator[Any]:
    for holder, kept in STORAGE.items():
        columns = (kept.table.c[name] for name in attributes_naming(holder, table))
        yield from (column for column in columns if not isinstance(column.type, JSON))


def _is_of(table: Table, unit_id: int) -> ColumnElement[bool]:
    """Whether a row of the table is the unit's, or that of a version or a draft of it."""
    for column, owner in (("version_id", _VERSION), ("draft_id", _DRAFT)):
        if column in table.c:
            return table.c[column].in_(select(owner.c.id).where(owner.c.unit_id == unit_id))
    mine: ColumnElement[bool] = table.c.unit_id == unit_id
    return mine


def _rename_in_lists(
    connection: Connection, unit_id: int, table: str, before: str, after: str
) -> None:
    """Change the name in columns that hold several."""
    for holder, kept in STORAGE.items():
        for name in attributes_naming(holder, table):
            column = kept.table.c[name]
            if isinstance(column.type, JSON):
                asked = select(kept.table.c.id, column).where(kept.table.c.unit_id == unit_id)
                for number, names in connection.execute(asked).all():
                    if before in names:
                        changed = [after if each == before else each for each in names]
                        row = update(kept.table).where(kept.table.c.id == number)
                        connection.execute(row.values({name: changed}))


def _rename_in_imported_rows(
    connection: Connection, unit_id: int, table: str, before: str, after: str
) -> None:
    asked = select(_IMPORTED.c.id, _IMPORTED.c.table_name, _IMPORTED.c.row)
    for number, name, row in connection.execute(asked.where(_IMPORTED.c.unit_id == unit_id)).all():
        if name == ROTA:
            now = rota_row(row, lambda seat: _seat_renamed(seat, table, before, after))
            changed = update(_IMPORTED).where(_IMPORTED.c.id == number)
            connection.execute(changed.values(row=now))
        elif name in STORAGE:
            was = object_of_json(STORAGE[name].kind, row)
            if (now := rename_in_row(name, was, table, before, after)) != was:
                changed = update(_IMPORTED).where(_IMPORTED.c.id == number)
                connection.execute(changed.values(row=json_of(now)))


def _rename_in_seats_given_up(
    connection: Connection, unit_id: int, table: str, before: str, after: str
) -> None:
    """Change the name in what drafts tell of the seats that a run replaced, or could not keep."""
    for column in (_DRAFT.c.replaced, _DRAFT.c.not_kept):
        asked = select(_DRAFT.c.id, column).where(_DRAFT.c.unit_id == unit_id)
        for number, seats in connection.execute(asked).all():
            now = [_seat_renamed(seat, table, before, after) for seat in seats or ()]
            if now != (seats or []):
                row = update(_DRAFT).where(_DRAFT.c.id == number)
                connection.execute(row.values({column.name: now}))


def _seat_renamed(seat: list[str], table: str, before: str, after: str) -> list[str]:
    staff_no, day, site = seat
    return [
        after if (table, staff_no) == ("officers", before) else staff_no,
        day,
        after if (table, site) == ("sites", before) else site,
    ]
