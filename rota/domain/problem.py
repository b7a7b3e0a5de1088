"""What is to be planned: a unit's tables, its period and today, with what follows from them.

Everything derived is worked out once, when first asked for. The order of every sequence follows
from the tables alone, so that the same input gives the same rota.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import chain, groupby

from rota.domain.calendar import (
    FRIDAY,
    HalfDay,
    Week,
)
from rota.domain.day_options import find_day_options
from rota.domain.extra_days import find_extra_days, find_parts_offered
from rota.domain.history import SiteByHalf, find_sites_before
from rota.domain.parts import WHOLE_DAY, common_part, list_halves, without_halves
from rota.domain.people import Officer
from rota.domain.seats import DayOption, OfficerDay, OfficerPart, PublishedSeat, Seat
from rota.domain.unit_in_period import UnitInPeriod
from rota.domain.working_time import find_parts_worked, list_halves_shown_worked


@dataclass(frozen=True, kw_only=True)
class Problem(UnitInPeriod):
    """A unit to be planned in a period, seen from `today`."""

    today: date
    published_days_were_worked: bool = False
    """Whether a seat published up to today shows that its time was worked, whatever the pattern.

    That is so where nothing is known of earlier terms but by files.
    """
    not_planned: frozenset[OfficerPart] = frozenset()
    """Days, or halves, on which officers would work but have no seat: rules take them as free."""

    def leave_unplanned(self, seats: Iterable[Seat]) -> Problem:
        """The problem as the seats there are can be judged: other working days are not planned."""
        seated: dict[OfficerDay, set[str]] = defaultdict(set)
        for seat in seats:
            seated[seat.officer_day].update(list_halves(seat.part))
        without = frozenset(
            (*officer_day, part)
            for officer_day, part_worked in self.parts_worked.items()
            if (part := without_halves(part_worked, seated.get(officer_day, ()))) is not None
        )
        return replace(self, not_planned=self.not_planned | without) if without else self

    @property
    def fixed_until(self) -> date:
        """The last day that may not be changed: today, once something of the period is published.

        Until then it is no day at all.
        """
        return self.today if self.unit.published else date.min

    @cached_property
    def extra_days(self) -> tuple[date, ...]:
        """The extra days of the period: those with a duty on which nobody works otherwise."""
        return find_extra_days(self)

    @cached_property
    def weekend_days(self) -> frozenset[date]:
        """The extra days at weekends, which have no place among the weekdays of a week."""
        return frozenset(day for day in self.extra_days if day.weekday() > FRIDAY)

    def list_days(self, week: Week) -> tuple[date, ...]:
        """The days of a week that a rota shows: Monday to Friday, and extra days at its end."""
        days = (week.monday + timedelta(days=n) for n in range(7))
        return tuple(d for d in days if d.weekday() <= FRIDAY or d in self.weekend_days)

    @cached_property
    def notice(self) -> frozenset[date]:
        """The next `notice_days` planning days after today, and the extra days between.

        They may lie in the period or before it.
        """
        days: set[date] = set()
        planning_days, day = 0, self.today
        while planning_days < self.policy.notice_days:
            day += timedelta(days=1)
            if self.is_planning_day(day) or day in self.extra_days:
                days.add(day)
            planning_days += self.is_planning_day(day)
        return frozenset(days)

    @cached_property
    def skills_asked(self) -> Mapping[tuple[str, str, date], int]:
        """How many people have a skill at a site on a date while anybody is there.

        Of several rows about one skill the one that asks for most holds.
        """
        leasts: dict[tuple[str, str, date], int] = {}
        for row in self.unit.presence:
            for day in (*self.dates, *self.extra_days):
                if row.asks_for(day):
                    key = row.site, row.skill, day
                    leasts[key] = max(row.least, leasts.get(key, 0))
        return leasts

    @cached_property
    def _desks_replaced(self) -> Mapping[tuple[str, HalfDay], int]:
        """The desks that closures leave, by site and half of a planning day or extra day."""
        return {
            (closure.site, HalfDay(day, half)): closure.desks
            for closure in self.unit.closures
            for day in (*self.dates_before, *self.dates, *self.extra_days)
            if closure.first <= day <= closure.last
            for half in list_halves(closure.part)
        }

    def count_desks(self, site: str, when: HalfDay) -> int | None:
        """The desks of a site in half of a planning day or extra day; None without a limit."""
        return self._desks_replaced.get((site, when), self.site_on(site, when.date).desks)

    def list_open_sites(self, officer: Officer, when: HalfDay) -> tuple[str, ...]:
        """The base and other sites, of the officer as on that day, that have a desk or no limit."""
        own = (officer.base, *officer.other_sites)
        return tuple(site for site in own if self.count_desks(site, when) != 0)

    @cached_property
    def parts_worked(self) -> Mapping[OfficerDay, str]:
        """What each officer works of each day in the period, but for what is not planned."""
        shown_worked = list_halves_shown_worked(self, self.unit.published)
        return find_parts_worked(self, self.dates, shown_worked)

    @cached_property
    def halves_away(self) -> Mapping[OfficerDay, frozenset[str]]:
        """The halves of planning days and extra days in which officers are away."""
        away: dict[OfficerDay, frozenset[str]] = {}
        for spell in self.unit.away:
            for day in (*self.dates_before, *self.dates, *self.extra_days):
                if spell.first <= day <= spell.last:
                    officer_day = spell.staff_no, day
                    halves = list_halves(spell.part)
                    away[officer_day] = away.get(officer_day, frozenset()).union(halves)
        return away

    @cached_property
    def parts_offered(self) -> Mapping[OfficerDay, str]:
        """What of each extra day is offered to each officer who may be asked."""
        return find_parts_offered(self)

    @cached_property
    def parts_planned(self) -> Mapping[OfficerDay, str]:
        """In which part of each day an officer may have seats: what they work or are offered."""
        return {**self.parts_worked, **self.parts_offered}

    def may_be_nowhere(self, officer_day: OfficerDay) -> bool:
        """Whether the officer may have no seat then, though they may have one: on an extra day."""
        return any(not option.seats for option in self.day_options.get(officer_day, ()))

    def find_free_part(self, staff_no: str, day: date) -> str | None:
        """The part of the day in which the officer has no seat, None if they may have all of it."""
        part = self.parts_planned.get((staff_no, day))
        return WHOLE_DAY if part is None else without_halves(WHOLE_DAY, list_halves(part))

    @cached_property
    def working_days(self) -> Mapping[str, tuple[date, ...]]:
        """The days in the period of which each officer works a part, but for those not planned."""
        days: dict[str, list[date]] = {staff_no: [] for staff_no in self.officers}
        for staff_no, day in self.parts_worked:
            days[staff_no].append(day)
        return {staff_no: tuple(worked) for staff_no, worked in days.items()}

    @cached_property
    def sites_before(self) -> Mapping[OfficerDay, SiteByHalf]:
        """Where officers were on days of the span before the period of which a seat is known."""
        return find_sites_before(self)

    def find_days_before(self, officer: Officer) -> tuple[date, ...]:
        """The days of the span before the period of which a seat of the officer is known."""
        days = self.dates_before
        return tuple(day for day in days if (officer.staff_no, day) in self.sites_before)

    def list_halves_counted(self, staff_no: str, day: date) -> Sequence[str]:
        """The halves of a day that an officer works, before the period those with a known seat."""
        if day < self.period.first:
            return tuple(self.sites_before[staff_no, day])
        return list_halves(self.parts_worked[staff_no, day])

    @cached_property
    def working_weeks(self) -> Mapping[str, Mapping[Week, tuple[date, ...]]]:
        """Each officer's working days by week; weeks without one are left out."""
        return {
            staff_no: {week: tuple(days) for week, days in groupby(working_days, key=Week.of)}
            for staff_no, working_days in self.working_days.items()
        }

    @cached_property
    def published(self) -> Mapping[OfficerDay, tuple[PublishedSeat, ...]]:
        """Published seats by officer and date, as far as the officer works or is offered them."""
        seats: dict[OfficerDay, list[PublishedSeat]] = defaultdict(list)
        for seat in self.unit.published:
            part = common_part(seat.part, self.parts_planned.get(seat.officer_day))
            if part is not None:
                seats[seat.officer_day].append(seat._replace(part=part))
        return {officer_day: tuple(of_day) for officer_day, of_day in seats.items()}

    @cached_property
    def locked(self) -> Mapping[OfficerDay, tuple[Seat, ...]]:
        """The only seats of an officer on a date: history, and what is locked after it."""
        locked: dict[OfficerDay, list[Seat]] = defaultdict(list)
        for seat in self.unit.locked:
            locked[seat.officer_day].append(seat)
        for officer_day, seats in self.published.items():
            is_fixed = officer_day[1] <= self.fixed_until
            fixed = [seat.seat for seat in seats if is_fixed or seat.locked]
            if fixed and (is_fixed or officer_day not in locked):
                locked[officer_day] = fixed
        return {officer_day: tuple(seats) for officer_day, seats in locked.items()}

    @cached_property
    def day_options(self) -> Mapping[OfficerDay, tuple[DayOption, ...]]:
        """The ways in which an officer may spend each working day or extra day; never empty.

        On an extra day one of them is to have no seat, unless it is locked.
        """
        return find_day_options(self)

    @cached_property
    def seats_of(self) -> Mapping[OfficerDay, tuple[Seat, ...]]:
        """Every seat that an officer may take on each working day or extra day."""
        return {
            officer_day: tuple(dict.fromkeys(seat for option in options for seat in option.seats))
            for officer_day, options in self.day_options.items()
        }

    @cached_property
    def allowed_sites(self) -> Mapping[OfficerDay, tuple[str, ...]]:
        """The sites where an officer may be for some of each working day or extra day.

        Of a working day there is always one.
        """
        return {
            officer_day: tuple(dict.fromkeys(seat.site for seat in seats))
            for officer_day, seats in self.seats_of.items()
        }

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Every seat that a rota may take."""
        return tuple(chain.from_iterable(self.seats_of.values()))

    @cached_property
    def seats_at(self) -> Mapping[tuple[str, date], tuple[Seat, ...]]:
        """The seats that a rota may take at each site on each date."""
        seats: dict[tuple[str, date], list[Seat]] = defaultdict(list)
        for seat in self.seats:
            seats[seat.site, seat.date].append(seat)
        return {place: tuple(seats) for place, seats in seats.items()}

    def find_seats(self, officer: Officer, day: date, site: str) -> tuple[Seat, ...]:
        """The seats that the officer may take at the site that day."""
        seats = self.seats_of.get((officer.staff_no, day), ())
        return tuple(seat for seat in seats if seat.site == site)

    def may_use(self, officer: Officer, day: date, site: str) -> bool:
        """Whether the officer works or is offered that day, and may use the site for some of it."""
        return bool(self.find_seats(officer, day, site))

    def may_take(self, seat: Seat) -> bool:
        """Whether a rota may take the seat."""
        return seat in self.seats_of.get(seat.officer_day, ())

    @cached_property
    def by_hand(self) -> Mapping[OfficerDay, tuple[Seat, ...]]:
        """The seats moved by hand as far as they can be used, on days that are not history."""
        seats: dict[OfficerDay, list[Seat]] = defaultdict(list)
        for whole_seat in self.unit.moved_by_hand:
            part = common_part(whole_seat.part, self.parts_planned.get(whole_seat.officer_day))
            seat = whole_seat if part is None else whole_seat._replace(part=part)
            if seat.date > self.fixed_until and self.may_take(seat):
                seats[seat.officer_day].append(seat)
        return {officer_day: tuple(of_day) for officer_day, of_day in seats.items()}
