"""Between rows of the database and objects of the domain, for the tables of a unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy import Date, Table
from sqlmodel import SQLModel

from rota import tables
from rota.domain import TIMES_OF_DAY, WEEKDAYS, Days, Policy, WorkingPattern
from rota.records import RECORD_TABLES, InputTable
from rota.records.column_types import AnyColumnType, ColumnType, SetOf, Several


@dataclass(frozen=True, slots=True)
class TableStorage:
    """How the rows of one table of a unit are stored: what they are, and where."""

    kind: type[Any]
    model: type[SQLModel]

    @property
    def table(self) -> Table:
        return table_of(self.model)

    @property
    def names(self) -> list[str]:
        """The columns, which are the attributes of the domain's object."""
        return [field.name for field in fields(self.kind)]


_MODELS: Mapping[str, type[SQLModel]] = {
    "sites": tables.SiteTable,
    "teams": tables.TeamTable,
    "officers": tables.OfficerTable,
    "away": tables.AwayTable,
    "duties": tables.DutyTable,
    "appointments": tables.AppointmentTable,
    "presence": tables.PresenceTable,
    "requests": tables.RequestTable,
    "links": tables.LinkTable,
    "closures": tables.ClosureTable,
}

STORAGE: Mapping[str, TableStorage] = {
    name: TableStorage(table.row_type, _MODELS[name]) for name, table in RECORD_TABLES.items()
}
"""How each table is stored that people keep."""


def table_of(model: type[SQLModel]) -> Table:
    """The table that a class of `rota.tables` describes."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def columns_of(row: Any) -> dict[str, Any]:
    """The columns of an object of the domain."""
    columns = {field.name: getattr(row, field.name) for field in fields(row)}
    for name, form in _FORMS[type(row)].items():
        columns[name] = form.store(columns[name])
    return columns


def object_of(kind: type[Any], columns: Mapping[Any, Any]) -> Any:
    """The object of the domain that the columns tell."""
    values = dict(columns)
    for name, form in _FORMS[kind].items():
        if name in values:
            values[name] = form.load(values[name])
    return kind(**values)


def object_of_json(kind: type[Any], columns: Mapping[str, Any]) -> Any:
    """The object that the columns tell as JSON has them, with dates as texts."""
    return object_of(kind, {**columns, **dict(_dates_in(kind, columns))})


def json_of(row: Any) -> dict[str, Any]:
    """The columns of an object of the domain as JSON can hold them."""
    columns = columns_of(row)
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in columns.items()}


def _dates_in(kind: type[Any], columns: Mapping[str, Any]) -> Iterator[tuple[str, date]]:
    table = next(storage.table for storage in STORAGE.values() if storage.kind is kind)
    for name, value in columns.items():
        if isinstance(table.c[name].type, Date) and value is not None:
            yield name, date.fromisoformat(value)


def policy_columns(policy: Policy) -> dict[str, Any]:
    """The policy as JSON can hold it."""
    columns = {field.name: getattr(policy, field.name) for field in fields(policy)}
    return {
        **columns,
        "start": policy.start.isoformat(),
        "counts": list(policy.counts),
        "days_off": [day.isoformat() for day in policy.days_off],
        **{name: columns[name].isoformat("minutes") for name in TIMES_OF_DAY},
        "weights": dict(policy.weights),
    }


def policy_of(columns: Mapping[str, Any]) -> Policy:
    """The policy that JSON holds; a setting that is newer than the row has its default."""
    return Policy(
        **{
            **columns,
            "start": date.fromisoformat(columns["start"]),
            "counts": tuple(columns["counts"]),
            "days_off": tuple(map(date.fromisoformat, columns.get("days_off", ()))),
            **{n: time.fromisoformat(columns[n]) for n in TIMES_OF_DAY if n in columns},
        }
    )


class _StoredForm(NamedTuple):
    """How a value is stored in another form than the domain has it, and loaded again."""

    store: Callable[[Any], Any]
    load: Callable[[Any], Any]


def _store_when(day: date | int) -> str:
    return WEEKDAYS[day] if isinstance(day, int) else day.isoformat()


def _load_when(text: str) -> date | int:
    return WEEKDAYS.index(text) if text in WEEKDAYS else date.fromisoformat(text)


def _store_pattern(pattern: WorkingPattern) -> list[int] | str:
    """Weekdays by number where whole days of every week are worked, and else the notation."""
    weekdays = sorted(pattern.weekdays)
    return weekdays if pattern == WorkingPattern.of_days(weekdays) else str(pattern)


def _load_pattern(value: list[int] | str) -> WorkingPattern:
    if isinstance(value, str):
        return WorkingPattern.parse(value)
    return WorkingPattern.of_days(value)


def _store_days(days: Days | None) -> str | None:
    if days is None:
        return None
    if isinstance(days, date):
        return days.isoformat()
    return " ".join(WEEKDAYS[day] for day in sorted(days))


def _load_days(text: str | None) -> Days | None:
    if text is None:
        return None
    if text[0].isdigit():
        return date.fromisoformat(text)
    return frozenset(WEEKDAYS.index(name) for name in text.split())


def _form_of(column_type: AnyColumnType) -> _StoredForm | None:
    match column_type:
        case ColumnType.WHEN:
            return _StoredForm(_store_when, _load_when)
        case ColumnType.DATE_OR_WEEKDAYS:
            return _StoredForm(_store_days, _load_days)
        case ColumnType.WORKING_DAYS:
            return _StoredForm(_store_pattern, _load_pattern)
        case SetOf():
            return _StoredForm(sorted, frozenset)
        case Several():
            return _StoredForm(list, tuple)
        case _:
            return None


def _forms_in(table: InputTable) -> Mapping[str, _StoredForm]:
    forms = ((name, _form_of(column.type)) for name, column in table.attributes.items())
    return {name: form for name, form in forms if form is not None}


_FORMS: Mapping[type[Any], Mapping[str, _StoredForm]] = {
    table.row_type: _forms_in(table) for table in RECORD_TABLES.values()
}
"""The columns that are stored in another form, by the class of the row."""
