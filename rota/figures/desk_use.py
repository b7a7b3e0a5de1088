"""How full the offices are on each weekday."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rota.domain import OFFICE, Problem, Rota
from rota.figures.figure import Figure, Row
from rota.writing.charts import Bar, Bars
from rota.writing.occupancy import Occupancy, count_occupancy


@dataclass(frozen=True, slots=True)
class _Weekday:
    """All dates of one weekday at one office."""

    office: str
    name: str
    days: Sequence[Occupancy]

    @property
    def desks(self) -> int | None:
        """The most that there are on one of the dates, since a closure may leave fewer."""
        desk_numbers = [day.desks for day in self.days if day.desks is not None]
        return max(desk_numbers, default=None)

    @property
    def average(self) -> float:
        return round(sum(day.average for day in self.days) / len(self.days), 1)

    @property
    def most(self) -> int:
        return max(day.officers for day in self.days)

    @property
    def full(self) -> int:
        return sum(day.is_full or day.is_over for day in self.days)


def build_desk_use(problem: Problem, rota: Rota) -> Figure:
    """The desks used at each office, on average and at most."""
    offices = {
        site: tuple(_list_weekdays(site, {day: days[day] for day in problem.dates}))
        for site, days in count_occupancy(problem, rota).items()
        if problem.sites[site].kind == OFFICE
    }
    return Figure(
        key="desks",
        title="Desks used",
        says=(
            "Officers at each office on average and at most, by weekday. Bank holidays and days "
            "off are left out. On a date with a closure, its desks count in place of the office's "
            "own. A date is full if as many officers are in as there are desks, or more, in either "
            "half of it."
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
        rows=tuple(_build_row(weekday) for weekdays in offices.values() for weekday in weekdays),
        charts=tuple(
            _build_chart(office, weekdays) for office, weekdays in offices.items() if weekdays
        ),
        nothing="There is no office, or no day to work on.",
        line="The bar is the average, the line marks the most. A full bar is all desks.",
    )


def _list_weekdays(office: str, days: Mapping[date, Occupancy]) -> Iterator[_Weekday]:
    dates: dict[int, list[date]] = defaultdict(list)
    for day in days:
        dates[day.weekday()].append(day)
    for _, same_weekday in sorted(dates.items()):
        yield _Weekday(office, f"{same_weekday[0]:%A}", [days[day] for day in same_weekday])


def _build_row(weekday: _Weekday) -> Row:
    numbers = (weekday.desks, weekday.average, weekday.most, len(weekday.days), weekday.full)
    return weekday.office, weekday.name, *numbers


def _build_chart(office: str, weekdays: Sequence[_Weekday]) -> Bars:
    title = f"Desks used at {office}"
    full = max(weekday.desks or weekday.most for weekday in weekdays) or 1
    averages = (f"{day.name} {day.average} on average, {day.most} at most" for day in weekdays)
    return Bars(title, f"{'; '.join(averages)}.", tuple(map(_build_bar, weekdays)), full)


def _build_bar(weekday: _Weekday) -> Bar:
    desks = "" if weekday.desks is None else f" of {weekday.desks}"
    return Bar(
        weekday.name,
        weekday.average,
        f"{weekday.average:g}, at most {weekday.most}{desks}",
        weekday.most,
    )
