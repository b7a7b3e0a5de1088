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
    Officer,
    OfficerPart,
    Period,
    Policy,
    Problem,
    Unit,
    Week,
    has_half,
    list_halves,
    without_halves,
)
from rota.reading import list_bank_holidays
from rota.services.my_rota.office_share import OfficeShare, compute_share
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

    `circle` has the officers of their team, their mentor and those whom they are a mentor of, with
    what is published for them in the periods.
    """

    def __init__(
        self,
        circle: Unit,
        policy: Policy,
        *,
        staff_no: str,
        team_office: str,
        periods: Sequence[Period],
        today: date,
    ) -> None:
        self._circle = circle
        self._policy = policy
        self._office = team_office
        self._periods = periods
        self._today = today
        self._people = {officer.staff_no: officer for officer in circle.officers}
        self.officer = self._people[staff_no]
        self._kinds = {site.name: site.kind for site in (HOME, *circle.sites)}
        self._holidays = list_bank_holidays(
            today, max([today, *(period.last for period in periods)])
        )

    def list_next_two(self) -> Iterator[OwnDay]:
        """Today, unless it is a free weekend, and the next day that is planned or has a seat."""
        if self._today.weekday() <= FRIDAY or self._has_seat(self._today):
            yield self.show_day(self._today)
        day = self._today + timedelta(days=1)
        while not self._has_seat(day) and (
            day.weekday() > FRIDAY or day in self._holidays or day in self._policy.days_off
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
        own_unit = replace(
            self._circle,
            officers=(me,),
            away=tuple(spell for spell in self._circle.away if spell.staff_no == me.staff_no),
            published=tuple(
                seat
                for seat in self._circle.published
                if seat.staff_no == me.staff_no and seat.date in period
            ),
        )
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
            kind=self._kinds.get(site),
            mentor=next(self._find_mentor(site, day, half), None),
            new_starters=tuple(self._find_new_starters(site, day, half)),
            is_team_day=day in self._team_days,
        )

    def _explain_no_site(self, day: date, half: str) -> str:
        spell = next((spell for spell in self._own_away if _is_away(spell, day, half)), None)
        if day in self._holidays:
            return BANK_HOLIDAY
        if day in self._policy.days_off:
            return DAY_OFF
        if spell is not None:
            return _NAMED_KINDS.get(spell.kind, AWAY)
        return NOT_PLANNED if self._find_period(day) else NOT_PUBLISHED

    def _find_mentor(self, site: str, day: date, half: str) -> Iterator[str]:
        me = self.officer
        if me.mentor in self._people and me.staff_no in self._list_new_starters(day):
            yield from self._list_names(site, day, half, [self._people[me.mentor]])

    def _find_new_starters(self, site: str, day: date, half: str) -> Iterator[str]:
        mentees = [
            officer for officer in self._circle.officers if officer.mentor == self.officer.staff_no
        ]
        still_new = self._list_new_starters(day) if mentees else ()
        yield from self._list_names(
            site, day, half, [officer for officer in mentees if officer.staff_no in still_new]
        )

    def _list_names(
        self, site: str, day: date, half: str, officers: Sequence[Officer]
    ) -> Iterator[str]:
        """The names of those who are there too; two people who work at home are not together."""
        if site != HOME.name:
            yield from (
                officer.name
                for officer in officers
                if self._sites.get((officer.staff_no, day, half)) == site
            )

    def _list_new_starters(self, day: date) -> Set[str]:
        period = self._find_period(day)
        return self._new_starters_of[period] if period else frozenset()

    def _find_period(self, day: date) -> Period | None:
        return next((period for period in self._periods if day in period), None)

    @cached_property
    def _own_away(self) -> Sequence[Away]:
        return [spell for spell in self._circle.away if spell.staff_no == self.officer.staff_no]

    @cached_property
    def _sites(self) -> Mapping[OfficerPart, str]:
        """Where everybody is in each half; the seat of somebody who is away then is void."""
        away: dict[str, list[Away]] = defaultdict(list)
        for spell in self._circle.away:
            away[spell.staff_no].append(spell)
        return {
            (seat.staff_no, seat.date, half): seat.site
            for seat in self._circle.published
            for half in list_halves(seat.part)
            if seat.staff_no not in away
            or not any(_is_away(spell, seat.date, half) for spell in away[seat.staff_no])
        }

    @cached_property
    def _new_starters_of(self) -> Mapping[Period, Set[str]]:
        return {
            period: Problem(
                unit=self._circle,
                policy=replace(self._policy, start=period.first, weeks=period.weeks),
                today=self._today,
            ).new_starters
            for period in self._periods
        }

    @cached_property
    def _team_days(self) -> Set[date]:
        """The dates on which all of the team who work that week and use its office are in it.

        They are in it all day long.
        """
        team = [officer for officer in self._circle.officers if officer.team == self.officer.team]
        users = {
            officer.staff_no
            for officer in team
            if self._office in (officer.base, *officer.other_sites)
        }
        planned_on: dict[date, set[str]] = defaultdict(set)
        present_on: dict[date, set[str]] = defaultdict(set)
        for (staff_no, day, half), site in self._sites.items():
            if staff_no in users:
                planned_on[day].add(staff_no)
                other_half = without_halves(WHOLE_DAY, [half]) or WHOLE_DAY
                if site == self._office == self._sites.get((staff_no, day, other_half)):
                    present_on[day].add(staff_no)
        in_week: dict[Week, set[str]] = defaultdict(set)
        for day, staff_nos in planned_on.items():
            in_week[Week.of(day)] |= staff_nos
        return {
            day
            for day, staff_nos in present_on.items()
            if self.officer.staff_no in staff_nos
            and len(staff_nos) > 1
            and staff_nos == in_week[Week.of(day)]
        }


def _is_away(spell: Away, day: date, half: str) -> bool:
    return spell.first <= day <= spell.last and has_half(spell.part, half)
