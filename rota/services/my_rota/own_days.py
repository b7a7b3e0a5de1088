"""An officer's published days: at which site, and with which mentor or new starters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from rota.domain import (
    FRIDAY,
    HALVES,
    HOME,
    LIEU,
    WHOLE_DAY,
    Away,
    OfficerPart,
    Period,
    Policy,
    Problem,
    Team,
    Unit,
    Week,
    find_policy_on,
    has_half,
    list_halves,
    without_halves,
)
from rota.reading import list_bank_holidays
from rota.services.my_rota.office_share import OfficeShare, compute_share, narrow_to_officer
from rota.services.my_rota.own_day import OwnDay, join_own_halves
from rota.services.units.planning_problem import build_problem, build_published_rota

BANK_HOLIDAY, DAY_OFF, AWAY, NOT_PLANNED, NOT_PUBLISHED = (
    "bank holiday",
    "day off of the unit",
    "away",
    "not planned",
    "not published",
)
"""Why somebody has no site on a day; it may also be leave, training or a day in lieu."""

_NAMED_KINDS = {"leave": "leave", "training": "training", LIEU: "day in lieu"}
"""Kinds of absence that the officer's own page names; any other is shown as away."""


class OwnDays:
    """The published days of an officer, from the records of the people around them.

    `circle` has the officers of their team, their mentor and those whom they are a mentor of, now
    or earlier, with what is published for them in the periods.
    """

    def __init__(
        self,
        circle: Unit,
        policy: Policy,
        *,
        staff_no: str,
        periods: Sequence[Period],
        today: date,
    ) -> None:
        self._circle = circle
        self._policy = policy
        self._periods = periods
        self._today = today
        self.officer = circle.officers_ever[staff_no]
        self._holidays = list_bank_holidays(
            today, max([today, *(period.last for period in periods)])
        )

    def list_next_two(self) -> Iterator[OwnDay]:
        """Today, unless it is a free weekend, and the next day that is planned or has a seat."""
        if self._today.weekday() <= FRIDAY or self._has_seat(self._today):
            yield self.show_day(self._today)
        day = self._today + timedelta(days=1)
        while not self._has_seat(day) and (
            day.weekday() > FRIDAY or day in self._holidays or self._is_day_off(day)
        ):
            day += timedelta(days=1)
        yield self.show_day(day)

    def list_weeks(self) -> Mapping[Week, tuple[OwnDay, ...]]:
        """Every week of the periods, from Monday to Friday, and the extra days of weekends."""
        weeks: dict[Week, list[OwnDay]] = defaultdict(list)
        for period in self._periods:
            for day in period.days():
                if day.weekday() <= FRIDAY or self._has_seat(day):
                    weeks[Week.of(day)].append(self.show_day(day))
        return {week: tuple(days) for week, days in weeks.items()}

    def compute_share(self) -> OfficeShare | None:
        """The office share in the period that has begun, or else in the next; None without any."""
        if not self._periods:
            return None
        period, me = self._periods[0], self.officer
        own_unit = narrow_to_officer(self._circle, me, period)
        problem = build_problem(own_unit, self._policy, period, self._today)
        return compute_share(build_published_rota(problem, own_unit.published)[0], me)

    def show_day(self, day: date) -> OwnDay:
        """What is published for the day."""
        return join_own_halves(*(self._show_half(day, half) for half in HALVES))

    def _has_seat(self, day: date) -> bool:
        return any((self.officer.staff_no, day, half) in self._sites for half in HALVES)

    def _show_half(self, day: date, half: str) -> OwnDay:
        site = self._sites.get((self.officer.staff_no, day, half))
        if site is None:
            return OwnDay(date=day, part=half, why_off=self._explain_no_site(day, half))
        return OwnDay(
            date=day,
            part=half,
            site=site,
            kind=self._find_kind(site, day),
            mentor=next(self._find_mentor(site, day, half), None),
            new_starters=tuple(self._find_new_starters(site, day, half)),
            is_team_day=day in self._team_days,
        )

    def _explain_no_site(self, day: date, half: str) -> str:
        own_away = (each for each in self._circle.away if each.staff_no == self.officer.staff_no)
        spell = next((spell for spell in own_away if _is_away(spell, day, half)), None)
        if day in self._holidays:
            return BANK_HOLIDAY
        if self._is_day_off(day):
            return DAY_OFF
        if spell is not None:
            return _NAMED_KINDS.get(spell.kind, AWAY)
        is_published = any(day in period for period in self._periods)
        return NOT_PLANNED if is_published else NOT_PUBLISHED

    def _is_day_off(self, day: date) -> bool:
        policy = find_policy_on(day, self._circle.earlier_policies, self._policy)
        return day in policy.days_off

    def _find_mentor(self, site: str, day: date, half: str) -> Iterator[str]:
        problem, me = self._find_problem(day), self.officer.staff_no
        mentor = problem.officer_on(me, day).mentor
        if mentor and mentor in problem.officers and problem.is_new(me, day):
            yield from self._list_names(site, day, half, [mentor])

    def _find_new_starters(self, site: str, day: date, half: str) -> Iterator[str]:
        problem, me = self._find_problem(day), self.officer.staff_no
        mentees = [no for no in problem.officers if problem.officer_on(no, day).mentor == me]
        still_new = [staff_no for staff_no in mentees if problem.is_new(staff_no, day)]
        yield from self._list_names(site, day, half, still_new)

    def _list_names(
        self, site: str, day: date, half: str, staff_numbers: Sequence[str]
    ) -> Iterator[str]:
        """The names of those who are there too; two people who work at home are not together."""
        if site != HOME.name:
            officers = self._find_problem(day).officers
            yield from (
                officers[staff_no].name
                for staff_no in staff_numbers
                if self._sites.get((staff_no, day, half)) == site
            )

    def _find_kind(self, site: str, day: date) -> str | None:
        known_site = self._find_problem(day).sites.get(site)
        return known_site.kind if known_site else None

    def _find_problem(self, day: date) -> Problem:
        """What holds in the period that has the day; only such days have seats."""
        return next(problem for problem in self._problems if day in problem.period)

    @cached_property
    def _problems(self) -> Sequence[Problem]:
        return [
            Problem(
                unit=self._circle,
                policy=replace(self._policy, start=period.first, weeks=period.weeks),
                today=self._today,
            )
            for period in self._periods
        ]

    @cached_property
    def _sites(self) -> Mapping[OfficerPart, str]:
        """Where everybody is in each half of the periods; void seats are left out.

        Those are the seats of people who are away then, or have been removed by then.
        """
        away: dict[str, list[Away]] = defaultdict(list)
        for spell in self._circle.away:
            away[spell.staff_no].append(spell)
        return {
            (seat.staff_no, seat.date, half): seat.site
            for seat in self._circle.published
            if self._find_problem(seat.date).is_here(seat.staff_no, seat.date)
            for half in list_halves(seat.part)
            if seat.staff_no not in away
            or not any(_is_away(spell, seat.date, half) for spell in away[seat.staff_no])
        }

    @cached_property
    def _team_days(self) -> Set[date]:
        """The dates on which all of the team who work that week and use its office are in it.

        They are in it all day long. It is the team of the date, and its office then.
        """
        planned_in: dict[tuple[str, Week], set[str]] = defaultdict(set)
        present_on: dict[date, set[str]] = defaultdict(set)
        for (staff_no, day, half), site in self._sites.items():
            officer = self._find_problem(day).officer_on(staff_no, day)
            team = self._find_own_team(day)
            if officer.team == team.name and team.office in (officer.base, *officer.other_sites):
                planned_in[team.name, Week.of(day)].add(staff_no)
                other_half = without_halves(WHOLE_DAY, [half]) or WHOLE_DAY
                if site == team.office == self._sites.get((staff_no, day, other_half)):
                    present_on[day].add(staff_no)
        return {
            day
            for day, staff_nos in present_on.items()
            if self.officer.staff_no in staff_nos
            and len(staff_nos) > 1
            and staff_nos
            >= planned_in[self._find_own_team(day).name, Week.of(day)] & self._list_own_team(day)
        }

    def _find_own_team(self, day: date) -> Team:
        problem = self._find_problem(day)
        return problem.team_on(problem.officer_on(self.officer.staff_no, day).team, day)

    def _list_own_team(self, day: date) -> Set[str]:
        """The staff numbers of the officer's team on the day."""
        problem, team = self._find_problem(day), self._find_own_team(day).name
        return {
            staff_no
            for staff_no in problem.officers
            if problem.is_here(staff_no, day) and problem.officer_on(staff_no, day).team == team
        }


def _is_away(spell: Away, day: date, half: str) -> bool:
    return spell.first <= day <= spell.last and has_half(spell.part, half)
