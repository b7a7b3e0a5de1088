"""The cells of a grid: what a weekday, or half of one, is for an officer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from rota.domain import (
    AM,
    PM,
    Officer,
    OfficerDay,
    Problem,
    PublishedSeat,
    Seat,
    has_half,
    list_halves,
)


class State(StrEnum):
    """What a weekday is for an officer, in words."""

    SEAT = "seat"
    NOT_PLANNED = "not planned"
    AWAY = "away"
    OFF = "not working"
    HOLIDAY = "bank holiday"
    DAY_OFF = "day off of the unit"


@dataclass(frozen=True, slots=True)
class GridCell:
    """An officer's weekday, or half of one.

    `published_site` is the site where it was published, if the rota has another or none. Where the
    halves of a day differ, `halves` has a cell for each, the morning first, and the day has what
    any of them has.
    """

    state: State
    sites: tuple[str, ...] = ()
    published_site: str | None = None
    locked: bool = False
    halves: tuple[GridCell, ...] = ()

    @property
    def parts(self) -> tuple[GridCell, ...]:
        """The cell of each half, or of the day where the halves are alike."""
        return self.halves or (self,)

    @property
    def has_several(self) -> bool:
        """Whether there is more than one site at once."""
        return any(len(part.sites) > 1 for part in self.parts)


class CellBuilder:
    """Makes the cells of a problem's officers."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    @cached_property
    def _not_planned(self) -> Mapping[OfficerDay, set[str]]:
        """The halves in which officers wait to be planned."""
        not_planned: dict[OfficerDay, set[str]] = defaultdict(set)
        for staff_no, day, part in self._problem.not_planned:
            not_planned[staff_no, day].update(list_halves(part))
        return not_planned

    def build(self, officer: Officer, day: date, seats: Sequence[Seat]) -> GridCell:
        """The cell of an officer and a weekday on which they have these seats."""
        published = self._problem.published.get((officer.staff_no, day), ())
        morning = self._build_half(officer, day, AM, seats, published)
        is_split = any(seat.part for seat in seats) or any(seat.part for seat in published)
        if seats and not is_split:
            return morning
        afternoon = self._build_half(officer, day, PM, seats, published)
        return morning if morning == afternoon else _join(morning, afternoon)

    def _build_half(
        self,
        officer: Officer,
        day: date,
        half: str,
        seats: Sequence[Seat],
        published: Sequence[PublishedSeat],
    ) -> GridCell:
        sites = tuple(seat.site for seat in seats if seat.has_half(half))
        before = next((seat for seat in published if has_half(seat.part, half)), None)
        return GridCell(
            State.SEAT if sites else self._find_state(officer, day, half),
            sites,
            before.site if before and before.site not in sites else None,
            bool(before and before.locked),
        )

    def _find_state(self, officer: Officer, day: date, half: str) -> State:
        """What half a weekday without a seat is."""
        officer_day = officer.staff_no, day
        part = self._problem.parts_worked.get(officer_day)
        if _holds(part, half) or half in self._not_planned.get(officer_day, ()):
            return State.NOT_PLANNED
        if not self._problem.is_planning_day(day):
            return find_state_for_nobody(self._problem, day)
        is_due = officer.is_employed(day) and _holds(officer.find_part_worked(day), half)
        return (
            State.AWAY
            if is_due and half in self._problem.halves_away.get(officer_day, ())
            else State.OFF
        )


def find_state_for_nobody(problem: Problem, day: date) -> State:
    """What a day is on which nobody works but for its duties."""
    if day in problem.weekend_days:
        return State.OFF
    return State.DAY_OFF if problem.is_day_off(day) else State.HOLIDAY


def _holds(part: str | None, half: str) -> bool:
    return part is not None and has_half(part, half)


def _join(morning: GridCell, afternoon: GridCell) -> GridCell:
    """The cell of a day whose halves differ."""
    halves = morning, afternoon
    states = {cell.state for cell in halves}
    published_sites = (cell.published_site for cell in halves)
    return GridCell(
        next(state for state in State if state in states),
        tuple(dict.fromkeys(site for cell in halves for site in cell.sites)),
        next(filter(None, published_sites), None),
        any(cell.locked for cell in halves),
        halves,
    )
