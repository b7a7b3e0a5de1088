"""The rota as a grid: officers by weekday, with every reason why there may be no seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from rota.domain import Officer, OfficerDay, Problem, Rota, Seat, Week
from rota.writing.grid_cells import CellBuilder, GridCell, State, find_state_for_nobody

__all__ = [
    "Block",
    "GridCell",
    "GridRow",
    "Mark",
    "State",
    "build_row",
    "build_rows_after",
    "build_rows_by_team",
    "find_state_for_nobody",
    "split_into_blocks",
]

Block = tuple[Week, ...]
"""Weeks that are shown side by side."""


class Mark(StrEnum):
    """What an officer is to others, in words."""

    MANAGER = "manager"
    NEW_STARTER = "new starter"
    MENTOR = "mentor"


@dataclass(frozen=True, slots=True)
class GridRow:
    """An officer's weekdays and extra days."""

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
    seats: dict[OfficerDay, list[Seat]] = defaultdict(list)
    for seat in rota:
        seats[seat.officer_day].append(seat)
    builder = CellBuilder(problem)
    mentors = {problem.officers[new].mentor for new in problem.new_starters}

    def row(officer: Officer) -> GridRow:
        staff_no = officer.staff_no
        cells = {
            day: builder.build(officer, day, seats.get((staff_no, day), ()))
            for week in problem.weeks
            for day in problem.list_days(week)
        }
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
    seats_taken: dict[str, dict[date, list[Seat]]] = defaultdict(lambda: defaultdict(list))
    for seat in seats:
        seats_taken[seat.staff_no][seat.date].append(seat)
    teams = {problem.officers[staff_no].team for staff_no in seats_taken}
    builder = CellBuilder(problem)

    def after(row: GridRow) -> GridRow:
        cells = {
            day: builder.build(row.officer, day, of_day)
            for day, of_day in seats_taken[row.officer.staff_no].items()
        }
        return replace(row, cells={**row.cells, **cells})

    return {
        team: [after(row) if row.officer.staff_no in seats_taken else row for row in team_rows]
        if team in teams
        else team_rows
        for team, team_rows in rows.items()
    }


def _build_name_key(officer: Officer) -> tuple[str, str]:
    return officer.name, officer.staff_no


def split_into_blocks(problem: Problem, most: int) -> tuple[Block, ...]:
    """The weeks of the period in blocks of about the same length, none of more than `most`."""
    weeks = tuple(problem.weeks)
    number = -(-len(weeks) // most)
    ends = [len(weeks) * n // number for n in range(number + 1)]
    return tuple(weeks[a:b] for a, b in pairwise(ends))
