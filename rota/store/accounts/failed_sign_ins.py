"""Recent sign-ins that failed, by digests of whom they were for and where they came from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from rota.store.units.rows import table_of
from rota.tables import FailedSignInTable

_FAILED = table_of(FailedSignInTable)

_LOCK = 7_206_022
"""The number of the lock on PostgreSQL that lets sign-ins be counted one after another."""


def hold(connection: Connection) -> None:
    """Let nobody else count until this transaction ends, or many at once would miss each other."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def list_instants(connection: Connection, about: str, *, since: datetime) -> tuple[datetime, ...]:
    """When sign-ins about that failed, the newest first."""
    conditions = (_FAILED.c.about == about, _FAILED.c.at > since)
    return tuple(
        connection.scalars(select(_FAILED.c.at).where(*conditions).order_by(_FAILED.c.at.desc()))
    )


def add(connection: Connection, about: str, *, at: datetime) -> int:
    """Keep that one failed. Its number."""
    row = insert(_FAILED).values(about=about, at=at)
    number: int = connection.execute(row.returning(_FAILED.c.id)).scalar_one()
    return number


def remove(connection: Connection, numbers: Iterable[int]) -> None:
    """Forget these, which did not fail after all."""
    connection.execute(delete(_FAILED).where(_FAILED.c.id.in_(tuple(numbers))))


def forget(connection: Connection, about: str) -> None:
    """Forget all about that."""
    connection.execute(delete(_FAILED).where(_FAILED.c.about == about))


def forget_beginning(connection: Connection, about: str) -> None:
    """Forget all about that, and all whose name begins with its."""
    beginning = _FAILED.c.about.startswith(about, autoescape=True)
    connection.execute(delete(_FAILED).where(beginning))


def forget_old(connection: Connection, *, before: datetime) -> None:
    connection.execute(delete(_FAILED).where(_FAILED.c.at <= before))
