"""Extra days: Saturdays, Sundays, bank holidays and days off of the unit with a duty on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from rota.domain.parts import WHOLE_DAY, without_halves
from rota.domain.seats import OfficerDay

if TYPE_CHECKING:
    from rota.domain.problem import Problem


def find_extra_days(problem: Problem) -> tuple[date, ...]:
    """The days of the period that are no planning days and yet have a duty.

    Of those that are history also the ones on which somebody had a seat.
    """
    days = {duty.date for duty in problem.duties}
    days.update(
        seat.date
        for seat in problem.unit.published
        if seat.date <= problem.fixed_until and seat.date in problem.period
    )
    return tuple(sorted(day for day in days if not problem.is_planning_day(day)))


def find_parts_offered(problem: Problem) -> Mapping[OfficerDay, str]:
    """What of each extra day is offered to each officer who may be asked and is not away then.

    A day that is history is for those who had a seat on it, and for nobody else.
    """
    had_seats = {seat.officer_day for seat in problem.unit.published}
    offered: dict[OfficerDay, str] = {}
    for officer_day in product(problem.officers, problem.extra_days):
        day, officer = officer_day[1], problem.officer_on(*officer_day)
        is_history = day <= problem.fixed_until
        may_be_asked = officer_day in had_seats if is_history else officer.takes_extra_days
        if may_be_asked and officer.is_employed(day) and problem.is_here(*officer_day):
            part = without_halves(WHOLE_DAY, problem.halves_away.get(officer_day, ()))
            if part is not None:
                offered[officer_day] = part
    return offered
