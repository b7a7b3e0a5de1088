"""What can go wrong that a user can put right; every message is fit to be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

LONGEST_VALUE = 60
"""Characters of a value that are shown; the rest is cut."""


class RotaError(Exception):
    """Something a user can put right."""


class NotFound(RotaError):  # noqa: N818
    """Something that was named is not there."""


class Forbidden(RotaError):  # noqa: N818
    """Somebody is not allowed to do or see what they asked for."""


class Conflict(RotaError):  # noqa: N818
    """Somebody else was faster; nothing of theirs was overwritten."""


class TooMany(RotaError):  # noqa: N818
    """Somebody asks too often; after `wait` they may ask again, and nothing was done until then."""

    def __init__(self, sentence: str, *, wait: timedelta) -> None:
        self.wait = max(wait, timedelta(seconds=1))
        super().__init__(f"{sentence}. Wait {say_wait(self.wait)}, then try again")

    @property
    def seconds(self) -> int:
        """Whole seconds to wait, as the header Retry-After has them."""
        return ceil(self.wait / timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: where it is, what was given, what is wrong with it.

    `place` is a table, a file or an option of the command line. `row` is the row number that a
    spreadsheet shows, `says` the end of a sentence that begins with the value, or a whole
    sentence where there is no value; neither has a full stop. `maybe` is what was perhaps meant.
    """

    place: str
    says: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    maybe: str | None = None

    def __str__(self) -> str:
        row = "" if self.row is None else f" row {self.row}"
        column = "" if self.column is None else f", {self.column}"
        value = "" if self.value is None else f"{shorten(self.value)} "
        maybe = "" if self.maybe is None else f" Maybe {shorten(self.maybe)}?"
        return _escape(f"{self.place}{row}{column}: {value}{self.says}.{maybe}")


class BadInput(RotaError):  # noqa: N818, it is the user who reads it
    """Input that cannot be planned, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        """One fault a line."""
        return "\n".join(map(str, self.faults))


def say_missing_extra(purpose: str, extra: str) -> str:
    """That Rota was installed without an extra, and where one reads how to install it.

    The wheel with it is built by whoever installs Rota; under its name an index may have another.
    """
    return (
        f"{purpose} needs the extra {extra}, and Rota was installed without it. "
        f"Install the wheel you built with the extra {extra}, as docs/running.md says"
    )


def say_wait(wait: timedelta) -> str:
    """How long that is, rounded up to the unit in which people count such a time."""
    if wait < timedelta(minutes=2):
        return _say_count(wait, timedelta(seconds=1), "second")
    if wait < timedelta(hours=2):
        return _say_count(wait, timedelta(minutes=1), "minute")
    return _say_count(wait, timedelta(hours=1), "hour")


def _say_count(wait: timedelta, unit: timedelta, name: str) -> str:
    number = ceil(wait / unit)
    return f"1 {name}" if number == 1 else f"{number} {name}s"


def shorten(value: str) -> str:
    """As much of the value as a sentence can hold."""
    return value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"


def _escape(text: str) -> str:
    """The text in one line, with the escape of each character that cannot be seen."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
