"""How much of an officer's working time is at the office, against what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rota.domain import Officer, Problem, Week, When
from rota.rules import read_bounds
from rota.rules.office import OFFICE_MINIMUM, find_office_percent, is_office


@dataclass(frozen=True, slots=True)
class Counted:
    """Days at the office out of the working days of a span; `least` is None if none are asked."""

    when: When
    office_days: int
    working_days: int
    least: int | None = None

    @property
    def percent(self) -> int:
        """The nearest whole percentage, halves up; 0 where nobody works."""
        return (200 * self.office_days + self.working_days) // (2 * self.working_days or 1)

    @property
    def is_short(self) -> bool:
        return self.least is not None and self.office_days < self.least


@dataclass(frozen=True, slots=True)
class Share:
    """The share over a period, the part of it up to today, and what is asked of each span.

    `asked` has the whole period, or every week of it, as the policy says; nothing if nothing is
    asked.
    """

    over_period: Counted
    so_far: Counted
    asked: tuple[Counted, ...]
    percent_asked: int


def share_of(problem: Problem, officer: Officer) -> Share:
    """The officer's share in what is published of the problem, working days as its rules count."""
    days = problem.working_days[officer.staff_no]
    period = problem.period
    asked = _asked(problem, officer)
    over_period = _counted(problem, officer, period, days, asked.get(period))
    past = [day for day in days if day <= problem.today]
    return Share(
        over_period=over_period,
        so_far=_counted(problem, officer, period, past),
        asked=tuple(
            _counted(problem, officer, when, _days_in(problem, officer, when), least)
            for when, least in asked.items()
        ),
        percent_asked=find_office_percent(problem, officer),
    )


def _asked(problem: Problem, officer: Officer) -> dict[When, int | None]:
    """The least number of days that the rule asks for, by span; none if it is switched off."""
    if not OFFICE_MINIMUM.weight_under(problem.policy):
        return {}
    limits = OFFICE_MINIMUM.asks(problem)
    return {its.when: read_bounds(its)[0] for its in limits if its.about == str(officer)}


def _days_in(problem: Problem, officer: Officer, when: When) -> tuple[date, ...]:
    if isinstance(when, Week):
        return problem.working_weeks[officer.staff_no][when]
    return problem.working_days[officer.staff_no]


def _counted(
    problem: Problem,
    officer: Officer,
    when: When,
    days: Iterable[date],
    least: int | None = None,
) -> Counted:
    told = [problem.published.get((officer.staff_no, day)) for day in days]
    at_office = sum(seat is not None and is_office(problem, officer, seat.site) for seat in told)
    return Counted(when, at_office, len(told), least)
