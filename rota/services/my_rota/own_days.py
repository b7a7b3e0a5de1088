"""An officer's days as they are published: where, and with whom of those who matter most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from rota.domain import FRIDAY, HOME, Away, Officer, Period, Policy, Problem, Unit, Week
from rota.reading import list_bank_holidays
from rota.services.my_rota.office_share import Share, share_of
from rota.services.units.planning_problem import as_published, problem_of

BANK_HOLIDAY, AWAY, NOT_PLANNED, NOT_PUBLISHED = (
    "bank holiday",
    "away",
    "not planned",
    "not published",
)
"""Why somebody has no place on a day; it may also be that they are on leave or in training."""

_TOLD = ("leave", "training")
"""Kinds of absence that are named on their owner's page; of any other a screen tells nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    """A day of the reader's; `why_off` is blank where there is a place.

    `mentor` and `new_starters` name those of them who are at the same place that day. On a team
    day the whole team is in.
    """

    date: date
    site: str | None = None
    kind: str | None = None
    why_off: str = ""
    mentor: str | None = None
    new_starters: tuple[str, ...] = ()
    is_team_day: bool = False


class OwnDays:
    """The published days of an officer, from what is known of them and of those near them.

    `near` has the officers of their team, their mentor and those whom they are a mentor of, with
    what is published for them in the periods.
    """

    def __init__(
        self,
        near: Unit,
        policy: Policy,
        *,
        staff_no: str,
        team_office: str,
        periods: Sequence[Period],
        today: date,
    ) -> None:
        self._near = near
        self._policy = policy
        self._office = team_office
        self._periods = periods
        self._today = today
        self._people = {officer.staff_no: officer for officer in near.officers}
        self.officer = self._people[staff_no]
        self._kinds = {site.name: site.kind for site in (HOME, *near.sites)}
        self._holidays = list_bank_holidays(today, max([today, *(its.last for its in periods)]))

    def next_two(self) -> Iterator[OwnDay]:
        """Today, unless it is a weekend, and the next day on which anybody is planned."""
        if self._today.weekday() <= FRIDAY:
            yield self.on(self._today)
        day = self._today + timedelta(days=1)
        while day.weekday() > FRIDAY or day in self._holidays:
            day += timedelta(days=1)
        yield self.on(day)

    def weeks(self) -> Mapping[Week, tuple[OwnDay, ...]]:
        """Every week of the periods, from Monday to Friday."""
        weeks: dict[Week, list[OwnDay]] = defaultdict(list)
        for period in self._periods:
            for day in period.weekdays():
                weeks[Week.of(day)].append(self.on(day))
        return {week: tuple(days) for week, days in weeks.items()}

    def share(self) -> Share | None:
        """The office share in the period that has begun, or else in the next; None without any."""
        if not self._periods:
            return None
        period, me = self._periods[0], self.officer
        own = replace(
            self._near,
            officers=(me,),
            away=tuple(its for its in self._near.away if its.staff_no == me.staff_no),
            published=tuple(
                seat
                for seat in self._near.published
                if seat.staff_no == me.staff_no and seat.date in period
            ),
        )
        problem = problem_of(own, self._policy, period, self._today)
        return share_of(as_published(problem, own.published)[0], me)

    def on(self, day: date) -> OwnDay:
        """What is published for the day."""
        site = self._sites.get((self.officer.staff_no, day))
        if site is None:
            return OwnDay(date=day, why_off=self._why_off(day))
        return OwnDay(
            date=day,
            site=site,
            kind=self._kinds.get(site),
            mentor=next(self._mentor_at(site, day), None),
            new_starters=tuple(self._new_starters_at(site, day)),
            is_team_day=day in self._team_days,
        )

    def _why_off(self, day: date) -> str:
        spell = next((its for its in self._own_away if its.first <= day <= its.last), None)
        if day in self._holidays:
            return BANK_HOLIDAY
        if spell is not None:
            return spell.kind if spell.kind in _TOLD else AWAY
        return NOT_PLANNED if self._period_of(day) else NOT_PUBLISHED

    def _mentor_at(self, site: str, day: date) -> Iterator[str]:
        me = self.officer
        if me.mentor in self._people and me.staff_no in self._new_starters(day):
            yield from self._names_at(site, day, [self._people[me.mentor]])

    def _new_starters_at(self, site: str, day: date) -> Iterator[str]:
        mine = [its for its in self._near.officers if its.mentor == self.officer.staff_no]
        still_new = self._new_starters(day) if mine else ()
        yield from self._names_at(site, day, [its for its in mine if its.staff_no in still_new])

    def _names_at(self, site: str, day: date, those: Sequence[Officer]) -> Iterator[str]:
        """The names of those who are there too; two people who work at home are not together."""
        if site != HOME.name:
            yield from (its.name for its in those if self._sites.get((its.staff_no, day)) == site)

    def _new_starters(self, day: date) -> Set[str]:
        period = self._period_of(day)
        return self._new_starters_of[period] if period else frozenset()

    def _period_of(self, day: date) -> Period | None:
        return next((period for period in self._periods if day in period), None)

    @cached_property
    def _own_away(self) -> Sequence[Away]:
        return [its for its in self._near.away if its.staff_no == self.officer.staff_no]

    @cached_property
    def _sites(self) -> Mapping[tuple[str, date], str]:
        """Where everybody is; the seat of somebody who is away is void."""
        away: dict[str, list[Away]] = defaultdict(list)
        for spell in self._near.away:
            away[spell.staff_no].append(spell)
        return {
            (who, day): site
            for who, day, site, _ in self._near.published
            if who not in away or not any(its.first <= day <= its.last for its in away[who])
        }

    @cached_property
    def _new_starters_of(self) -> Mapping[Period, Set[str]]:
        return {
            period: Problem(
                unit=self._near,
                policy=replace(self._policy, start=period.first, weeks=period.weeks),
                today=self._today,
            ).new_starters
            for period in self._periods
        }

    @cached_property
    def _team_days(self) -> Set[date]:
        """The dates on which all of the team who work that week and use its office are in it."""
        team = [its for its in self._near.officers if its.team == self.officer.team]
        users = {its.staff_no for its in team if self._office in (its.base, *its.other_sites)}
        planned: dict[date, set[str]] = defaultdict(set)
        present: dict[date, set[str]] = defaultdict(set)
        for (staff_no, day), site in self._sites.items():
            if staff_no in users:
                planned[day].add(staff_no)
                if site == self._office:
                    present[day].add(staff_no)
        in_week: dict[Week, set[str]] = defaultdict(set)
        for day, those in planned.items():
            in_week[Week.of(day)] |= those
        return {
            day
            for day, those in present.items()
            if self.officer.staff_no in those and len(those) > 1 and those == in_week[Week.of(day)]
        }
