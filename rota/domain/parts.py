"""Parts of a day: its halves, or the whole of it. Inside, everything is counted in half-days."""

from __future__ import annotations

from collections.abc import Iterable

WHOLE_DAY, AM, PM = "", "am", "pm"

HALVES = (AM, PM)
"""The halves of a day, in order."""

HALVES_A_DAY = len(HALVES)


def list_halves(part: str) -> tuple[str, ...]:
    """The halves that make up the part."""
    return HALVES if part == WHOLE_DAY else (part,)


def join_halves(halves: Iterable[str]) -> str | None:
    """The part that these halves make up; None if there are none."""
    halves = frozenset(halves)
    if len(halves) == HALVES_A_DAY:
        return WHOLE_DAY
    return next(iter(halves), None)


def without_halves(part: str, halves: Iterable[str]) -> str | None:
    """What is left of the part without these halves."""
    return join_halves(frozenset(list_halves(part)).difference(halves))


def common_part(part: str, other: str | None) -> str | None:
    """What two parts have in common; None, which stands for no part, has nothing."""
    if other is None or part == other:
        return other
    return join_halves(frozenset(list_halves(part)).intersection(list_halves(other)))


def count_halves(part: str) -> int:
    """Half-days in the part."""
    return HALVES_A_DAY if part == WHOLE_DAY else 1


def has_half(part: str, half: str) -> bool:
    """Whether the half belongs to the part."""
    return part in (WHOLE_DAY, half)


def drop_point(number: float) -> float:
    """The number, a whole one as an integer, so that it is written without a point."""
    return int(number) if number == int(number) else number


def count_days(halves: int) -> int | float:
    """So many half-days in days: a whole number where they make up whole days."""
    days, half = divmod(halves, HALVES_A_DAY)
    return days + 0.5 if half else days
