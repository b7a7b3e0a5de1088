"""When officers work: which part of each day, on the terms of that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from rota.domain.parts import join_halves, list_halves, without_halves
from rota.domain.seats import OfficerDay

if TYPE_CHECKING:
    from rota.domain.problem import Problem

HalvesByDay = Mapping[OfficerDay, Set[str]]


def find_parts_worked(problem: Problem) -> Mapping[OfficerDay, str]:
    """What each officer works of each planning day, but for what is not planned."""
    free, shown_worked = _list_free_halves(problem), _list_halves_shown_worked(problem)
    worked: dict[OfficerDay, str] = {}
    for officer_day in product(problem.officers, problem.dates):
        part = _find_part_of_terms(problem, *officer_day, shown_worked.get(officer_day, set()))
        if part is not None and officer_day in free:
            part = without_halves(part, free[officer_day])
        if part is not None:
            worked[officer_day] = part
    return worked


def _list_free_halves(problem: Problem) -> HalvesByDay:
    """The halves in which officers are away or not planned."""
    free: dict[OfficerDay, set[str]] = defaultdict(set)
    for officer_day, halves in problem.halves_away.items():
        free[officer_day].update(halves)
    for staff_no, day, part in problem.not_planned:
        free[staff_no, day].update(list_halves(part))
    return free


def _list_halves_shown_worked(problem: Problem) -> HalvesByDay:
    """The halves up to today of which published seats show that they were worked."""
    halves: dict[OfficerDay, set[str]] = defaultdict(set)
    if problem.published_days_were_worked:
        for seat in problem.unit.published:
            if seat.date <= problem.today:
                halves[seat.officer_day].update(list_halves(seat.part))
    return halves


def _find_part_of_terms(
    problem: Problem, staff_no: str, day: date, shown_worked: Set[str]
) -> str | None:
    """The part of the day that the officer would work if not away."""
    officer = problem.officer_on(staff_no, day)
    if not officer.is_employed(day) or not problem.is_here(staff_no, day):
        return None
    part = officer.find_part_worked(day)
    if not shown_worked:
        return part
    return join_halves(shown_worked if part is None else shown_worked | {*list_halves(part)})
