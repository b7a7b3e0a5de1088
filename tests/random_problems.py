"""Random problems and rotas for Hypothesis, with every table and every setting of the policy.

`problems` is small by its bounds: with two officers, one week and a bound on the number of rotas,
`every_rota` can try them all. Most of what is drawn is likely to matter: dates lie in the period,
or just outside; people started a day before or after a turning point; desks are few.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, product
from math import prod
from typing import TypeVar

from hypothesis import strategies as st

from rota.domain import (
    AM,
    GRADES,
    KINDS,
    OVER_PERIOD,
    OVER_WEEK,
    PM,
    WHOLE_DAY,
    Appointment,
    Away,
    Closure,
    Days,
    Duty,
    EarlierPolicy,
    EarlierTerms,
    Link,
    Officer,
    PastSeat,
    Policy,
    Presence,
    Problem,
    PublishedSeat,
    Request,
    Rota,
    Seat,
    Site,
    Team,
    Unit,
    WorkingPattern,
)
from rota.rules import RULES

SITES = {
    "Leeds": "office",
    "York": "office",
    "Crown Court": "court",
    "Drug Service": "partner",
    "HMP Leeds": "prison",
}
TEAMS = (Team("Blue", "Leeds"), Team("Red", "York"))
NAMES = ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus", "Hal")
SKILLS = ("trial", "youth")
DESKS = (None, 0, 1, 2, 3)

# A plain week, one that begins in the year before, and the last weeks of two months.
MONDAYS = (date(2027, 1, 4), date(2026, 12, 28), date(2027, 3, 29), date(2027, 5, 31))

_PARTS = (WHOLE_DAY, AM, PM, WHOLE_DAY)

Option = TypeVar("Option")


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    max_officers: int = 4,
    max_weeks: int = 2,
    max_rotas: int | None = None,
    has_draft: bool = False,
    has_halves: bool | None = None,
    has_terms: bool | None = None,
    has_extra_days: bool | None = None,
) -> Problem:
    """A problem; with `max_rotas`, seats are locked until it has no more rotas than that.

    With a draft, some of its seats were moved by hand, which no file tells. Half of all problems
    have half-days, half have duties at weekends, and a third terms and policies that change within
    the period, unless that is told.
    """
    drawn = _Drawn(draw)
    if has_extra_days is None:
        has_extra_days = drawn.one((False, True))
    if has_halves is None:
        has_halves = drawn.one((False, True))
    drawn = replace(drawn, parts=_PARTS if has_halves else (WHOLE_DAY,))
    policy = _policy(drawn, max_weeks)
    days = [policy.start + timedelta(days=n) for n in range(-9, 7 * policy.weeks)]
    weekdays = [day for day in days if day >= policy.start and day.weekday() < 5]
    weekend = [weekdays[-1] + timedelta(days=n) for n in (1, 2)] if has_extra_days else []
    unit = _unit(drawn, policy, weekdays, weekend, max_officers)
    if has_terms is None:
        has_terms = drawn.one((False, False, True))
    if has_terms:
        unit = _with_earlier_terms(drawn, unit, policy, weekdays)
    problem = Problem(
        unit=unit,
        policy=policy,
        today=drawn.one(days),
        bank_holidays=frozenset(drawn.some(weekdays, most=drawn.one((0, 0, 1, 2)))),
    )
    if has_draft:
        problem = _moved_by_hand(drawn, problem)
    return problem if max_rotas is None else _locked(drawn, problem, max_rotas)


@st.composite
def rotas(draw: st.DrawFn, problem: Problem) -> Rota:
    """A rota of the right shape: one way to spend the day for each officer and working day."""
    drawn = _Drawn(draw)
    days = (drawn.one(options).seats for options in problem.day_options.values())
    return Rota.of(chain.from_iterable(days))


def every_rota(problem: Problem) -> Iterator[Rota]:
    """Each of the problem's rotas of the right shape, of which there are `how_many_rotas`."""
    for options in product(*problem.day_options.values()):
        yield Rota.of(chain.from_iterable(option.seats for option in options))


def how_many_rotas(problem: Problem) -> int:
    return prod(len(options) for options in problem.day_options.values())


@dataclass(frozen=True)
class _Drawn:
    """Choices that Hypothesis makes, and shrinks towards the first option and the least number."""

    draw: st.DrawFn
    parts: Sequence[str] = (WHOLE_DAY,)
    """The parts of days that rows may speak of."""

    def part(self) -> str:
        return self.one(self.parts)

    def number(self, least: int, most: int) -> int:
        return least if least == most else self.draw(_integers(least, most))

    def one(self, options: Sequence[Option]) -> Option:
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Iterable[Option], *, most: int) -> list[Option]:
        """Different options, `most` of them at most, in the order in which they are drawn."""
        left = list(options)
        return [self._taken(left) for _ in range(self.number(0, min(most, len(left))))]

    def _taken(self, left: list[Option]) -> Option:
        return left.pop(self.number(0, len(left) - 1))

    def rows(
        self,
        row: Callable[[], Option],
        *,
        most: int,
        key: Callable[[Option], Hashable] = lambda row: row,
    ) -> tuple[Option, ...]:
        """Rows of a table, the first of each key."""
        rows: dict[Hashable, Option] = {}
        for _ in range(self.number(0, most)):
            drawn = row()
            rows.setdefault(key(drawn), drawn)
        return tuple(rows.values())


@cache
def _integers(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(least, most)


def _policy(drawn: _Drawn, max_weeks: int) -> Policy:
    """Any policy under which nobody is a new starter and experienced at once."""
    new_starter_months = drawn.one((15, 1))
    weighted = drawn.some([rule.key for rule in RULES], most=4)
    return Policy(
        start=(start := drawn.one(MONDAYS)),
        weeks=drawn.number(1, max_weeks),
        office_percent=drawn.one((60, 0, 40, 100)),
        over=drawn.one((OVER_PERIOD, OVER_WEEK, 1, 2, 4)),
        counts=drawn.one((("office",), tuple(drawn.some(KINDS, most=2)))),
        home_days_per_week=drawn.number(0, 3),
        new_starter_months=new_starter_months,
        experienced_months=new_starter_months + drawn.one((9, 0)),
        new_starters_per_experienced=drawn.number(0, 2),
        mentor_days_per_week=drawn.number(0, 3),
        managers_in=drawn.number(0, 2),
        notice_days=drawn.number(0, 3),
        home_edge_percent=drawn.one((50, 0, 100)),
        days_off=drawn.one(((), (), (start + timedelta(days=2),))),
        weights={key: drawn.number(0, 5) for key in weighted},
    )


def _unit(
    drawn: _Drawn,
    policy: Policy,
    weekdays: list[date],
    weekend: list[date],
    max_officers: int,
) -> Unit:
    names = NAMES[: drawn.one((max_officers, drawn.number(1, max_officers)))]
    staff = [name.lower() for name in names]
    # A row now and then speaks of a day outside the period.
    before = (policy.start - timedelta(days=n) for n in (3, 5, 10))
    days = [*weekdays, *before, weekdays[-1] + timedelta(days=3), *weekend]
    visited = list(SITES)

    def away() -> Away:
        first = drawn.one(days)
        last = first + timedelta(days=drawn.number(0, 3))
        return Away(drawn.one(staff), first, last, part=drawn.part())

    def on_days() -> tuple[Days, date | None, date | None, int | None]:
        """A date, or weekdays with their first and last day and their turn."""
        if drawn.one((True, True, False)):
            return drawn.one(days), None, None, None
        names = frozenset(drawn.some(range(5), most=2)) or frozenset({0})
        first = drawn.one((None, *days))
        last = drawn.one((None, *(day for day in days if first is None or day >= first)))
        return names, first, last, drawn.one((None, 2, 3)) if first else None

    def duty() -> Duty:
        skill = drawn.one((None, *SKILLS))
        place, needed = drawn.one(visited), drawn.number(1, 2)
        when, *recurrence = on_days()
        if weekend and drawn.one((True, False)):
            when, recurrence = drawn.one(weekend), []
        return Duty(when, place, needed, skill, drawn.part(), *recurrence)

    def appointment() -> Appointment:
        when, *recurrence = on_days()
        return Appointment(drawn.one(staff), when, drawn.one(visited), drawn.part(), *recurrence)

    def presence() -> Presence:
        weekdays = frozenset(drawn.some(range(5), most=2))
        when = drawn.one((None, None, drawn.one(days), weekdays or None))
        return Presence(drawn.one(visited), drawn.one(SKILLS), drawn.number(1, 2), when)

    def request() -> Request:
        when = drawn.one([*days, 0, 1, 2, 3, 4])
        wants, strength = drawn.one(KINDS), drawn.number(1, 3)
        return Request(drawn.one(staff), when, wants, strength, drawn.part())

    def link() -> Link:
        return Link(*drawn.one([(a, b) for a in staff for b in staff if a != b]))

    def closure() -> Closure:
        first = drawn.one(days)
        last = first + timedelta(days=drawn.number(0, 4))
        return Closure(drawn.one(visited), first, last, drawn.number(0, 2), drawn.part())

    def published() -> PublishedSeat:
        who, site = drawn.one(staff), drawn.one([*visited, "home"])
        is_locked = drawn.one((False, False, True))
        day = drawn.one([*weekdays, *weekend])
        return PublishedSeat(who, day, site, is_locked, drawn.part())

    earlier_days = [policy.start - timedelta(days=n) for n in (1, 3, 4, 5, 7, 10, 14, 18, 28)]

    def past_seat() -> PastSeat:
        who, site = drawn.one(staff), drawn.one(["Leeds", "home", *visited])
        return PastSeat(who, drawn.one(earlier_days), site, drawn.part())

    def published_before() -> PublishedSeat:
        return PublishedSeat(*past_seat()[:3], part=drawn.part())

    return Unit(
        sites=tuple(_site(drawn, name, kind) for name, kind in SITES.items()),
        teams=TEAMS,
        officers=tuple(_officer(drawn, name, names, policy, weekdays) for name in names),
        away=drawn.rows(away, most=2),
        duties=drawn.rows(duty, most=4),
        appointments=drawn.rows(appointment, most=2),
        presence=drawn.rows(presence, most=3, key=lambda row: (row.site, row.skill, row.when)),
        requests=drawn.rows(request, most=4),
        links=drawn.rows(link, most=2) if len(staff) > 1 else (),
        closures=drawn.rows(closure, most=2, key=lambda row: row.site),
        history=drawn.rows(past_seat, most=8, key=lambda row: (row.staff_no, row.date)),
        published_before=drawn.rows(
            published_before, most=3, key=lambda row: (row.staff_no, row.date)
        ),
        published=drawn.rows(published, most=8, key=lambda row: (row.staff_no, row.date)),
    )


def _site(drawn: _Drawn, name: str, kind: str) -> Site:
    return Site(
        name, kind, drawn.one(DESKS), drawn.one((None, None, 0, 50)), drawn.one((True, True, False))
    )


def _officer(
    drawn: _Drawn, name: str, names: Sequence[str], policy: Policy, weekdays: list[date]
) -> Officer:
    colleagues = [other.lower() for other in names if other != name]
    return Officer(
        staff_no=name.lower(),
        name=name,
        team=drawn.one(TEAMS).name,
        grade=drawn.one(GRADES),
        start_date=drawn.one([*_start_dates(policy), *weekdays[1:3]]),
        base=drawn.one(("Leeds", "Leeds", *SITES)),
        working_days=_pattern(drawn),
        other_sites=tuple(drawn.some(SITES, most=2)),
        mentor=drawn.one((None, *colleagues, *colleagues)),
        skills=frozenset(drawn.some(SKILLS, most=2)),
        has_home_office=drawn.one((True, False)),
        office_percent=drawn.one((None, None, None, 0, 34, 100)),
        home_days_per_week=drawn.one((None, None, 0, 1, 5)),
        leave_date=drawn.one((None, None, None, drawn.one(weekdays))),
        takes_extra_days=drawn.one((False, True, True)),
    )


def _with_earlier_terms(drawn: _Drawn, unit: Unit, policy: Policy, weekdays: list[date]) -> Unit:
    """The unit in which some terms, and perhaps the policy, were others until a day."""
    names = [officer.name for officer in unit.officers]
    lasting = ("staff_no", "name", "start_date", "leave_date", "email")
    until = {
        row: drawn.one((None, *weekdays)) for row in (*unit.officers, *unit.sites, *unit.teams)
    }
    earlier = []
    for row, day in until.items():
        if day is None:
            continue
        if isinstance(row, Officer):
            same = {name: getattr(row, name) for name in lasting}
            before = replace(_officer(drawn, row.name, names, policy, weekdays), **same)
        elif isinstance(row, Site):
            before = _site(drawn, row.name, row.kind)
        else:
            before = replace(row, office=drawn.one(("Leeds", "York")))
        earlier.append(EarlierTerms(before, day))
    tables = {
        table: tuple(replace(row, since=until[row]) for row in getattr(unit, table))
        for table in ("officers", "sites", "teams")
    }
    policies = ()
    if policy.weeks > 1 and drawn.one((False, True)):
        before = replace(_policy(drawn, 1), start=policy.start, over=policy.over)
        policies = (EarlierPolicy(before, policy.start + timedelta(weeks=1)),)
    return replace(unit, **tables, earlier=tuple(earlier), earlier_policies=policies)


def _pattern(drawn: _Drawn) -> WorkingPattern:
    """Full time or some days, perhaps with half of them, and perhaps other days in turn."""
    every_day = range(5)
    weeks = 1 if drawn.parts == (WHOLE_DAY,) else drawn.one((1, 1, 2))
    return WorkingPattern(
        tuple(
            tuple(
                (day, drawn.part())
                for day in sorted(drawn.one((every_day, every_day, drawn.some(every_day, most=4))))
            )
            for _ in range(weeks)
        )
    )


def _start_dates(policy: Policy) -> Iterator[date]:
    """Start dates long ago, of late, and to the day experienced or not new, and a day later."""
    yield from (date(2015, 1, 1), policy.start - timedelta(days=9))
    for months in (policy.experienced_months, policy.new_starter_months):
        year, month = divmod(12 * policy.start.year + policy.start.month - 1 - months, 12)
        turns = date(year, month + 1, min(policy.start.day, 28))
        yield from (turns, turns + timedelta(days=1))


def _moved_by_hand(drawn: _Drawn, problem: Problem) -> Problem:
    """The problem with some of its seats moved by hand, perhaps to where nobody may be any more."""

    def seat() -> Seat:
        place = drawn.one([*problem.allowed_sites])
        site = drawn.one([*problem.allowed_sites[place], *SITES])
        return Seat(*place, site, problem.parts_planned[place])

    if not problem.allowed_sites:
        return problem
    moved = drawn.rows(seat, most=3, key=lambda row: (row.staff_no, row.date))
    return replace(problem, unit=replace(problem.unit, moved_by_hand=moved))


def _locked(drawn: _Drawn, problem: Problem, max_rotas: int) -> Problem:
    """The problem with as many days locked as bring its rotas down to the number."""
    choices = dict(problem.day_options)
    published = {seat.officer_day: [seat] for seat in problem.unit.published}
    open_days = [key for key, options in choices.items() if len(options) > 1]
    while prod(map(len, choices.values())) > max_rotas:
        key = open_days.pop(drawn.number(0, len(open_days) - 1))
        option = drawn.one([option for option in choices[key] if option.seats])
        choices[key] = (option,)
        published[key] = [
            PublishedSeat(*key, seat.site, locked=True, part=seat.part) for seat in option.seats
        ]
    unit = replace(problem.unit, published=tuple(chain.from_iterable(published.values())))
    return replace(problem, unit=unit)
