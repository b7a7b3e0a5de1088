"""Between rows of the database and objects of the domain, for the tables of a unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Date, Table
from sqlmodel import SQLModel

from rota import tables
from rota.domain import (
    WEEKDAYS,
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    Policy,
    Request,
    Site,
    Team,
)


@dataclass(frozen=True, slots=True)
class TableStorage:
    """How the rows of one table of a unit are kept: what they are, and where."""

    kind: type[Any]
    model: type[SQLModel]

    @property
    def table(self) -> Table:
        return table_of(self.model)

    @property
    def names(self) -> list[str]:
        """The columns, which are the attributes of the domain's object."""
        return [field.name for field in fields(self.kind)]


KEPT: Mapping[str, TableStorage] = {
    "sites": TableStorage(Site, tables.SiteTable),
    "teams": TableStorage(Team, tables.TeamTable),
    "officers": TableStorage(Officer, tables.OfficerTable),
    "away": TableStorage(Away, tables.AwayTable),
    "duties": TableStorage(Duty, tables.DutyTable),
    "appointments": TableStorage(Appointment, tables.AppointmentTable),
    "requests": TableStorage(Request, tables.RequestTable),
    "links": TableStorage(Link, tables.LinkTable),
    "closures": TableStorage(Closure, tables.ClosureTable),
}


def table_of(model: type[SQLModel]) -> Table:
    """The table that a class of `rota.tables` describes."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def columns_of(row: Any) -> dict[str, Any]:
    """The columns of an object of the domain."""
    return {field.name: _kept(field.name, getattr(row, field.name)) for field in fields(row)}


def object_of(kind: type[Any], columns: Mapping[Any, Any]) -> Any:
    """The object of the domain that the columns tell."""
    return kind(
        **{name: _MADE[name](value) if name in _MADE else value for name, value in columns.items()}
    )


def object_of_json(kind: type[Any], columns: Mapping[str, Any]) -> Any:
    """The object that the columns tell as JSON has them, with dates as texts."""
    return object_of(kind, {**columns, **dict(_dates_in(kind, columns))})


def json_of(row: Any) -> dict[str, Any]:
    """The columns of an object of the domain as JSON can hold them."""
    columns = columns_of(row)
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in columns.items()}


def _dates_in(kind: type[Any], columns: Mapping[str, Any]) -> Iterator[tuple[str, date]]:
    table = next(kept.table for kept in KEPT.values() if kept.kind is kind)
    for name, value in columns.items():
        if isinstance(table.c[name].type, Date) and value is not None:
            yield name, date.fromisoformat(value)


def policy_columns(policy: Policy) -> dict[str, Any]:
    """The policy as JSON can hold it."""
    told = {field.name: getattr(policy, field.name) for field in fields(policy)}
    return {
        **told,
        "start": policy.start.isoformat(),
        "counts": list(policy.counts),
        "weights": dict(policy.weights),
    }


def policy_of(columns: Mapping[str, Any]) -> Policy:
    """The policy that JSON holds; a setting that is newer than the row has its default."""
    return Policy(
        **{
            **columns,
            "start": date.fromisoformat(columns["start"]),
            "counts": tuple(columns["counts"]),
        }
    )


def _kept(name: str, value: Any) -> Any:
    if name == "when":
        return WEEKDAYS[value] if isinstance(value, int) else value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def _when(text: str) -> date | int:
    return WEEKDAYS.index(text) if text in WEEKDAYS else date.fromisoformat(text)


_MADE: Mapping[str, Any] = {
    "when": _when,
    "working_days": frozenset,
    "skills": frozenset,
    "other_sites": tuple,
}
"""What becomes of a column that is kept in another form."""
