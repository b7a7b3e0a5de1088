"""What is not as it was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rota.domain import PublishedSeat, Rota, Seat


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """The site of an officer on a date, as published and as planned now; None for no seat."""

    staff_no: str
    date: date
    before: str | None
    after: str | None

    @property
    def given_up(self) -> tuple[Seat, ...]:
        """The published seat, if there was one."""
        return () if self.before is None else (Seat(self.staff_no, self.date, self.before),)

    @property
    def taken(self) -> tuple[Seat, ...]:
        """The new seat, if there is one."""
        return () if self.after is None else (Seat(self.staff_no, self.date, self.after),)


def find_changes_between(
    published: Iterable[PublishedSeat | Seat], rota: Rota
) -> tuple[Change, ...]:
    """What the rota changes in the published seats of its period, by officer and date."""
    before = {(seat.staff_no, seat.date): seat.site for seat in published}
    after = {(seat.staff_no, seat.date): seat.site for seat in rota.seats}
    return tuple(
        Change(*place, before.get(place), after.get(place))
        for place in sorted(before.keys() | after.keys())
        if before.get(place) != after.get(place)
    )
