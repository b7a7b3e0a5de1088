"""How many of an officer's working days are at the office, and how many have to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from rota.domain import Officer, Period, Problem, Unit, Week, When, count_days, count_halves
from rota.rules import find_requirements, read_bounds
from rota.rules.office import (
    OFFICE_MINIMUM,
    count_office_halves_before,
    find_office_percent,
    is_office,
    list_halves_asked,
)


@dataclass(frozen=True, slots=True)
class DayCount:
    """Days at the office out of the working days of a span; `least` is None without a minimum.

    Half-days are halves of one.
    """

    when: When
    office_days: float
    working_days: float
    least: float | None = None

    @property
    def percent(self) -> int:
        """The nearest whole percentage, halves up; 0 where nobody works."""
        return int((200 * self.office_days + self.working_days) // (2 * self.working_days or 1))

    @property
    def is_short(self) -> bool:
        return self.least is not None and self.office_days < self.least


class PercentAsked(NamedTuple):
    """A percentage, and the last day for which it is asked; None where no other follows."""

    percent: int
    until: date | None


@dataclass(frozen=True, slots=True)
class OfficeShare:
    """The share over a period, in the part of it up to today, and in each span with a minimum.

    `spans` holds the whole period, every week of it, or the weeks that end with it, as the policy
    says; it is empty if the policy asks for nothing. `percents_asked` has one percentage, or as
    many as hold in turn; none if the officer does not work at all. Of the working days,
    `days_not_asked` are those on which no office is open to the officer; half-days are halves of
    one.
    """

    over_period: DayCount
    so_far: DayCount
    spans: tuple[DayCount, ...]
    percents_asked: tuple[PercentAsked, ...]
    days_not_asked: float

    @property
    def is_in_halves(self) -> bool:
        """Whether half-days are worked or asked for."""
        counts = (self.over_period, *self.spans)
        return any(count.working_days % 1 or (count.least or 0) % 1 for count in counts)

    @property
    def reaches_back(self) -> bool:
        """Whether the minimum is over more weeks than the period."""
        return any(
            isinstance(c.when, Period) and c.when != self.over_period.when for c in self.spans
        )


def narrow_to_officer(unit: Unit, officer: Officer, period: Period) -> Unit:
    """The unit with what concerns the officer alone, and what is published for the period."""
    me = officer.staff_no
    return replace(
        unit,
        officers=(officer,),
        earlier=tuple(
            each
            for each in unit.earlier
            if not isinstance(each.row, Officer) or each.row.staff_no == me
        ),
        away=tuple(spell for spell in unit.away if spell.staff_no == me),
        earlier_rows=(),
        published=tuple(s for s in unit.published if s.staff_no == me and s.date in period),
    )


def compute_share(problem: Problem, officer: Officer) -> OfficeShare:
    """The officer's share in the published seats, with working days as the rules count them."""
    days = problem.working_days[officer.staff_no]
    period = problem.period
    least_days = _find_least_days(problem, officer)
    over_period = _count_days(problem, officer, period, days, least_days.get(period))
    past = [day for day in days if day <= problem.today]
    return OfficeShare(
        over_period=over_period,
        so_far=_count_days(problem, officer, period, past),
        spans=tuple(
            _count_days(problem, officer, when, _list_days(problem, officer, when), least)
            for when, least in least_days.items()
        ),
        percents_asked=tuple(_list_percents_asked(problem, officer, {*days})),
        days_not_asked=count_days(sum(_count_halves_not_asked(problem, officer, d) for d in days)),
    )


def _list_percents_asked(
    problem: Problem, officer: Officer, worked: Set[date]
) -> Iterator[PercentAsked]:
    """The percentages of spans in which the officer works at all."""
    every_day = (problem.period.first + timedelta(days=n) for n in range(7 * problem.period.weeks))
    percents_by_day = [(day, find_office_percent(problem, officer, day)) for day in every_day]
    spans = [
        (percent, [day for day, _ in same])
        for percent, same in groupby(percents_by_day, key=itemgetter(1))
    ]
    in_turn = [(percent, span[-1]) for percent, span in spans if not worked.isdisjoint(span)]
    for percent, last in in_turn[:-1]:
        yield PercentAsked(percent, last)
    for percent, _ in in_turn[-1:]:
        yield PercentAsked(percent, None)


def _count_halves_not_asked(problem: Problem, officer: Officer, day: date) -> int:
    """The half-days of that day which no office is open for the officer to spend."""
    worked = count_halves(problem.parts_worked[officer.staff_no, day])
    return worked - len(list_halves_asked(problem, officer, day))


def _find_least_days(problem: Problem, officer: Officer) -> dict[When, float | None]:
    """The least number of days that the rule asks for, by span; none if it is switched off."""
    return {
        requirement.when: read_bounds(requirement)[0]
        for rule, _, requirement in find_requirements(problem, (OFFICE_MINIMUM,))
        if requirement.about == str(officer)
    }


def _list_days(problem: Problem, officer: Officer, when: When) -> tuple[date, ...]:
    if isinstance(when, Week):
        return problem.working_weeks[officer.staff_no][when]
    days = problem.working_days[officer.staff_no]
    return days if when == problem.period else (*problem.find_days_before(officer), *days)


def _count_days(
    problem: Problem,
    officer: Officer,
    when: When,
    days: Iterable[date],
    least: float | None = None,
) -> DayCount:
    days = tuple(days)
    officer_days = [(officer.staff_no, day) for day in days]
    seats = (seat for each in officer_days for seat in problem.published.get(each, ()))
    halves = sum(
        seat.seat.halves for seat in seats if is_office(problem, officer, seat.date, seat.site)
    )
    halves += count_office_halves_before(problem, officer, days)
    halves_worked = sum(len(problem.list_halves_counted(*each)) for each in officer_days)
    return DayCount(when, count_days(halves), count_days(halves_worked), least)
