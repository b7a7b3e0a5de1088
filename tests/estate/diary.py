"""What stands in a unit's diary: who is away, where people are owed, what they wish for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from rota.domain import (
    FRIDAY,
    MANAGER_GRADE,
    STRENGTHS,
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    Policy,
    Problem,
    Request,
    Unit,
    Week,
)
from rota.reading import list_bank_holidays

VISITS = {"Public Protection Unit": ("mappa", (1, 3)), "Recovery Service": (None, (2,))}
"""Skill and weekdays of the duty at each partner agency."""

_SPELLS = {
    "leave": (0.1, (1, 1, 1, 2, 2, 3, 5, 5, 5, 10)),
    "sick": (0.055, (1, 1, 1, 2, 3, 4, 8)),
    "training": (0.03, (1, 2, 2, 3)),
}
"""How likely a spell begins in an officer's week, and the weekdays that it may last."""

_COURT_SHARES = (0.165, 0.08)
"""Officers needed each day at the first court and the second, of those with the skill."""


def away(unit: Unit, policy: Policy, rng: Random) -> Iterator[Away]:
    """Spells away that begin in the period."""
    for officer in unit.officers:
        for week in range(policy.weeks):
            for kind, (share, lengths) in _SPELLS.items():
                if rng.random() < share:
                    first = policy.start + timedelta(weeks=week, days=rng.randint(0, FRIDAY))
                    last = weekdays_on(first, rng.choice(lengths))
                    yield Away(officer.staff_no, first, last, kind)


def weekdays_on(first: date, days: int) -> date:
    """The last of so many weekdays from the first."""
    weeks, rest = divmod(first.weekday() + days - 1, FRIDAY + 1)
    return Week.of(first).monday + timedelta(weeks=weeks, days=rest)


def filled(unit: Unit, policy: Policy, rng: Random) -> Unit:
    """The unit with its diary."""
    holidays = list_bank_holidays(policy.start, policy.period.last)
    problem = Problem(unit=unit, policy=policy, today=policy.start, bank_holidays=holidays)
    return replace(
        unit,
        duties=tuple(_duties(problem)),
        appointments=tuple(_appointments(problem, rng)),
        requests=tuple(_requests(problem, rng)),
        links=tuple(_links(unit, rng)),
        closures=tuple(_closures(problem, rng)),
    )


def _duties(problem: Problem) -> Iterator[Duty]:
    for site in problem.unit.sites:
        if site.kind == "office":
            yield from (Duty(day, site.name, 1, "duty") for day in problem.dates)
        elif site.kind == "partner":
            skill, weekdays = VISITS[site.name]
            days = (day for day in problem.dates if day.weekday() in weekdays)
            yield from (Duty(day, site.name, 1, skill) for day in days)
    yield from _court_duties(problem)


def _court_duties(problem: Problem) -> Iterator[Duty]:
    """The same each day, and one fewer on Fridays, but never none."""
    skilled = sum("court" in officer.skills for officer in problem.unit.officers)
    courts = [site.name for site in problem.unit.sites if site.kind == "court"]
    for court, share in zip(courts, _COURT_SHARES, strict=True):
        needed = round(share * skilled)
        for day in problem.dates:
            yield Duty(day, court, max(needed - (day.weekday() == FRIDAY), 1), "court")


def _appointments(problem: Problem, rng: Random) -> Iterator[Appointment]:
    """With clients, at the office of the team; an officer has at most one a day."""
    for officer in problem.unit.officers:
        if officer.grade == MANAGER_GRADE or officer.base not in _offices(problem.unit):
            continue
        for days in problem.working_weeks[officer.staff_no].values():
            if rng.random() < 0.37:
                yield Appointment(officer.staff_no, rng.choice(days), officer.base)


def _offices(unit: Unit) -> dict[str, int]:
    """The desks of each office."""
    return {site.name: site.desks or 0 for site in unit.sites if site.kind == "office"}


def _requests(problem: Problem, rng: Random) -> Iterator[Request]:
    for officer in problem.unit.officers:
        yield from _weekly_requests(officer, rng)
        for days in problem.working_weeks[officer.staff_no].values():
            if rng.random() < 0.07:
                yield Request(officer.staff_no, rng.choice(days), "home", STRENGTHS[-1])


def _weekly_requests(officer: Officer, rng: Random) -> Iterator[Request]:
    """Most wish for one or two weekdays at home, some for one in the office."""
    weekdays = rng.sample(sorted(officer.working_days.weekdays), 3)
    for weekday in weekdays[: rng.choices((0, 1, 2), (5, 50, 45))[0]]:
        yield Request(officer.staff_no, weekday, "home", rng.choice(STRENGTHS))
    if rng.random() < 0.1:
        yield Request(officer.staff_no, weekdays[2], "office", STRENGTHS[0])


def _links(unit: Unit, rng: Random) -> Iterator[Link]:
    staff_nos = [officer.staff_no for officer in unit.officers]
    for one in rng.sample(staff_nos, round(len(staff_nos) / 22)):
        other = rng.choice([staff_no for staff_no in staff_nos if staff_no != one])
        yield Link(one, other, "linked cases")


def _closures(problem: Problem, rng: Random) -> Iterator[Closure]:
    """One office loses half of its desks on a date of every other week."""
    office, desks = rng.choice(list(_offices(problem.unit).items()))
    days = rng.sample(problem.dates, -(-problem.period.weeks // 2))
    yield from (Closure(office, day, day, desks // 2) for day in sorted(days))
