"""Seats, and the rota that is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

OfficerDay = tuple[str, date]
"""An officer's staff number and a date, on which the officer has one seat at most."""


class Seat(NamedTuple):
    """One officer at one site on one date."""

    staff_no: str
    date: date
    site: str


class PublishedSeat(NamedTuple):
    """A seat of the rota that staff have been told; a locked one may not be moved."""

    staff_no: str
    date: date
    site: str
    locked: bool = False

    @property
    def seat(self) -> Seat:
        return Seat(self.staff_no, self.date, self.site)


@dataclass(frozen=True)
class Rota:
    """The seats of a period. It may be incomplete or wrong: the checker says so."""

    seats: frozenset[Seat]

    @classmethod
    def of(cls, seats: Iterable[Seat]) -> Rota:
        return cls(frozenset(seats))

    def __iter__(self) -> Iterator[Seat]:
        """Seats by officer, date and site."""
        return iter(sorted(self.seats))

    def __len__(self) -> int:
        return len(self.seats)
