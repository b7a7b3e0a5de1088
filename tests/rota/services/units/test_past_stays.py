"""Whatever changes from tomorrow on, in whatever order: days that are over stay what they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import partial
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rota.checker import Finding, judge
from rota.domain import Away, Duty, HalfDay, Link, Period, Request, Rota, Week
from rota.errors import RotaError
from rota.figures import build_figures
from rota.records.terms import drop_starts
from rota.rules import Limit
from rota.services.importing import imports
from rota.services.my_rota.who_is_in import load_who_is_in
from rota.services.units.lookup import find_unit
from rota.services.units.planning_problem import build_published_problem, build_published_rota
from rota.services.upkeep import unit_figures
from rota.store.databases.database import Database
from rota.store.units import units
from rota.writing import write_unit
from tests import rota_text
from tests.conftest import times
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, change, remove, set_policy, sick
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import act, audited, keep_problem, publish
from tests.usual_rules import USUAL

pytestmark = ON_SQLITE

# Ann is ill on Tuesday, and her seat of that day is void.
CHART = """
        4 Jan 2027              11 Jan 2027             18 Jan 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     O   O   H   O   H       O   O   H   O   H       O   O   H   O   H
Ned     O   H   O   O   N       O   H   O   O   N       O   H   O   O   N
Bob     C   O   C   H   H       C   O   C   H   H       C   O   C   H   H
Cal     N   N   H   O   O       N   N   H   O   O       N   N   H   O   O
Dan     C   C   C   -   -       C   C   C   -   -       C   C   C   -   -
"""
OFFICERS = {
    "Ann": {"grade": "SPO"},
    "Ned": {"start_date": date(2026, 9, 1), "mentor": "ann", "other_sites": ("York",)},
    "Bob": {"skills": frozenset({"trial"})},
    "Cal": {"team": "Red", "base": "York", "other_sites": ("Leeds",)},
    "Dan": {"team": "Red", "base": "Crown Court", "home_days_per_week": 0},
}
PROBLEM = rota_text.problem(
    CHART,
    officers=OFFICERS,
    teams={"Blue": "Leeds", "Red": "York"},
    desks={"O": 2, "N": 1},
    away=[Away("cal", THU, THU, "leave", "pm")],
    duties=[
        Duty(day + timedelta(weeks=week), "Crown Court", 1, "trial")
        for day in (MON, WED)
        for week in range(3)
    ],
    requests=[Request("ned", 1, "home"), Request("cal", FRI, "home", 2)],
    links=[Link("ann", "bob")],
    rules=USUAL,
    managers_in=1,
    days_off=(date(2027, 1, 19),),
)
TODAY = FRI
PAST_WEEK = Period(MON, 1)


@dataclass(frozen=True)
class Past:
    """All that is told of days up to today."""

    findings: Mapping[object, object]
    office_days: Mapping[str, int]
    figures: object
    presence: object
    line: object


def see_past(database: Database) -> Past:
    with database.reading() as connection:
        stored = find_unit(connection, "Blue")
        whole, of_week = (
            build_published_rota(problem, problem.unit.published)
            for period in (PROBLEM.period, PAST_WEEK)
            for problem in (build_published_problem(connection, stored, period, TODAY),)
        )
    findings = judge(*whole).findings
    doer = act(TODAY)
    offices = ("Leeds", "York")
    return Past(
        findings={
            (f.rule.key, f.about, f.when): (f.count, f.gap, f.weight, f.least, f.most, f.says)
            for f in findings
            if is_past(f)
        },
        office_days=dict(count_office_days(findings, whole[1])),
        figures=[(figure.key, sorted(figure.rows, key=str)) for figure in build_figures(*of_week)],
        presence=[
            replace(page, offices=(), after=TODAY)
            for day in (MON, TUE, WED, THU, FRI)
            for office in offices
            for page in (load_who_is_in(database, doer, unit="Blue", day=day, office=office),)
        ],
        line=replace(
            unit_figures.load_region(database, doer, first=MON, weeks=1).lines[0], officers=0
        ),
    )


def is_past(finding: Finding) -> bool:
    match finding.when:
        case Week(monday):
            return monday == MON
        case HalfDay(day, _):
            return day <= TODAY
        case Period():
            return False
        case day:
            return day <= TODAY


def count_office_days(findings: tuple[Finding, ...], seats: Rota) -> Iterator[tuple[str, int]]:
    """What days up to today contribute to each minimum."""
    for finding in findings:
        limit = finding.requirement
        if finding.rule.key == "office-minimum" and isinstance(limit, Limit):
            yield (
                f"{finding.about} {finding.when}",
                sum(
                    term.coefficient
                    for term in limit.terms
                    if term.seat in seats.seats and term.seat.date <= TODAY
                ),
            )


@pytest.fixture
@filled_once
def blue(database: Database) -> Database:
    keep_problem(database, PROBLEM)
    publish(database, EARLIER, rota=rota(CHART))
    sick(database, act(TUE), Away("ann", TUE, TUE))
    return database


SINCE = st.sampled_from([TODAY + timedelta(days=days) for days in (1, 3, 5, 10)])
"""From tomorrow on, the next Monday, in mid-week, and in the middle of the last week."""

MONDAYS = st.sampled_from([MON + timedelta(weeks=week) for week in (1, 2)])
STAFF = st.sampled_from(sorted(OFFICERS)).map(str.lower)
SITES = st.sampled_from(["Leeds", "York", "Crown Court"])
TEAMS = st.sampled_from(["Blue", "Red"])
PERCENTS = st.sampled_from(["", "0", "40", "100"])
CELLS = {
    "team": TEAMS,
    "grade": st.sampled_from(["PO", "SPO", "PQIP"]),
    "base_site": SITES,
    "working_days": st.sampled_from(["Mon", "Tue Wed Thu am", "Mon Tue / Wed Thu Fri"]),
    "other_sites": st.sampled_from(["", "York", "Leeds; Crown Court"]),
    "mentor": st.sampled_from(["", "ann", "bob"]),
    "skills": st.sampled_from(["", "trial"]),
    "home": st.sampled_from(["yes", "no"]),
    "office_percent": PERCENTS,
    "home_days_per_week": st.sampled_from(["", "0", "5"]),
}
SETTINGS = {
    "office_percent": st.sampled_from(["0", "80"]),
    "counts": st.sampled_from(["office", "court", "office; partner"]),
    "home_days_per_week": st.sampled_from(["0", "5"]),
    "new_starter_months": st.sampled_from(["1", "100"]),
    "experienced_months": st.sampled_from(["0", "200"]),
    "new_starters_per_experienced": st.just("1"),
    "mentor_days_per_week": st.sampled_from(["0", "5"]),
    "managers_in": st.sampled_from(["0", "3"]),
    "home_edge_percent": st.just("0"),
    "days_off": st.sampled_from(["", "2027-01-12", "2027-01-20"]),
    "weights.desks": st.just("7"),
    "weights.supervision": st.just("0"),
}

Deed = Callable[[Database, date], None]
"""What somebody does in the records on a day."""


def change_terms(
    table: str, name: str, since: date, cells: Mapping[str, str], database: Database, day: date
) -> None:
    """Change terms from that day on, or from tomorrow on if it has come."""
    begins = max(since, day + timedelta(days=1))
    change(database, act(day), table, name, since=f"{begins}", **cells)


def change_settings(monday: date, texts: Mapping[str, str], database: Database, day: date) -> None:
    set_policy(database, act(day), monday if monday > day else None, **texts)


def remove_row(table: str, name: str, database: Database, day: date) -> None:
    """Remove an officer, a site or a team; of an officer nobody is mentored any more."""
    for other in ("ned", "cal") if table == "officers" else ():
        with suppress(RotaError, StopIteration):
            change(database, act(day), "officers", other, mentor="")
    remove(database, act(day), table, name)


def import_files(missing: str, details: Mapping[str, Any], database: Database, day: date) -> None:
    """Import the unit as it is stored, but without somebody, and with other terms of all others."""
    with database.reading() as connection:
        stored = find_unit(connection, "Blue")
        tables = drop_starts(units.load(connection, stored.id))
    officers = tuple(
        replace(officer, **details, mentor=None)
        for officer in tables.officers
        if officer.staff_no != missing
    )
    files = {"officers": officers, "links": ()} | {
        table: tuple(row for row in getattr(tables, table) if row.staff_no != missing)
        for table in ("away", "requests")
    }
    with TemporaryDirectory() as folder:
        write_unit(Path(folder), replace(tables, **files), stored.policy)
        yes = {"is_agreed": True, "is_acknowledged": True}
        imports.import_unit(database, act(day), name="Blue", path=Path(folder), **yes)


OF_SITES = {"desks": st.sampled_from(["", "0", "1", "9"]), "office_percent": PERCENTS}
OF_TEAMS = {"office": st.sampled_from(["Leeds", "York"])}
OF_FILES = {"team": TEAMS, "office_percent": st.sampled_from([None, 20])}


def some_of(cells: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict(cells))


def deed(
    do: Callable[..., None], *details: st.SearchStrategy[Any] | str
) -> st.SearchStrategy[Deed]:
    drawn = (st.just(detail) if isinstance(detail, str) else detail for detail in details)
    return st.builds(partial, st.just(do), *drawn)


DEEDS = st.one_of(
    deed(change_terms, "officers", STAFF, SINCE, some_of(CELLS)),
    deed(change_terms, "sites", SITES, SINCE, some_of(OF_SITES)),
    deed(change_terms, "teams", TEAMS, SINCE, some_of(OF_TEAMS)),
    deed(change_settings, MONDAYS, some_of(SETTINGS)),
    deed(remove_row, "officers", STAFF),
    deed(remove_row, "sites", SITES),
    deed(remove_row, "teams", TEAMS),
    deed(import_files, st.one_of(st.just(""), STAFF), some_of(OF_FILES)),
)


@settings(
    max_examples=times(60, soak=3000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(st.tuples(st.integers(0, 4), DEEDS), min_size=1, max_size=6))
def test_changes_that_hold_later_leave_past_days_alone(
    blue: Database, deeds: list[tuple[int, Deed]]
) -> None:
    with copy_of(blue) as database:
        before = see_past(database)
        for days, do in sorted(deeds, key=itemgetter(0)):
            with suppress(RotaError, StopIteration):
                do(database, TODAY + timedelta(days=days))
        after = see_past(database)
    for field in fields(Past):
        assert getattr(after, field.name) == getattr(before, field.name), field.name


@contextmanager
def copy_of(database: Database) -> Iterator[Database]:
    """A database with the same in it, of which nothing is remembered."""
    with TemporaryDirectory() as folder:
        path = f"{folder}/copy.db"
        Path(path).touch(0o600)
        with closing(sqlite3.connect(path)) as copy, database.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.backup(copy)
        with closing(Database(f"sqlite:///{path}")) as of_copy:
            yield of_copy


def test_a_correction_changes_past_days_and_the_audit_has_it(blue: Database) -> None:
    # Bob had no skill from Wednesday on, so that his duty of that day is not covered.
    before = see_past(blue).findings
    change(blue, act(TODAY), "officers", "bob", skills="", since=f"{WED}")
    after = see_past(blue).findings
    lost = {key for key in before if before[key] != after.get(key)}
    assert lost == {("cover", "Crown Court (skill trial)", WED)}
    entry = audited(blue, unit="Blue")[0]
    assert (entry.what, entry.after is not None) == ("added to officers", True)
