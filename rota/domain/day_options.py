"""Where officers may be: for each working day, the ways in which they may spend it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from rota.domain.parts import AM, HALVES, PM, WHOLE_DAY, common_part, list_halves
from rota.domain.people import Officer
from rota.domain.seats import DayOption, OfficerDay, Seat
from rota.domain.sites import DUTY_KINDS, HOME, Appointment, Duty

if TYPE_CHECKING:
    from rota.domain.problem import Problem

NOWHERE = ""
"""What stands for a site in a half of an extra day in which an officer has no seat."""

Owed = Duty[date] | Appointment[date]
"""What calls an officer to a site on a date or half of it."""


def find_day_options(problem: Problem) -> Mapping[OfficerDay, tuple[DayOption, ...]]:
    """For every officer and working day or extra day the ways to spend it; never none.

    Both halves are at one site, unless a half-day duty or appointment takes one of them. On an
    extra day there are only its duties, and nowhere to be stands in place of the officer's sites.
    """
    duties: dict[date, list[Duty[date]]] = defaultdict(list)
    for duty in problem.duties:
        duties[duty.date].append(duty)
    appointments: dict[OfficerDay, list[Appointment[date]]] = defaultdict(list)
    for appointment in problem.appointments:
        appointments[appointment.staff_no, appointment.date].append(appointment)

    options: dict[OfficerDay, tuple[DayOption, ...]] = {}
    for officer_day, part in problem.parts_planned.items():
        day = officer_day[1]
        officer = problem.officer_on(*officer_day)
        own = _list_own_sites(officer)
        is_extra = officer_day in problem.parts_offered
        visits = () if is_extra else appointments.get(officer_day, ())
        owed: list[Owed] = [
            duty
            for duty in duties.get(day, ())
            if (duty.skill is None or duty.skill in officer.skills)
            and (
                problem.sites[duty.site].kind in DUTY_KINDS
                or ((duty.part or is_extra) and _may_use(duty, own, visits))
            )
        ]
        owed.extend(visits)
        if is_extra:
            own = (NOWHERE,)
            owed = owed if day > problem.fixed_until else []
        locked = problem.locked.get(officer_day, ())
        ways = _list_ways(part, own, owed, locked)
        options[officer_day] = tuple(
            DayOption(*officer_day, _make_seats(officer_day, way)) for way in ways
        )
    return options


def fits_day(options: Iterable[DayOption], seats: Iterable[Seat]) -> bool:
    """Whether one of these ways to spend a day has its officer at all of the seats.

    What it has besides, in a half for which there is no seat, does not matter, unless one of them
    is to be nowhere.
    """
    halves = {(seat.site, half) for seat in seats for half in list_halves(seat.part)}
    ways = [
        {(seat.site, half) for seat in option.seats for half in list_halves(seat.part)}
        for option in options
    ]
    return halves in ways if set() in ways else any(map(halves.issubset, ways))


def find_longest_seat(problem: Problem, officer_day: OfficerDay, site: str) -> Seat:
    """The seat at the site for all that is worked, or as long as a duty of an extra day takes."""
    whole = Seat(*officer_day, site, problem.parts_planned.get(officer_day, WHOLE_DAY))
    options = [option.seats for option in problem.day_options.get(officer_day, ())]
    there = [seats[0] for seats in options if len(seats) == 1 and seats[0].site == site]
    return max(there, key=lambda seat: seat.halves, default=whole)


def _list_own_sites(officer: Officer) -> tuple[str, ...]:
    home = (HOME.name,) if officer.has_home_office else ()
    return tuple(dict.fromkeys((officer.base, *officer.other_sites, *home)))


def _may_use(duty: Duty[date], own: Sequence[str], visits: Iterable[Appointment[date]]) -> bool:
    """Whether the duty is at an own site, or where an appointment has one at its time."""
    return duty.site in own or any(
        visit.site == duty.site and common_part(visit.part, duty.part) is not None
        for visit in visits
    )


Way = Mapping[str, str]
"""A site for each half worked, or for the whole day."""


def _list_ways(
    part: str, own: Sequence[str], owed: Sequence[Owed], locked: Sequence[Seat]
) -> Iterator[Way]:
    if not locked and part == WHOLE_DAY and not any(each.part for each in owed):
        for site in dict.fromkeys((*own, *(each.site for each in owed))):
            yield {WHOLE_DAY: site}
        return
    halves = list_halves(part)
    fixed = {half: seat.site for seat in locked for half in list_halves(seat.part)}
    usable = {half: _list_usable(half, own, owed, fixed) for half in halves}
    if len(halves) == 1:
        for site in usable[part]:
            yield {part: site}
        return
    takers = {(half, each.site) for each in owed if each.part for half in list_halves(each.part)}
    pairs = [
        (am, pm)
        for am, pm in product(usable[AM], usable[PM])
        if am == pm or (AM, am) in takers or (PM, pm) in takers or len(fixed) == len(HALVES)
    ]
    for am, pm in pairs or product(usable[AM], usable[PM]):  # A locked half goes with anything.
        yield {WHOLE_DAY: am} if am == pm else {AM: am, PM: pm}


def _list_usable(
    half: str, own: Iterable[str], owed: Iterable[Owed], fixed: Mapping[str, str]
) -> Sequence[str]:
    """The sites that may be used in the half, which is one if it is fixed."""
    if half in fixed:
        return (fixed[half],)
    called = (each.site for each in owed if half in list_halves(each.part))
    return tuple(dict.fromkeys((*own, *called)))


def _make_seats(officer_day: OfficerDay, way: Way) -> tuple[Seat, ...]:
    return tuple(Seat(*officer_day, site, part) for part, site in way.items() if site != NOWHERE)
