"""Tiny units with everything published, and the days that bring them changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count, product

from rota.domain import Duty, Problem, Week
from rota.domain.policy import ALL
from rota.moments import LONDON, now
from rota.reading import list_bank_holidays
from rota.services.access.act import Act
from rota.services.runs import night, run_requests, run_status
from rota.services.units import record_changes
from rota.store.databases.database import Database
from rota.store.runs.runs import WAITING
from tests import stored
from tests.rota_text import problem

STAFF = ("ann", "bob", "cat", "dan")
SECONDS = 10.0


def act() -> Act:
    """Mel, who manages, acting now."""
    return Act("Mel", "a test", now())


def today() -> date:
    return now().astimezone(LONDON).date()


@cache
def mondays() -> tuple[date, date]:
    """The first day of the period that is published, and of a later one.

    Both begin after tomorrow's tomorrow, whichever day it is, and neither has a bank holiday.
    """
    first = today() + timedelta(days=10)
    calm = _calm_mondays(Week.of(first).monday)
    return next(calm), next(calm)


@cache
def unit_of(desks: int) -> Problem:
    """Four officers in an office with so few desks, of whom one is owed to a court on a Tuesday.

    With two desks the engines have to work; with four the best rota is found without them.
    """
    monday = mondays()[0]
    chart = f"""
                {monday:%d %b %Y}
                Mon Tue Wed Thu Fri
        Ann     .   .   .   .   .
        Bob     .   .   .   .   .
        Cat     .   .   .   .   .
        Dan     .   .   .   .   .
        """
    return problem(
        chart,
        officers={its.title(): {"email": f"{its}@example.org"} for its in STAFF},
        desks={"O": desks},
        duties=[Duty(monday + timedelta(days=1), "Crown Court", 1)],
        today=today(),
        nightly_publishes=ALL,
        plan_ahead_weeks=0,
    )


class Office:
    """Tiny units of a database, where people keep falling ill and drafts are asked for."""

    def __init__(
        self, database: Database, *, units: int, desks: tuple[int, ...] = (2, 4, 4, 4, 4, 4, 4, 4)
    ) -> None:
        self.database = database
        self.units = [f"Unit {number}" for number in range(1, units + 1)]
        for number, name in enumerate(self.units):
            self._open(name, desks[number % len(desks)])
        self._illnesses = product(range(5), STAFF, self.units)

    def ask(self, times: int = 1) -> list[int]:
        """So many more people ill, each in another unit, with its night and its draft asked for."""
        return [run for _ in range(times) for run in self._ask_once()]

    def ask_for_drafts(self) -> list[int]:
        return [self._draft(name) for name in self.units]

    def ask_for_nights(self) -> list[int]:
        """Somebody ill in every unit, and its night."""
        return [self._night() for _ in self.units]

    def waiting(self) -> int:
        return len(run_status.list_in_states(self.database, WAITING))

    def _ask_once(self) -> Iterator[int]:
        yield self._night()
        yield self._draft(self._name)

    def _night(self) -> int:
        weekday, who, self._name = next(self._illnesses)
        day = f"{mondays()[0] + timedelta(days=weekday)}"
        row = {"staff_no": who, "first": day, "last": day, "kind": "sick"}
        record_changes.record(self.database, act(), unit=self._name, table="away", rows=[row])
        (run,) = night.request_nights(
            self.database, act(), unit=self._name, as_of=today(), seconds=SECONDS
        )
        return run

    def _draft(self, name: str) -> int:
        start = mondays()[1]
        return run_requests.request_run(
            self.database, act(), unit=name, start=start, weeks=1, seconds=SECONDS
        ).run.id

    def _open(self, name: str, desks: int) -> None:
        its = unit_of(desks)
        stored.keep_problem(self.database, its, name)
        stored.publish(self.database, act(), name=name, rota=_best(desks))


@cache
def _best(desks: int) -> object:
    return stored.solved_by(unit_of(desks)).rota


def _calm_mondays(first: date) -> Iterator[date]:
    """The Mondays from the first on whose weeks have no bank holiday."""
    for week in count():
        monday = first + timedelta(weeks=week)
        days = {monday + timedelta(days=day) for day in range(5)}
        if not days & list_bank_holidays(monday, monday + timedelta(days=4)):
            yield monday
