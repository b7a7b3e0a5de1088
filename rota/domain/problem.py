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

from rota.domain.calendar import FRIDAY, Days, HalfDay, Period, Week, count_whole_months
from rota.domain.day_options import find_day_options
from rota.domain.extra_days import find_extra_days, find_parts_offered
from rota.domain.parts import WHOLE_DAY, common_part, list_halves, without_halves
from rota.domain.people import Away, Link, Officer, Request, Team
from rota.domain.policy import Policy
from rota.domain.recurrence import put_on_dates
from rota.domain.seats import DayOption, OfficerDay, OfficerPart, PublishedSeat, Seat
from rota.domain.sites import HOME, Appointment, Closure, Duty, Site


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A delivery unit as its tables tell it."""

    sites: tuple[Site, ...]
    teams: tuple[Team, ...]
    officers: tuple[Officer, ...]
    away: tuple[Away, ...] = ()
    duties: tuple[Duty[Days], ...] = ()
    appointments: tuple[Appointment[Days], ...] = ()
    requests: tuple[Request, ...] = ()
    links: tuple[Link, ...] = ()
    closures: tuple[Closure, ...] = ()
    published: tuple[PublishedSeat, ...] = ()
    locked: tuple[Seat, ...] = ()
    """Seats of a draft that its managers hold fast, whatever is published."""
    moved_by_hand: tuple[Seat, ...] = ()
    """Seats of a draft that people moved; they are to be kept in place of published ones."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A unit to be planned under a policy, seen from `today`, around the bank holidays."""

    unit: Unit
    policy: Policy
    today: date
    bank_holidays: frozenset[date] = frozenset()
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
    def period(self) -> Period:
        return self.policy.period

    @property
    def fixed_until(self) -> date:
        """The last day that may not be changed: today, once something of the period is published.

        Until then it is no day at all.
        """
        return self.today if self.unit.published else date.min

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """The planning days of the period."""
        return tuple(day for day in self.period.weekdays() if self.is_planning_day(day))

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
    def weeks(self) -> Mapping[Week, tuple[date, ...]]:
        """Every week of the period with its planning days, which may be none."""
        starts = (self.period.first + timedelta(weeks=n) for n in range(self.period.weeks))
        weeks: dict[Week, list[date]] = {Week(monday): [] for monday in starts}
        for day in self.dates:
            weeks[Week.of(day)].append(day)
        return {week: tuple(days) for week, days in weeks.items()}

    def is_planning_day(self, day: date) -> bool:
        """Whether the day is a Monday to Friday, and no bank holiday or day off of the unit."""
        is_off = day in self.bank_holidays or day in self.policy.days_off
        return day.weekday() <= FRIDAY and not is_off

    def is_day_off(self, day: date) -> bool:
        """Whether it is for the unit's own day off that nobody works on the day."""
        is_weekday = day.weekday() <= FRIDAY and day not in self.bank_holidays
        return is_weekday and day in self.policy.days_off

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
    def duties(self) -> tuple[Duty[date], ...]:
        """The duties of the period, each on its date."""
        return put_on_dates(self.unit.duties, self.period, self.dates)

    @cached_property
    def appointments(self) -> tuple[Appointment[date], ...]:
        """The appointments of the period, each on its date."""
        return put_on_dates(self.unit.appointments, self.period, self.dates)

    @cached_property
    def officers(self) -> Mapping[str, Officer]:
        return {officer.staff_no: officer for officer in self.unit.officers}

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """Every site by name, home included."""
        return {site.name: site for site in (*self.unit.sites, HOME)}

    @cached_property
    def _desks_replaced(self) -> Mapping[tuple[str, HalfDay], int]:
        """The desks that closures leave, by site and half of a planning day or extra day."""
        return {
            (closure.site, HalfDay(day, half)): closure.desks
            for closure in self.unit.closures
            for day in (*self.dates, *self.extra_days)
            if closure.first <= day <= closure.last
            for half in list_halves(closure.part)
        }

    def count_desks(self, site: str, when: HalfDay) -> int | None:
        """The desks of a site in half of a planning day or extra day; None without a limit."""
        return self._desks_replaced.get((site, when), self.sites[site].desks)

    def list_open_sites(self, officer: Officer, when: HalfDay) -> tuple[str, ...]:
        """The officer's base and other sites that have a desk or no limit then."""
        own = (officer.base, *officer.other_sites)
        return tuple(site for site in own if self.count_desks(site, when) != 0)

    @cached_property
    def teams(self) -> Mapping[str, Sequence[Officer]]:
        """The members of each team."""
        members: dict[str, list[Officer]] = {team.name: [] for team in self.unit.teams}
        for officer in self.unit.officers:
            members[officer.team].append(officer)
        return members

    @cached_property
    def parts_worked(self) -> Mapping[OfficerDay, str]:
        """What each officer works of each day in the period, but for what is not planned."""
        free: dict[OfficerDay, set[str]] = defaultdict(set)
        for officer_day, halves in self.halves_away.items():
            free[officer_day].update(halves)
        for staff_no, day, part in self.not_planned:
            free[staff_no, day].update(list_halves(part))
        worked: dict[OfficerDay, str] = {}
        for officer in self.unit.officers:
            for day in self.dates:
                officer_day = officer.staff_no, day
                worked_then = officer.find_part_worked(day) if officer.is_employed(day) else None
                if worked_then is not None and officer_day in free:
                    worked_then = without_halves(worked_then, free[officer_day])
                if worked_then is not None:
                    worked[officer_day] = worked_then
        return worked

    @cached_property
    def halves_away(self) -> Mapping[OfficerDay, frozenset[str]]:
        """The halves of planning days and extra days in which officers are away."""
        away: dict[OfficerDay, frozenset[str]] = {}
        for spell in self.unit.away:
            for day in (*self.dates, *self.extra_days):
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
        days: dict[str, list[date]] = {officer.staff_no: [] for officer in self.unit.officers}
        for staff_no, day in self.parts_worked:
            days[staff_no].append(day)
        return {staff_no: tuple(worked) for staff_no, worked in days.items()}

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

    @cached_property
    def new_starters(self) -> frozenset[str]:
        """Staff numbers of those still new on the first day of the period."""
        most = self.policy.new_starter_months
        return frozenset(o.staff_no for o in self.unit.officers if self._months(o) < most)

    @cached_property
    def experienced(self) -> frozenset[str]:
        """Staff numbers of those experienced on the first day of the period; never trainees."""
        least = self.policy.experienced_months
        return frozenset(
            officer.staff_no
            for officer in self.unit.officers
            if not officer.is_trainee and self._months(officer) >= least
        )

    def _months(self, officer: Officer) -> int:
        """Whole months of service on the first day of the period; 0 for those who start later."""
        return max(count_whole_months(officer.start_date, self.period.first), 0)
