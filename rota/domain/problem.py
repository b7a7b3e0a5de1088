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

from rota.domain.calendar import FRIDAY, Days, Period, Week, count_whole_months
from rota.domain.people import Away, Link, Officer, Request, Team
from rota.domain.policy import Policy
from rota.domain.recurrence import put_on_dates
from rota.domain.seats import OfficerDay, PublishedSeat, Seat
from rota.domain.sites import DUTY_KINDS, HOME, Appointment, Closure, Duty, Site


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
    not_planned: frozenset[OfficerDay] = frozenset()
    """Days on which officers would work, but have no seat: rules take them as not worked."""

    def leave_unplanned(self, seats: Iterable[Seat]) -> Problem:
        """The problem as the seats there are can be judged: other working days are not planned."""
        seated = {(seat.staff_no, seat.date) for seat in seats}
        without = frozenset(place for place in self.allowed_sites if place not in seated)
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
        """The next `notice_days` planning days after today, in the period or before it."""
        days: set[date] = set()
        day = self.today
        while len(days) < self.policy.notice_days:
            day += timedelta(days=1)
            if self.is_planning_day(day):
                days.add(day)
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
    def _desks_replaced(self) -> Mapping[tuple[str, date], int]:
        """The desks that closures leave, by site and planning day."""
        return {
            (closure.site, day): closure.desks
            for closure in self.unit.closures
            for day in self.dates
            if closure.first <= day <= closure.last
        }

    def count_desks(self, site: str, day: date) -> int | None:
        """The desks of a site on a planning day; None where there is no limit."""
        return self._desks_replaced.get((site, day), self.sites[site].desks)

    def list_open_sites(self, officer: Officer, day: date) -> tuple[str, ...]:
        """The officer's base and other sites that have a desk or no limit on a planning day."""
        own = (officer.base, *officer.other_sites)
        return tuple(site for site in own if self.count_desks(site, day) != 0)

    @cached_property
    def teams(self) -> Mapping[str, Sequence[Officer]]:
        """The members of each team."""
        members: dict[str, list[Officer]] = {team.name: [] for team in self.unit.teams}
        for officer in self.unit.officers:
            members[officer.team].append(officer)
        return members

    @cached_property
    def working_days(self) -> Mapping[str, tuple[date, ...]]:
        """Each officer's working days in the period, but for those that are not planned."""
        away: dict[str, set[date]] = defaultdict(set)
        for spell in self.unit.away:
            away[spell.staff_no].update(d for d in self.dates if spell.first <= d <= spell.last)
        return {
            officer.staff_no: tuple(
                day
                for day in self.dates
                if day.weekday() in officer.working_days
                and officer.is_employed(day)
                and day not in away[officer.staff_no]
                and (officer.staff_no, day) not in self.not_planned
            )
            for officer in self.unit.officers
        }

    @cached_property
    def working_weeks(self) -> Mapping[str, Mapping[Week, tuple[date, ...]]]:
        """Each officer's working days by week; weeks without one are left out."""
        return {
            staff_no: {week: tuple(days) for week, days in groupby(working_days, key=Week.of)}
            for staff_no, working_days in self.working_days.items()
        }

    @cached_property
    def published(self) -> Mapping[tuple[str, date], PublishedSeat]:
        """Published seats by officer and date; those on days the officer does not work are void."""
        works = {(staff_no, day) for staff_no, days in self.working_days.items() for day in days}
        return {
            (seat.staff_no, seat.date): seat
            for seat in self.unit.published
            if (seat.staff_no, seat.date) in works
        }

    @cached_property
    def locked(self) -> Mapping[tuple[str, date], str]:
        """The only site of an officer on a date: history up to today, and what is locked later."""
        later = {(seat.staff_no, seat.date): seat.site for seat in self.unit.locked}
        fixed = {
            place: seat.site
            for place, seat in self.published.items()
            if seat.date <= self.fixed_until or (seat.locked and place not in later)
        }
        return {**later, **fixed}

    @cached_property
    def allowed_sites(self) -> Mapping[tuple[str, date], tuple[str, ...]]:
        """The sites an officer may use, for every officer and working day; never empty."""
        duties: dict[date, list[Duty[date]]] = defaultdict(list)
        for duty in self.duties:
            if self.sites[duty.site].kind in DUTY_KINDS:
                duties[duty.date].append(duty)
        appointments: dict[tuple[str, date], list[str]] = defaultdict(list)
        for appointment in self.appointments:
            appointments[appointment.staff_no, appointment.date].append(appointment.site)

        def on(officer: Officer, day: date) -> tuple[str, ...]:
            if (officer.staff_no, day) in self.locked:
                return (self.locked[officer.staff_no, day],)
            called = (
                duty.site
                for duty in duties[day]
                if duty.skill is None or duty.skill in officer.skills
            )
            own = (officer.base, *officer.other_sites)
            home = (HOME.name,) if officer.has_home_office else ()
            appointed_sites = appointments.get((officer.staff_no, day), ())
            return tuple(dict.fromkeys(chain(own, home, called, appointed_sites)))

        return {
            (officer.staff_no, day): on(officer, day)
            for officer in self.unit.officers
            for day in self.working_days[officer.staff_no]
        }

    @cached_property
    def by_hand(self) -> Mapping[OfficerDay, Seat]:
        """The seats moved by hand that can still be used, on days that are not history."""
        return {
            (seat.staff_no, seat.date): seat
            for seat in self.unit.moved_by_hand
            if seat.date > self.fixed_until
            and seat.site in self.allowed_sites.get((seat.staff_no, seat.date), ())
        }

    def may_use(self, officer: Officer, day: date, site: str) -> bool:
        """Whether the officer works that day and may use the site."""
        return site in self.allowed_sites.get((officer.staff_no, day), ())

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Every seat that a rota may take."""
        return tuple(
            Seat(staff_no, day, site)
            for (staff_no, day), sites in self.allowed_sites.items()
            for site in sites
        )

    @cached_property
    def seats_at(self) -> Mapping[tuple[str, date], tuple[Seat, ...]]:
        """The seats that a rota may take at each site on each date."""
        seats: dict[tuple[str, date], list[Seat]] = defaultdict(list)
        for seat in self.seats:
            seats[seat.site, seat.date].append(seat)
        return {place: tuple(seats) for place, seats in seats.items()}

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
