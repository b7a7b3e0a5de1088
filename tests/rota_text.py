"""Rota text: a wall chart in a string, so that a test reads like the rota it speaks of.

            4 Jan 2027              11 Jan 2027
            Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
    Ann     O   O   H   C   -       *   O   O   H   H
    Bob     H   O   .   .   O       *   H   O   .   O

The first line names the Monday of each week of the period, the second line the columns. A chart
may leave out columns: nobody works on a day that is not shown. It may have columns Sat and Sun, on
which nobody works, but whoever has an extra day has a seat. Each cell is one mark:

    a letter of SITES   a seat at that site; followed by ! it is locked (in a published rota)
    .                   the officer works, and the chart gives no seat
    -                   the officer does not work
    *                   a bank holiday
    two with a stroke   a split day, the morning first: C/O, O/- for a morning worked, -/.

`rota` reads the seats. `problem` reads who works when, and fills in the rest: everybody is an
experienced PO of team Blue, based at Leeds, an office with desks for all, and has a home office.
The staff number of Ann is ann.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import Any

from rota.domain import (
    FRIDAY,
    HALVES,
    HOME,
    WEEKDAYS,
    WHOLE_DAY,
    Away,
    Officer,
    PastSeat,
    Policy,
    Problem,
    PublishedSeat,
    Rota,
    Seat,
    Site,
    Team,
    Unit,
    WorkingPattern,
    join_halves,
    list_halves,
    without_halves,
)
from tests.usual_rules import USUAL, all_off_but

SITES = {
    "O": Site("Leeds", "office", 20),
    "N": Site("York", "office", 20),
    "C": Site("Crown Court", "court"),
    "P": Site("Drug Service", "partner"),
    "J": Site("HMP Leeds", "prison"),
    "H": HOME,
}
"""Every site of a chart by its letter."""

MON, TUE, WED, THU, FRI, SAT, SUN = (date(2027, 1, day) for day in range(4, 11))
"""The first week of most charts; it has no bank holiday."""

_COLUMNS = (*WEEKDAYS, "Sat", "Sun")

_TABLES = ("duties", "appointments", "presence", "requests", "links", "closures")


@dataclass(frozen=True)
class _Chart:
    """The Mondays of a chart, and its marks by name and date."""

    mondays: tuple[date, ...]
    marks: Mapping[tuple[str, date], str]

    @classmethod
    def read(cls, text: str) -> _Chart:
        weeks, columns, *rows = (line.split() for line in text.splitlines() if line.strip())
        mondays = tuple(_dates(weeks))
        days = _days(mondays, columns)
        marks = {}
        for name, *cells in rows:
            if len(cells) != len(days):
                raise ValueError(f"{name} has {len(cells)} cells under {len(days)} days")
            marks.update({(name, day): cell for day, cell in zip(days, cells, strict=True)})
        return cls(mondays, marks)

    def names(self) -> Iterable[str]:
        return dict.fromkeys(name for name, _ in self.marks)

    def days(self, name: str) -> Mapping[date, str]:
        """The parts of days that the officer is planned for, were there no bank holidays."""
        days = {}
        for (who, day), cell in self.marks.items():
            worked = [part for part, mark in _split_cell(cell).items() if mark != "-"]
            if who == name and worked and day.weekday() <= FRIDAY:
                days[day] = WHOLE_DAY if WHOLE_DAY in worked else join_halves(worked)
        return days

    def seats(self) -> Iterator[PublishedSeat]:
        for (name, day), cell in self.marks.items():
            for part, mark in _split_cell(cell).items():
                if mark not in ("-", ".", "*"):
                    is_locked = mark.endswith("!")
                    yield PublishedSeat(name.lower(), day, SITES[mark[0]].name, is_locked, part)


def _split_cell(cell: str) -> Mapping[str, str]:
    """The mark of each part of the day."""
    marks = cell.split("/")
    return dict(zip(HALVES if len(marks) > 1 else (WHOLE_DAY,), marks, strict=True))


def rota(chart: str) -> Rota:
    """The seats of the chart."""
    return Rota.of(published.seat for published in _Chart.read(chart).seats())


def seat(name: str, day: date, letter: str, part: str = WHOLE_DAY) -> Seat:
    """One seat, by the officer's name and the site's letter."""
    return Seat(name.lower(), day, SITES[letter].name, part)


def officer(name: str, **details: Any) -> Officer:
    """An officer with the usual details, but for those given."""
    usual = {
        "team": "Blue",
        "grade": "PO",
        "start_date": date(2020, 1, 6),
        "base": "Leeds",
        "working_days": range(5),
    }
    values = {**usual, **details}
    if not isinstance(values["working_days"], WorkingPattern):
        values["working_days"] = WorkingPattern.of_days(values["working_days"])
    return Officer(name.lower(), name, **values)


def problem(
    chart: str,
    *,
    officers: Mapping[str, Mapping[str, Any]] | None = None,
    teams: Mapping[str, str] | None = None,
    desks: Mapping[str, int | None] | None = None,
    sites: Mapping[str, Mapping[str, Any]] | None = None,
    away: Iterable[Away] = (),
    history: str = "",
    published: str = "",
    moved_by_hand: str = "",
    today: date | None = None,
    rules: Collection[str] = USUAL,
    **rest: Any,
) -> Problem:
    """The problem of which the chart shows a rota, or part of one.

    `officers` has details by name, `teams` offices by team, `desks` numbers by a site's letter,
    `sites` other details by it; `history`, `published` and `moved_by_hand` are charts too. `today`
    is two weeks before the period unless given. `rules` are the keys of the rules that hold. The
    rest are tables of the unit by their names, and settings of the policy.
    """
    wall = _Chart.read(chart)
    tables = {name: tuple(rest.pop(name)) for name in _TABLES if name in rest}
    weights = {**all_off_but(rules), **rest.pop("weights", {})}
    period = {"start": wall.mondays[0], "weeks": len(wall.mondays)}
    policy = Policy(**{**period, "weights": weights, **rest})
    people = []
    leave = list(away)
    for name in wall.names():
        days = wall.days(name)
        pattern = _find_pattern(days)
        details = (officers or {}).get(name, {})
        people.append(officer(name, **{"working_days": pattern, **details}))
        for day in policy.period.weekdays():
            due = pattern.find_part(day, since=wall.mondays[0])
            missing = due if day not in days else without_halves(due, list_halves(days[day]))
            if due is not None and missing is not None:
                part = WHOLE_DAY if missing == due else missing
                leave.append(Away(name.lower(), day, day, part=part))
    offices = {person.team: "Leeds" for person in people} | dict(teams or {})
    changed = {letter: replace(SITES[letter], desks=n) for letter, n in (desks or {}).items()}
    for letter, of_site in (sites or {}).items():
        changed[letter] = replace(changed.get(letter, SITES[letter]), **of_site)
    unit = Unit(
        sites=tuple(site for site in {**SITES, **changed}.values() if site != HOME),
        teams=tuple(Team(name, office) for name, office in offices.items()),
        officers=tuple(people),
        away=tuple(leave),
        history=tuple(map(_as_history, _Chart.read(history).seats())) if history else (),
        published=tuple(_Chart.read(published).seats()) if published else (),
        moved_by_hand=tuple(rota(moved_by_hand)) if moved_by_hand else (),
        **tables,
    )
    holidays = frozenset(day for (_, day), mark in wall.marks.items() if mark == "*")
    today = today or policy.start - timedelta(weeks=2)
    return Problem(unit=unit, policy=policy, today=today, bank_holidays=holidays)


def _as_history(seat: PublishedSeat) -> PastSeat:
    return PastSeat(seat.staff_no, seat.date, seat.site, seat.part)


def _find_pattern(days: Mapping[date, str]) -> WorkingPattern:
    """Each weekday with all that is worked of it in any week."""
    halves: dict[int, set[str]] = {}
    for day, part in days.items():
        halves.setdefault(day.weekday(), set()).update(list_halves(part))
    return WorkingPattern(
        (tuple((weekday, join_halves(halves[weekday])) for weekday in sorted(halves)),)
    )


def _dates(words: list[str]) -> Iterator[date]:
    for day, month, year in zip(*[iter(words)] * 3, strict=True):
        yield datetime.strptime(f"{day} {month} {year}", "%d %b %Y").date()


def _days(mondays: tuple[date, ...], columns: list[str]) -> list[date]:
    """The date of each column; a weekday that does not come later begins the next week."""
    numbers = [_COLUMNS.index(column) for column in columns]
    last = len(_COLUMNS) - 1
    weeks = list(accumulate(now <= before for before, now in pairwise([last, *numbers])))
    if weeks[-1] != len(mondays):
        raise ValueError(f"columns of {weeks[-1]} weeks under {len(mondays)} Mondays")
    return [
        mondays[week - 1] + timedelta(days=number)
        for week, number in zip(weeks, numbers, strict=True)
    ]
