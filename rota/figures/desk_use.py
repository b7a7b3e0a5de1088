"""How full the offices are on each weekday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rota.domain import OFFICE, Problem, Rota
from rota.figures.figure import Figure, Row
from rota.writing.charts import Bar, Bars
from rota.writing.occupancy import Occupancy, occupancy


@dataclass(frozen=True, slots=True)
class _Weekday:
    """All dates of one weekday at one office."""

    office: str
    name: str
    days: Sequence[Occupancy]

    @property
    def desks(self) -> int | None:
        """The most that there are on one of the dates, since a closure may leave fewer."""
        known = [its.desks for its in self.days if its.desks is not None]
        return max(known, default=None)

    @property
    def average(self) -> float:
        return round(sum(its.officers for its in self.days) / len(self.days), 1)

    @property
    def most(self) -> int:
        return max(its.officers for its in self.days)

    @property
    def full(self) -> int:
        return sum(its.is_full or its.is_over for its in self.days)


def desk_use(problem: Problem, rota: Rota) -> Figure:
    """The desks used at each office, on average and at most."""
    offices = {
        site: tuple(_weekdays(site, days))
        for site, days in occupancy(problem, rota).items()
        if problem.sites[site].kind == OFFICE
    }
    return Figure(
        key="desks",
        title="Desks used",
        says=(
            "Officers at each office on average and at most, by weekday. Bank holidays are left "
            "out. On a date with a closure, its desks count in place of the office's own. A date "
            "is full if as many officers are in as there are desks, or more."
        ),
        columns=(
            "Office",
            "Weekday",
            "Desks",
            "In on average",
            "In at most",
            "Dates",
            "Dates full",
        ),
        rows=tuple(_row(its) for weekdays in offices.values() for its in weekdays),
        charts=tuple(_chart(office, those) for office, those in offices.items() if those),
        nothing="There is no office, or no day to work on.",
        line="The bar is the average, the line marks the most. A full bar is all desks.",
    )


def _weekdays(office: str, days: Mapping[date, Occupancy]) -> Iterator[_Weekday]:
    dates: dict[int, list[date]] = defaultdict(list)
    for day in days:
        dates[day.weekday()].append(day)
    for _, those in sorted(dates.items()):
        yield _Weekday(office, f"{those[0]:%A}", [days[day] for day in those])


def _row(its: _Weekday) -> Row:
    numbers = (its.desks, its.average, its.most, len(its.days), its.full)
    return its.office, its.name, *numbers


def _chart(office: str, weekdays: Sequence[_Weekday]) -> Bars:
    title = f"Desks used at {office}"
    full = max(its.desks or its.most for its in weekdays) or 1
    told = (f"{its.name} {its.average} on average, {its.most} at most" for its in weekdays)
    return Bars(title, f"{'; '.join(told)}.", tuple(map(_bar, weekdays)), full)


def _bar(its: _Weekday) -> Bar:
    desks = "" if its.desks is None else f" of {its.desks}"
    return Bar(its.name, its.average, f"{its.average:g}, at most {its.most}{desks}", its.most)
