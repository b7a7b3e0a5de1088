"""What may stand in a column, as data: reading, writing, storing and pages each follow it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class ColumnType(Enum):
    """What needs no more to be said of it."""

    TEXT = auto()
    """A text of moderate length."""

    ANY_TEXT = auto()
    """A text that is read by what stands beside it."""

    NAME = auto()
    """A text without a semicolon, since that separates several."""

    STAFF_NO = auto()
    """A name that spreadsheets may take for a number."""

    SITE = auto()
    """A name, or home in whatever letters."""

    EMAIL = auto()
    """One address."""

    YES_OR_NO = auto()
    """A truth."""

    PERCENTAGE = auto()
    """A whole number from 0 to 100."""

    DATE = auto()
    """A date."""

    WORKING_DAYS = auto()
    """Weekdays or halves of them, perhaps by weeks in turn."""

    DATE_OR_WEEKDAYS = auto()
    """A date, or a set of weekdays by number."""

    WHEN = auto()
    """A date, or every such weekday by number."""


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number, both ends included."""

    least: int
    most: int

    @classmethod
    def among(cls, numbers: range) -> WholeNumber:
        """One of these numbers, which follow one another."""
        return cls(numbers[0], numbers[-1])


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A tuple of texts, in their order, each once."""

    each: ColumnType


@dataclass(frozen=True, slots=True)
class SetOf:
    """A set of texts."""

    each: ColumnType


AnyColumnType = ColumnType | WholeNumber | OneOf | Several | SetOf
