"""Which units there are, and how one is found and held by its name."""

from __future__ import annotations

from typing import NoReturn

from sqlalchemy import Connection

from rota.errors import NotFound
from rota.reading import guess_name
from rota.services.access.act import Act
from rota.store.databases.database import Database
from rota.store.units import units
from rota.store.units.units import StoredUnit


def find_unit(connection: Connection, name: str) -> StoredUnit:
    """The unit of that name. Raises NotFound if there is none."""
    return units.find(connection, name) or _refuse_missing(connection, name)


def hold_unit(connection: Connection, name: str) -> StoredUnit:
    """The unit of that name, kept from changing until the transaction ends."""
    return units.find_and_hold(connection, name) or _refuse_missing(connection, name)


def _refuse_missing(connection: Connection, name: str) -> NoReturn:
    names = units.list_names(connection)
    maybe = guess_name(name, names)
    hint = f" Maybe {maybe}?" if maybe else f" There are: {', '.join(names) or 'none yet'}."
    raise NotFound(f"There is no unit {name}.{hint}")


def list_unit_names(database: Database, act: Act) -> tuple[str, ...]:
    """The names of all units that they see; administrators see the names of all there are."""
    with database.reading() as connection:
        names = units.list_names(connection)
    return tuple(n for n in names if act.rights.is_administrator or act.rights.sees(n))
