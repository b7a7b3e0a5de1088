"""What is not as it was published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rota.domain import (
    AM,
    HALVES,
    PM,
    WHOLE_DAY,
    OfficerDay,
    OfficerPart,
    PublishedSeat,
    Rota,
    Seat,
    list_halves,
)


@dataclass(frozen=True, slots=True)
class Change:
    """The site of an officer on a date, as published and as planned now; None for no seat.

    Where not both halves of the date change alike, it is of the half that is the `part`.
    """

    staff_no: str
    date: date
    before: str | None
    after: str | None
    part: str = WHOLE_DAY

    def __lt__(self, other: Change) -> bool:
        return (self.staff_no, self.date, self.part) < (other.staff_no, other.date, other.part)

    @property
    def officer_day(self) -> OfficerDay:
        return self.staff_no, self.date

    @property
    def given_up(self) -> tuple[Seat, ...]:
        """The published seat, if there was one."""
        return self._list_seats(self.before)

    @property
    def taken(self) -> tuple[Seat, ...]:
        """The new seat, if there is one."""
        return self._list_seats(self.after)

    def _list_seats(self, site: str | None) -> tuple[Seat, ...]:
        return () if site is None else (Seat(*self.officer_day, site, self.part),)


def find_changes_between(
    published: Iterable[PublishedSeat | Seat], rota: Rota
) -> tuple[Change, ...]:
    """What the rota changes in the published seats of its period, by officer and date."""
    before, after = find_sites(published), find_sites(rota.seats)
    officer_days = {half_day[:2] for half_day in (*before, *after)}
    return tuple(
        change
        for officer_day in sorted(officer_days)
        for change in _find_changes_of_day(officer_day, before, after)
    )


Sites = Mapping[OfficerPart, str]
"""Where each officer is in each half of a date."""


def find_sites(seats: Iterable[PublishedSeat | Seat]) -> Sites:
    """The site of every half of a day that the seats take."""
    return {
        (*seat.officer_day, half): seat.site for seat in seats for half in list_halves(seat.part)
    }


def _find_changes_of_day(officer_day: OfficerDay, before: Sites, after: Sites) -> Iterator[Change]:
    sites = {
        half: (before.get((*officer_day, half)), after.get((*officer_day, half))) for half in HALVES
    }
    if sites[AM] == sites[PM]:
        sites = {WHOLE_DAY: sites[AM]}
    for part, (site_before, site_after) in sites.items():
        if site_before != site_after:
            yield Change(*officer_day, site_before, site_after, part)
