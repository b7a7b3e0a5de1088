"""Seats, and the rota that is made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rota.domain.parts import HALVES_A_DAY, WHOLE_DAY, count_halves, has_half

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
