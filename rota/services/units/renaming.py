"""Give sites, teams and officers other names; all that hangs on the old ones stays with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NoReturn

from sqlalchemy import Connection

from rota.domain import Unit
from rota.errors import BadInput, Fault, NotFound
from rota.reading import read_one
from rota.reading.name_guesses import guess_name
from rota.records.naming import REFERRED_TO, name_of
from rota.services.access.act import Act
from rota.services.units.lookup import hold_unit
from rota.services.units.record_changes import mark_changed
from rota.store.databases.database import Database
from rota.store.rotas import drafts
from rota.store.runs import runs
from rota.store.units import renamings, units
from rota.store.units.units import StoredUnit
from rota.writing import row_texts

RENAMED = "renamed"
"""What the audit calls it."""


def rename(
    database: Database, act: Act, *, unit: str, table: str, before: str, after: str
) -> tuple[str, str]:
    """Give a site, a team or an officer another name. What they are called before and after.

    Published seats and all other history go by the new name from now on. Raises NotFound if
    nothing has the old name, BadInput if the new one is taken or is no name.
    """
    if table not in REFERRED_TO:
        raise NotFound(f"Nothing in {table} has a name. There are: {', '.join(REFERRED_TO)}.")
    act.rights.must_manage_whole(unit)
    with database.writing() as connection:
        return rename_in(
            connection, act, hold_unit(connection, unit), table=table, before=before, after=after
        )


def rename_in(
    connection: Connection, act: Act, unit: StoredUnit, *, table: str, before: str, after: str
) -> tuple[str, str]:
    """The same within another transaction that holds the unit; rights are not checked."""
    tables = units.load(connection, unit.id)
    rows = {name_of(table, row): row for row in getattr(tables, table)}
    if before not in rows:
        _refuse_unknown(before, table, tuple(rows))
    column, noun = REFERRED_TO[table].name_column.name, REFERRED_TO[table].key_noun
    if after.strip() == before:
        return before, before
    if after.strip() in rows:
        misfit = f"is another {noun} already"
        raise BadInput([Fault(table, misfit, None, column, after.strip())])
    after = _read_name(tables, table, rows[before], after)
    if renamings.is_used(connection, unit.id, table, after):
        misfit = f"was another {noun} once, whose rotas or roles are kept under it"
        raise BadInput([Fault(table, misfit, None, column, after)])
    renamings.rename(
        connection, unit.id, table=table, before=before, after=after, at=act.at, by=act.actor
    )
    runs.take_back(connection, unit.id)
    drafts.touch_all(connection, unit.id, revision=unit.revision)
    names = {"before": {table: [{column: before}]}, "after": {table: [{column: after}]}}
    mark_changed(connection, act, unit, RENAMED, **names)
    return before, after


def _refuse_unknown(name: str, table: str, names: tuple[str, ...]) -> NoReturn:
    maybe = guess_name(name, names)
    hint = f" Maybe {maybe}?" if maybe else ""
    raise NotFound(f"{name} is not a {REFERRED_TO[table].key_noun} here.{hint}")


def _read_name(tables: Unit, table: str, row: Any, name: str) -> str:
    """The name as a cell of a file would tell it. Raises BadInput if it is none."""
    column = REFERRED_TO[table].name_column.name
    other_rows = tuple(r for r in getattr(tables, table) if r != row)
    texts = {**row_texts(table, row), column: name}
    try:
        return name_of(table, read_one(table, texts, unit=replace(tables, **{table: other_rows})))
    except BadInput as error:
        faults = [fault for fault in error.faults if fault.column == column]
        if not faults:
            return name.strip()  # What else is wrong with the row was so before.
        raise BadInput(faults) from None
