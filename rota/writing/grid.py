"""The rota as a grid: officers by weekday, with every reason why there may be no seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from rota.domain import WEEKDAYS, Officer, Problem, Rota, Seat, Week

Block = tuple[Week, ...]
"""Weeks that are shown side by side."""


class State(StrEnum):
    """What a weekday is for an officer, in words."""

    SEAT = "seat"
    NOT_PLANNED = "not planned"
    AWAY = "away"
    OFF = "not working"
    HOLIDAY = "bank holiday"
    DAY_OFF = "day off of the unit"


class Mark(StrEnum):
    """What an officer is to others, in words."""

    MANAGER = "manager"
    NEW_STARTER = "new starter"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True)
class GridCell:
    """An officer's weekday.

    `published_site` is the site where it was published, if the rota has another or none.
    """

    state: State
    sites: tuple[str, ...] = ()
    published_site: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """An officer's weekdays."""

    officer: Officer
    marks: tuple[Mark, ...]
    cells: Mapping[date, GridCell]


def build_rows_by_team(problem: Problem, rota: Rota) -> Mapping[str, Sequence[GridRow]]:
    """The rows of each team that has members in the period, by name.

    Who left before it, or starts after it, has none, but for a seat that they should not have.
    """
    row = _prepare_rows(problem, rota)
    seated = {seat.staff_no for seat in rota}
    members = {
        team: sorted(
            (o for o in all_ if _is_there(problem, o) or o.staff_no in seated), key=_build_name_key
        )
        for team, all_ in problem.teams.items()
    }
    return {team: [*map(row, present)] for team, present in members.items() if present}


def build_row(problem: Problem, rota: Rota, officer: Officer) -> GridRow:
    """The row of an officer, also of one who is not there in the period."""
    return _prepare_rows(problem, rota)(officer)


def _prepare_rows(problem: Problem, rota: Rota) -> Callable[[Officer], GridRow]:
    """A function that makes the row of an officer."""
    sites: dict[tuple[str, date], list[str]] = defaultdict(list)
    for seat in rota:
        sites[seat.staff_no, seat.date].append(seat.site)
    away = _find_days_away(problem)
    mentors = {problem.officers[new].mentor for new in problem.new_starters}

    def row(officer: Officer) -> GridRow:
        staff_no = officer.staff_no
        works = frozenset(problem.working_days[staff_no])
        cells = {}
        for day in problem.period.weekdays():
            sites_taken = tuple(sites.get((staff_no, day), ()))
            state = State.SEAT if sites_taken else _find_state(problem, officer, day, works, away)
            published = problem.published.get((staff_no, day))
            published_site = (
                published.site if published and published.site not in sites_taken else None
            )
            cells[day] = GridCell(
                state, sites_taken, published_site, bool(published and published.locked)
            )
        marks = {
            Mark.MANAGER: officer.is_manager,
            Mark.NEW_STARTER: staff_no in problem.new_starters,
            Mark.MENTOR: staff_no in mentors,
        }
        return GridRow(officer, tuple(mark for mark, holds in marks.items() if holds), cells)

    return row


def _is_there(problem: Problem, officer: Officer) -> bool:
    """Whether the officer is employed on a day of the period."""
    first, last = problem.period.first, problem.period.last
    has_left = officer.leave_date is not None and officer.leave_date < first
    return officer.start_date <= last and not has_left


def build_rows_after(
    rows: Mapping[str, Sequence[GridRow]], problem: Problem, seats: Iterable[Seat]
) -> Mapping[str, Sequence[GridRow]]:
    """The rows once these seats are taken in place of the officers' own on those days."""
    sites_taken: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        sites_taken[seat.staff_no].append(seat)
    teams = {problem.officers[staff_no].team for staff_no in sites_taken}

    def after(row: GridRow) -> GridRow:
        cells = {
            seat.date: _build_seated_cell(problem, seat)
            for seat in sites_taken[row.officer.staff_no]
        }
        return replace(row, cells={**row.cells, **cells})

    return {
        team: [after(row) if row.officer.staff_no in sites_taken else row for row in team_rows]
        if team in teams
        else team_rows
        for team, team_rows in rows.items()
    }


def _build_seated_cell(problem: Problem, seat: Seat) -> GridCell:
    published = problem.published.get((seat.staff_no, seat.date))
    published_site = published.site if published and published.site != seat.site else None
    return GridCell(State.SEAT, (seat.site,), published_site, bool(published and published.locked))


def _find_state(
    problem: Problem,
    officer: Officer,
    day: date,
    works: frozenset[date],
    away: Mapping[str, frozenset[date]],
) -> State:
    """What a weekday without a seat is."""
    if day in works or (officer.staff_no, day) in problem.not_planned:
        return State.NOT_PLANNED
    if not problem.is_planning_day(day):
        return find_state_for_nobody(problem, day)
    due = day.weekday() in officer.working_days and officer.is_employed(day)
    return State.AWAY if due and day in away.get(officer.staff_no, ()) else State.OFF


def find_state_for_nobody(problem: Problem, day: date) -> State:
    """What a weekday is on which nobody works."""
    return State.DAY_OFF if problem.is_day_off(day) else State.HOLIDAY


def _find_days_away(problem: Problem) -> Mapping[str, frozenset[date]]:
    days: dict[str, set[date]] = defaultdict(set)
    for spell in problem.unit.away:
        days[spell.staff_no].update(d for d in problem.dates if spell.first <= d <= spell.last)
    return {staff_no: frozenset(team_rows) for staff_no, team_rows in days.items()}


def _build_name_key(officer: Officer) -> tuple[str, str]:
    return officer.name, officer.staff_no


def list_weekdays(week: Week) -> tuple[date, ...]:
    """Monday to Friday, bank holidays and days off included."""
    return tuple(week.monday + timedelta(days=n) for n in range(len(WEEKDAYS)))


def split_into_blocks(problem: Problem, most: int) -> tuple[Block, ...]:
    """The weeks of the period in blocks of about the same length, none of more than `most`."""
    weeks = tuple(problem.weeks)
    number = -(-len(weeks) // most)
    ends = [len(weeks) * n // number for n in range(number + 1)]
    return tuple(weeks[a:b] for a, b in pairwise(ends))
