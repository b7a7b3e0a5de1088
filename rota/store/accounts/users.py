"""Users, and the roles they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from rota.store.units.rows import table_of
from rota.tables import GrantTable, UnitTable, UserTable

_USER, _GRANT, _UNIT = table_of(UserTable), table_of(GrantTable), table_of(UnitTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRole:
    """A role that a user has; `id` is the number of its row."""

    id: int
    role: str
    unit_id: int | None
    unit: str | None
    team: str | None
    staff_no: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user's row with the roles they have."""

    id: int
    email: str
    name: str
    password_hash: str | None
    must_change_password: bool
    password_ends_at: datetime | None
    subject: str | None
    is_active: bool
    roles: tuple[HeldRole, ...]


def find(connection: Connection, user_id: int) -> Account | None:
    """The user of that number."""
    return _find_one(connection, _USER.c.id == user_id)


def find_by_email(connection: Connection, email: str) -> Account | None:
    """The user of that e-mail address, which is in small letters."""
    return _find_one(connection, _USER.c.email == email)


def find_by_subject(connection: Connection, subject: str) -> Account | None:
    """The user whom single sign-on knows by that name."""
    return _find_one(connection, _USER.c.subject == subject)


def build_query(*columns: ColumnElement[Any]) -> Select[Any]:
    """A query for users with their roles, and these columns of whatever it is joined with."""
    return select(*_list_columns(), *columns).order_by(_USER.c.email, _USER.c.id, _GRANT.c.id)


def join_roles(joined_with: FromClause | None = None) -> FromClause:
    """Users and their roles, joined with a table that has the number of a user."""
    table = _USER if joined_with is None else joined_with.join(_USER)
    return table.outerjoin(_GRANT, _GRANT.c.user_id == _USER.c.id).outerjoin(
        _UNIT, _UNIT.c.id == _GRANT.c.unit_id
    )


def read_accounts(rows: Iterable[Any]) -> Iterator[Account]:
    """The users whom the rows of a joined query tell of."""
    for _, rows_of_user in groupby(rows, key=lambda row: row.user_id):
        together = tuple(rows_of_user)
        first = together[0]
        yield Account(
            id=first.user_id,
            email=first.email,
            name=first.user_name,
            password_hash=first.password_hash,
            must_change_password=first.must_change_password,
            password_ends_at=first.password_ends_at,
            subject=first.subject,
            is_active=first.is_active,
            roles=tuple(_read_role(row) for row in together if row.grant_id is not None),
        )


def add(connection: Connection, *, at: datetime, **columns: Any) -> int:
    """Keep a new user. Their number."""
    row = {"is_active": True, "subject": None, "made_at": at, **columns}
    number: int = connection.execute(insert(_USER).values(row).returning(_USER.c.id)).scalar_one()
    return number


def change(connection: Connection, user_id: int, **columns: Any) -> None:
    """Change these columns of a user."""
    connection.execute(update(_USER).where(_USER.c.id == user_id).values(columns))


def search(
    connection: Connection, text: str, *, first: int, most: int
) -> tuple[tuple[Account, ...], int]:
    """So many users in whose name or address the text stands, from the first by address, and all.

    The second is how many there are without the limit.
    """
    conditions = or_(
        *(func.lower(column).contains(text.lower(), autoescape=True) for column in _SEARCHED)
    )
    query = select(_USER.c.id).where(conditions)
    page = query.order_by(_USER.c.email).offset(first).limit(most)
    rows = connection.execute(build_query().select_from(join_roles()).where(_USER.c.id.in_(page)))
    number: int = connection.execute(
        select(func.count()).select_from(query.subquery())
    ).scalar_one()
    return tuple(read_accounts(rows)), number


def grant(connection: Connection, user_id: int, role: str, **columns: Any) -> int:
    """Keep that a user has a role. The number of its row."""
    row = insert(_GRANT).values(user_id=user_id, role=role, **columns)
    number: int = connection.execute(row.returning(_GRANT.c.id)).scalar_one()
    return number


def revoke(connection: Connection, grant_id: int) -> None:
    """Take a role from whoever has it."""
    connection.execute(delete(_GRANT).where(_GRANT.c.id == grant_id))


def list_active_with_role(connection: Connection, role: str) -> tuple[int, ...]:
    """The numbers of active users with that role, who keep it until this transaction ends."""
    query = select(_USER.c.id).join(_GRANT, _GRANT.c.user_id == _USER.c.id)
    conditions = (_GRANT.c.role == role, _USER.c.is_active)
    return tuple(
        connection.scalars(query.where(*conditions).order_by(_GRANT.c.id).with_for_update())
    )


def list_active_in_unit(connection: Connection, unit_id: int, role: str) -> tuple[Account, ...]:
    """The active users with that role in the unit, by address, with all roles they have."""
    user_ids = select(_GRANT.c.user_id).where(_GRANT.c.unit_id == unit_id, _GRANT.c.role == role)
    conditions = (_USER.c.id.in_(user_ids), _USER.c.is_active)
    return tuple(
        read_accounts(
            connection.execute(build_query().select_from(join_roles()).where(*conditions))
        )
    )


def find_names(connection: Connection, addresses: Set[str]) -> Mapping[str, str]:
    """The name of each user of these addresses."""
    if not addresses:
        return {}
    rows = connection.execute(
        select(_USER.c.email, _USER.c.name).where(_USER.c.email.in_(addresses))
    )
    return {row.email: row.name for row in rows}


def find_active_officer(connection: Connection, unit_id: int, staff_no: str) -> str | None:
    """The address of the active user who is that officer."""
    query = select(_USER.c.email).join(_GRANT, _GRANT.c.user_id == _USER.c.id)
    conditions = (_GRANT.c.unit_id == unit_id, _GRANT.c.staff_no == staff_no, _USER.c.is_active)
    return connection.scalars(query.where(*conditions)).first()


def list_active_officers(connection: Connection, unit_id: int) -> frozenset[str]:
    """The staff numbers of those officers of the unit as whom an active user can sign in."""
    query = select(_GRANT.c.staff_no).join(_USER, _GRANT.c.user_id == _USER.c.id)
    conditions = (_GRANT.c.unit_id == unit_id, _GRANT.c.staff_no.is_not(None), _USER.c.is_active)
    return frozenset(connection.scalars(query.where(*conditions)))


_SEARCHED = (_USER.c.email, _USER.c.name)


def _find_one(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    rows = connection.execute(build_query().select_from(join_roles()).where(condition))
    return next(read_accounts(rows), None)


def _list_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        _USER.c.id.label("user_id"),
        _USER.c.email,
        _USER.c.name.label("user_name"),
        _USER.c.password_hash,
        _USER.c.must_change_password,
        _USER.c.password_ends_at,
        _USER.c.subject,
        _USER.c.is_active,
        _GRANT.c.id.label("grant_id"),
        _GRANT.c.role,
        _GRANT.c.unit_id,
        _UNIT.c.name.label("unit"),
        _GRANT.c.team,
        _GRANT.c.staff_no,
    )


def _read_role(row: Any) -> HeldRole:
    values: Mapping[str, Any] = row._mapping
    names = ("role", "unit_id", "unit", "team", "staff_no")
    return HeldRole(id=row.grant_id, **{name: values[name] for name in names})
