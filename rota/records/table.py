"""What is said of a table and of its columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from rota.domain import Readers, Unit
from rota.records.column_types import AnyColumnType, ColumnType

SINCE = "from"
"""The column with the day from which a row holds that tells terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what may stand in it, what a blank cell means where it may be blank, who reads it.

    `domain_name` is what the domain and the database call it, where they do not call it by its own
    name. It `refers_to` the table whose names
    every value must be; only where `home_too` may a site be home. A row `is_about` what it so
    names if it is removed along with that, and is changed by those who manage that officer.
    """

    name: str
    type: AnyColumnType
    help: str
    readers: Readers
    domain_name: str = ""
    required: bool = False
    blank: Any = None
    refers_to: str | None = None
    home_too: bool = False
    is_about: bool = False

    @property
    def attribute(self) -> str:
        """What the domain and the database call it."""
        return self.domain_name or self.name


def must(name: str, type: AnyColumnType, help: str, readers: Readers, **more: Any) -> Column:
    """A column that must be there, with a value in every row."""
    return Column(name=name, type=type, help=help, readers=readers, required=True, **more)


def may(name: str, type: AnyColumnType, help: str, readers: Readers, **more: Any) -> Column:
    """A column that may be missing or blank."""
    return Column(name=name, type=type, help=help, readers=readers, **more)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its columns in the order in which they are explained.

    No two rows may share the values of its `key`. Where other tables refer to its rows, `key_noun`
    is what the first column of its key is called, which has their names. In every row the first
    date of `in_order` is no later than the second, and the two columns `apart` differ. Rows of one
    name, each with terms that hold from a day on, do not differ in the columns that are `lasting`.
    The column `one_day` may give one date in place of those two. The columns `passed_over` stand in
    what Rota writes, for people, and are not read.
    """

    name: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    key_noun: str = ""
    must: bool = False
    in_order: tuple[str, str] | None = None
    one_day: Column | None = None
    apart: tuple[str, str] | None = None
    passed_over: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()

    @property
    def is_referred_to(self) -> bool:
        """Whether its rows have names by which other tables refer to them."""
        return bool(self.key_noun)

    @cached_property
    def given_columns(self) -> tuple[Column, ...]:
        """The columns that a sheet may have; where one date may stand for two, each is optional."""
        if self.one_day is None or self.in_order is None:
            return self.columns
        first, last = (self.column(name) for name in self.in_order)
        place = self.columns.index(first)
        dates = (self.one_day, replace(first, required=False), replace(last, required=False))
        others = tuple(column for column in self.columns if column not in (first, last))
        return (*others[:place], *dates, *others[place:])

    @property
    def has_terms(self) -> bool:
        """Whether its rows tell what holds from a day on, so that several may be of one name."""
        return SINCE in self.key

    @property
    def recurs(self) -> bool:
        """Whether its rows may be on weekdays, with `first`, `last` and `every`."""
        return "every" in self._columns

    @property
    def days_column(self) -> Column | None:
        """The column with a date or weekdays, if there is one."""
        return next((c for c in self.columns if c.type is ColumnType.DATE_OR_WEEKDAYS), None)

    @property
    def name_column(self) -> Column:
        """The column with the names of its rows."""
        return self.column(self.key[0])

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError if there is none."""
        return self._columns[name]

    @cached_property
    def _columns(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}


@dataclass(frozen=True, kw_only=True)
class InputTable(Table):
    """A table of the files of a unit, whose rows are objects of the domain of one `row_type`.

    One row is called by the `noun`, several by that with an s, or by the `many`. `domain_name` is
    what a unit calls its rows, where it does not call them by the table's name. A row that changes
    is the same row while it has the same values in the columns of `same_by`; if none are told,
    those are the key, and without a key all columns. If it `is_of_whole_unit`, only those may
    change it who manage all teams.
    """

    row_type: type[Any]
    noun: str
    many: str = ""
    domain_name: str = ""
    same_by: tuple[str, ...] = ()
    is_of_whole_unit: bool = False

    @property
    def plural(self) -> str:
        """What several rows are called."""
        return self.many or f"{self.noun}s"

    @property
    def unit_field(self) -> str:
        """What a unit calls its rows."""
        return self.domain_name or self.name

    def rows_of(self, unit: Unit) -> tuple[Any, ...]:
        """The rows of the unit, in their order."""
        rows: tuple[Any, ...] = getattr(unit, self.unit_field)
        return rows

    def row_of(self, values: Mapping[str, Any]) -> Any:
        """The row with these values by column."""
        names = self._attributes_by_name
        return self.row_type(**{names[name]: value for name, value in values.items()})

    def values_of(self, row: Any) -> Mapping[str, Any]:
        """The values of the row by column."""
        names = self._attributes_by_name.items()
        return {name: getattr(row, attribute) for name, attribute in names}

    def key_of_row(self, row: Any) -> Hashable:
        """What makes it the same row in two states of a unit."""
        return self._row_key(row) if self._row_key else row

    @property
    def has_key(self) -> bool:
        """Whether part of a row makes it the same, so that the rest of it can change."""
        return self._row_key is not None

    @cached_property
    def attributes(self) -> Mapping[str, Column]:
        """The columns by what the domain and the database call them."""
        return {column.attribute: column for column in self.columns}

    @cached_property
    def references(self) -> Mapping[str, str]:
        """The attributes that name rows of a table, and of which."""
        return {c.attribute: c.refers_to for c in self.columns if c.refers_to is not None}

    @cached_property
    def _attributes_by_name(self) -> Mapping[str, str]:
        return {column.name: column.attribute for column in self.columns}

    @cached_property
    def _row_key(self) -> Callable[[Any], Hashable] | None:
        names = self.same_by or self.key
        return attrgetter(*(self.column(name).attribute for name in names)) if names else None
