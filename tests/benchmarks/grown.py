"""Units made longer and larger, as objects in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from rota.domain import HOME, Officer, Problem, Unit


def lengthened(problem: Problem, *, weeks: int) -> Problem:
    """The problem with all that has a date told again every so many weeks, to the period's end."""
    unit = problem.unit
    shifts = range(0, problem.period.weeks, weeks)

    def again(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(_later(thing, timedelta(weeks=n)) for n in shifts for thing in things)

    dated = [request for request in unit.requests if isinstance(request.when, date)]
    weekly = [request for request in unit.requests if not isinstance(request.when, date)]
    return replace(
        problem,
        unit=replace(
            unit,
            away=again(unit.away),
            duties=again(unit.duties),
            appointments=again(unit.appointments),
            closures=again(unit.closures),
            requests=(*weekly, *again(tuple(dated))),
        ),
    )


def _later(thing: Any, by: timedelta) -> Any:
    """The thing with each of its dates moved."""
    names = [name for name in thing.__slots__ if isinstance(getattr(thing, name), date)]
    return replace(thing, **{name: getattr(thing, name) + by for name in names})


def resized(problem: Problem, *, officers: int) -> Problem:
    """The problem with so many officers: whole copies of the unit, and of the last a part."""
    whole, rest = divmod(officers, len(problem.unit.officers))
    parts = [_renamed(problem.unit, copy) for copy in range(whole)]
    if rest:
        parts.append(_renamed(_cut(problem.unit, rest), whole))
    names = problem.unit.__dataclass_fields__
    joined = {name: tuple(x for part in parts for x in getattr(part, name)) for name in names}
    return replace(problem, unit=Unit(**joined))


def _cut(unit: Unit, officers: int) -> Unit:
    """The unit's first officers, with as many desks and duties as go with them."""
    kept = {officer.staff_no: officer for officer in unit.officers[:officers]}
    teams = {officer.team for officer in kept.values()}
    based = _shares(unit, kept, lambda officer: [officer.base])
    skilled = _shares(unit, kept, lambda officer: [None, *officer.skills])

    def fewer_desks(place: Any, site: str) -> Any:
        return replace(place, desks=place.desks and round(place.desks * based.get(site, 1)))

    def theirs(things: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(thing for thing in things if thing.staff_no in kept)

    return replace(
        unit,
        sites=tuple(fewer_desks(site, site.name) for site in unit.sites),
        closures=tuple(fewer_desks(closure, closure.site) for closure in unit.closures),
        teams=tuple(team for team in unit.teams if team.name in teams),
        officers=tuple(
            replace(officer, mentor=officer.mentor if officer.mentor in kept else None)
            for officer in kept.values()
        ),
        duties=tuple(
            replace(duty, needed=round(duty.needed * skilled.get(duty.skill, 1)))
            for duty in unit.duties
        ),
        away=theirs(unit.away),
        appointments=theirs(unit.appointments),
        requests=theirs(unit.requests),
        links=tuple(link for link in theirs(unit.links) if link.with_staff_no in kept),
        published=theirs(unit.published),
    )


def _shares(unit: Unit, kept: dict[str, Officer], words_of: Any) -> dict[Any, float]:
    """For each word, such as a base, the share of the officers it fits who are kept."""
    before = Counter(word for officer in unit.officers for word in words_of(officer))
    after = Counter(word for officer in kept.values() for word in words_of(officer))
    return {word: after[word] / number for word, number in before.items()}


_NAMES = ("staff_no", "with_staff_no", "mentor", "team", "office", "base", "site", "other_sites")


def _renamed(unit: Unit, copy: int) -> Unit:
    """The unit with staff numbers, teams and sites of its own."""

    def name(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(name, value))
        return value if value is None or value == HOME.name else f"{value} {copy}"

    def each(thing: Any, *more: str) -> Any:
        names = [field for field in (*_NAMES, *more) if field in thing.__slots__]
        return replace(thing, **{field: name(getattr(thing, field)) for field in names})

    tables = {table: tuple(map(each, getattr(unit, table))) for table in unit.__dataclass_fields__}
    tables["sites"] = tuple(each(site, "name") for site in unit.sites)
    tables["teams"] = tuple(each(team, "name") for team in unit.teams)
    return Unit(**tables)
