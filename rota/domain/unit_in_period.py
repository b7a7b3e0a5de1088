"""A unit under its policy in a period: which days there are, and what holds on each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from rota.domain.calendar import FRIDAY, HalfDay, Period, Week, When, count_whole_months
from rota.domain.people import Officer, Team
from rota.domain.policy import Policy
from rota.domain.recurrence import put_on_dates
from rota.domain.sites import HOME, Appointment, Duty, Site
from rota.domain.terms import TermsInPeriod, find_policy_on
from rota.domain.unit import Unit


@dataclass(frozen=True, kw_only=True)
class UnitInPeriod:
    """The calendar of a unit's period, around the bank holidays, and the terms of each day."""

    unit: Unit
    policy: Policy
    bank_holidays: frozenset[date] = frozenset()

    @property
    def period(self) -> Period:
        return self.policy.period

    @property
    def span(self) -> Period:
        """The weeks that end with the period and that the policy at its end looks at."""
        at_end = self.policy_of(self.period)
        return replace(at_end, start=self.period.first, weeks=self.period.weeks).span

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The planning days of the period."""
        return tuple(day for day in self.period.weekdays() if self.is_planning_day(day))

    @cached_property
    def dates_before(self) -> tuple[date, ...]:
        """The planning days of the span that are before the period."""
        days = (day for day in self.span.weekdays() if day < self.period.first)
        return tuple(day for day in days if self.is_planning_day(day))

    @cached_property
    def weeks(self) -> Mapping[Week, tuple[date, ...]]:
        """Every week of the period with its planning days, which may be none."""
        starts = (self.period.first + timedelta(weeks=n) for n in range(self.period.weeks))
        weeks: dict[Week, list[date]] = {Week(monday): [] for monday in starts}
        for day in self.dates:
            weeks[Week.of(day)].append(day)
        return {week: tuple(days) for week, days in weeks.items()}

    def is_planning_day(self, day: date) -> bool:
        """Whether the day is a Monday to Friday, and no bank holiday or day off of the unit."""
        is_off = day in self.bank_holidays or day in self.policy_on(day).days_off
        return day.weekday() <= FRIDAY and not is_off

    def is_day_off(self, day: date) -> bool:
        """Whether it is for the unit's own day off that nobody works on the day."""
        is_weekday = day.weekday() <= FRIDAY and day not in self.bank_holidays
        return is_weekday and day in self.policy_on(day).days_off

    def policy_on(self, day: date) -> Policy:
        """The policy that holds on the day; of its period, `period` tells."""
        return find_policy_on(day, self.unit.earlier_policies, self.policy)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies that hold at some time of the period, in turn."""
        of_period = [
            each.policy for each in self.unit.earlier_policies if each.until > self.period.first
        ]
        return (*of_period, self.policy)

    def policy_of(self, when: When) -> Policy:
        """The policy by which a date or a week is judged; for the period that of its last week."""
        match when:
            case Week(monday):
                return self.policy_on(monday)
            case HalfDay(day, _):
                return self.policy_on(day)
            case Period():
                return self.policy_on(when.last)
            case _:
                return self.policy_on(when)

    @cached_property
    def duties(self) -> tuple[Duty[date], ...]:
        """The duties of the period, each on its date."""
        return put_on_dates(self.unit.duties, self.period, self.dates)

    @cached_property
    def appointments(self) -> tuple[Appointment[date], ...]:
        """The appointments of the period, each on its date."""
        return put_on_dates(self.unit.appointments, self.period, self.dates)

    @property
    def officers(self) -> Mapping[str, Officer]:
        """Everybody by staff number, on the terms that hold when the period ends."""
        return self._officer_terms.by_name

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """Every site by name as it is when the period ends, home included."""
        return {**self._site_terms.by_name, HOME.name: HOME}

    def officer_on(self, staff_no: str, day: date) -> Officer:
        """The officer on the terms of the day. Raises KeyError if there is no such officer."""
        return self._officer_terms.find_on(staff_no, day)

    def is_here(self, staff_no: str, day: date) -> bool:
        """Whether the officer has not been removed from the unit by that day."""
        return self._officer_terms.is_there(staff_no, day)

    def site_on(self, name: str, day: date) -> Site:
        """The site as it is on the day. Raises KeyError if there is no such site."""
        return HOME if name == HOME.name else self._site_terms.find_on(name, day)

    def find_team(self, name: str) -> Team:
        """The team as it is when the period ends. Raises KeyError if there is no such team."""
        return self._team_terms.by_name[name]

    def team_on(self, name: str, day: date) -> Team:
        """The team as it is on the day. Raises KeyError if there is no such team."""
        return self._team_terms.find_on(name, day)

    @cached_property
    def _officer_terms(self) -> TermsInPeriod[Officer]:
        return self.unit.spread_officers(self.period.first, self.period.last)

    @cached_property
    def _site_terms(self) -> TermsInPeriod[Site]:
        return self.unit.spread_sites(self.period.first, self.period.last)

    @cached_property
    def _team_terms(self) -> TermsInPeriod[Team]:
        return self.unit.spread_teams(self.period.first, self.period.last)

    @cached_property
    def teams(self) -> Mapping[str, Sequence[Officer]]:
        """The members when the period ends of each team that there is at some time of it."""
        members: dict[str, list[Officer]] = {name: [] for name in self._team_terms.by_name}
        for officer in self.officers.values():
            members.setdefault(officer.team, []).append(officer)
        return members

    @cached_property
    def teams_of(self) -> Mapping[str, Set[str]]:
        """The teams in which each officer is at some time of the period."""
        days = (self.period.last, *self.dates)
        return {no: {self.officer_on(no, day).team for day in days} for no in self.officers}

    @cached_property
    def new_starters(self) -> frozenset[str]:
        """Staff numbers of the new starters, by what holds when the period ends."""
        last = self.period.last
        return frozenset(staff_no for staff_no in self.officers if self.is_new(staff_no, last))

    @cached_property
    def experienced(self) -> frozenset[str]:
        """Staff numbers of the experienced, by what holds when the period ends."""
        last = self.period.last
        return frozenset(no for no in self.officers if self.is_experienced(no, last))

    def is_new(self, staff_no: str, day: date) -> bool:
        """Whether the officer is a new starter, by the policy of the day.

        Months of service are those on the first day of the period.
        """
        return self._months[staff_no] < self.policy_on(day).new_starter_months

    def is_experienced(self, staff_no: str, day: date) -> bool:
        """Whether the officer is experienced, by the policy of the day; a trainee never is."""
        has_months = self._months[staff_no] >= self.policy_on(day).experienced_months
        return has_months and not self.officer_on(staff_no, day).is_trainee

    @cached_property
    def _months(self) -> Mapping[str, int]:
        """Whole months of service on the first day of the period; 0 for those who start later."""
        first = self.period.first
        return {
            officer.staff_no: max(count_whole_months(officer.start_date, first), 0)
            for officer in self.officers.values()
        }
