"""Seats, and the rota that is made of them."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rota.domain.calendar import say_half
from rota.domain.parts import (
    HALVES,
    HALVES_A_DAY,
    WHOLE_DAY,
    common_part,
    count_halves,
    has_half,
    list_halves,
    without_halves,
)

OfficerDay = tuple[str, date]
"""An officer's staff number and a date."""

OfficerPart = tuple[str, date, str]
"""An officer's staff number, a date and a part of it."""


class Seat(NamedTuple):
    """One officer at one site on one date, for the whole day or half of it.

    A whole day at one site is one seat; on a day that is split between two sites there are two.
    """

    staff_no: str
    date: date
    site: str
    part: str = WHOLE_DAY

    @property
    def officer_day(self) -> OfficerDay:
        return self.staff_no, self.date

    @property
    def halves(self) -> int:
        """Half-days that it takes."""
        return count_halves(self.part)

    def has_half(self, half: str) -> bool:
        """Whether it takes that half of the day."""
        return has_half(self.part, half)


class PublishedSeat(NamedTuple):
    """A seat of the rota that staff have been told; a locked one may not be moved."""

    staff_no: str
    date: date
    site: str
    locked: bool = False
    part: str = WHOLE_DAY

    @property
    def officer_day(self) -> OfficerDay:
        return self.staff_no, self.date

    @property
    def seat(self) -> Seat:
        return Seat(self.staff_no, self.date, self.site, self.part)


class PastSeat(NamedTuple):
    """A seat of an earlier rota, with the name of the duty that was done there, if it had one."""

    staff_no: str
    date: date
    site: str
    part: str = WHOLE_DAY
    duty: str | None = None

    @property
    def officer_day(self) -> OfficerDay:
        return self.staff_no, self.date


class DayOption(NamedTuple):
    """One way to spend a day: a seat for all that is worked of it, or one for each half."""

    staff_no: str
    date: date
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Rota:
    """The seats of a period. It may be incomplete or wrong: the checker says so."""

    seats: frozenset[Seat]

    @classmethod
    def of(cls, seats: Iterable[Seat]) -> Rota:
        """The rota of these seats, of which two halves at one site make up a whole day."""
        seats = frozenset(seats)
        halves = frozenset(seat for seat in seats if seat.part)
        return cls((seats - halves).union(_join_halves(halves)) if halves else seats)

    def __iter__(self) -> Iterator[Seat]:
        """Seats by officer, date, half of the day and site."""
        return iter(sorted(self.seats, key=lambda seat: (*seat[:2], seat.part, seat.site)))

    def __len__(self) -> int:
        return len(self.seats)


def _join_halves(seats: Iterable[Seat]) -> Iterator[Seat]:
    places: dict[Seat, set[Seat]] = defaultdict(set)
    for seat in seats:
        places[seat._replace(part=WHOLE_DAY)].add(seat)
    for whole_day, halves in places.items():
        yield from [whole_day] if len(halves) == HALVES_A_DAY else halves


@dataclass(frozen=True, slots=True, order=True)
class SeatsOfDay:
    """Where an officer is on one date: a seat for all that they work, or one for each half.

    Two halves at one site make up a whole day. A day of which a half is locked is locked whole.
    """

    seats: tuple[PublishedSeat, ...]

    @classmethod
    def of(cls, seats: Iterable[PublishedSeat]) -> SeatsOfDay:
        """The day that these seats of one officer and date make up; there is at least one."""
        seats = tuple(seats)
        if len(seats) == 1:
            return cls(seats)
        is_locked = any(seat.locked for seat in seats)
        return cls.of_plain((seat.seat for seat in seats), is_locked=is_locked)

    @classmethod
    def of_plain(cls, seats: Iterable[Seat], *, is_locked: bool = False) -> SeatsOfDay:
        """The same for seats that are all locked, or none of them."""
        return cls(tuple(PublishedSeat(*seat[:3], is_locked, seat.part) for seat in Rota.of(seats)))

    @property
    def staff_no(self) -> str:
        return self.seats[0].staff_no

    @property
    def date(self) -> dt.date:
        return self.seats[0].date

    @property
    def officer_day(self) -> OfficerDay:
        return self.seats[0].officer_day

    @property
    def is_locked(self) -> bool:
        return self.seats[0].locked

    @property
    def plain(self) -> tuple[Seat, ...]:
        """The seats without their locks."""
        return tuple(seat.seat for seat in self.seats)

    @property
    def part(self) -> str:
        """The part of the day for which there is a seat."""
        return self.seats[0].part if len(self.seats) == 1 else WHOLE_DAY

    @property
    def sites(self) -> str:
        """The sites in words, such as Leeds, or York in the morning, Leeds in the afternoon."""
        return say_sites(self.plain)

    @property
    def sites_used(self) -> tuple[str, ...]:
        """The site, or that of the morning and that of the afternoon."""
        return tuple(seat.site for seat in self.seats)

    def lock(self, *, is_locked: bool = True) -> SeatsOfDay:
        """The same day, locked or not."""
        return SeatsOfDay.of_plain(self.plain, is_locked=is_locked)

    def keep_part(self, part: str | None) -> SeatsOfDay | None:
        """What the day has in that part, None if nothing."""
        seats = tuple(keep_part(self.seats, part))
        return SeatsOfDay.of(seats) if seats else None

    def without(self, other: SeatsOfDay) -> SeatsOfDay | None:
        """What the day has where the other one has nothing, None if nothing."""
        return self.keep_part(without_halves(WHOLE_DAY, list_halves(other.part)))

    def give_to(self, staff_no: str) -> SeatsOfDay:
        """The same day of another officer."""
        return SeatsOfDay.of(seat._replace(staff_no=staff_no) for seat in self.seats)


SeatsByDay = Mapping[OfficerDay, SeatsOfDay]
"""Seats by officer and date."""

ChangedDays = Mapping[OfficerDay, SeatsOfDay | None]
"""The seats that take the place of others, by officer and date; None where there are none then."""


def group_by_day(seats: Iterable[PublishedSeat]) -> dict[OfficerDay, SeatsOfDay]:
    """The seats by officer and date, in their order."""
    days: dict[OfficerDay, list[PublishedSeat]] = defaultdict(list)
    for seat in seats:
        days[seat.officer_day].append(seat)
    return {officer_day: SeatsOfDay.of(of_day) for officer_day, of_day in days.items()}


def flatten_days(days: Iterable[SeatsOfDay | None]) -> tuple[PublishedSeat, ...]:
    """All seats of these days, in order."""
    return tuple(sorted(seat for of_day in days if of_day for seat in of_day.seats))


def list_plain(days: Iterable[SeatsOfDay | None]) -> tuple[Seat, ...]:
    """All seats of these days without their locks, day by day."""
    return tuple(seat for of_day in days if of_day for seat in of_day.plain)


def find_sites(days: ChangedDays, officer_day: OfficerDay) -> str | None:
    """The sites of the day in words; None where there is no seat."""
    of_day = days.get(officer_day)
    return of_day.sites if of_day else None


def keep_part(seats: Iterable[PublishedSeat], part: str | None) -> Iterator[PublishedSeat]:
    """What the seats of a day have in that part of it; None stands for no part."""
    for seat in seats:
        common = common_part(seat.part, part)
        if common is not None:
            yield seat if common == seat.part else seat._replace(part=common)


def say_sites(seats: Iterable[Seat]) -> str:
    """The sites of an officer's seats of one date, each with the half unless it is a whole day."""
    return ", ".join(f"{seat.site} {say_half(seat.part)}".strip() for seat in seats)


def rename_in_words(sites: str, before: str, after: str) -> str:
    """The sites of a day in words, with another name for one that somebody is at in a half."""
    halves = "|".join(map(say_half, HALVES))
    name = re.compile(rf"(^|, ){re.escape(before)}(?= (?:{halves})(?:, |$))")
    return name.sub(lambda match: f"{match[1]}{after}", sites)


def say_sites_by_part(sites: Iterable[tuple[str, str | None]]) -> str | None:
    """The same of parts of a day with the site of each; None if there is no site at all."""
    seats = [Seat("", dt.date.min, site, part) for part, site in sites if site is not None]
    return say_sites(Rota.of(seats)) if seats else None
