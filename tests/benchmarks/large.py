"""A large installation in a database: many units, twelve weeks of published rotas, and users."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert

from rota.domain import FRIDAY, HOME, MONDAY, Period, Policy, Problem, PublishedSeat, Seat, Unit
from rota.domain.seats import group_by_day
from rota.records.differences import find_differences
from rota.services.accounts import signing_in
from rota.services.accounts.passwords import hash_password
from rota.services.units.planning_problem import build_problem
from rota.store.databases.database import Database
from rota.store.rotas import versions
from rota.store.rotas.versions import Version
from rota.store.units import row_changes
from rota.store.units import units as stored_units
from rota.store.units.rows import table_of
from rota.store.units.sources import UNKNOWN_IMPORT
from rota.tables import GrantTable, UserTable
from tests.estate import units
from tests.filling import filled

LARGEST = 185
"""Officers of the unit whose board is looked at."""

PERIODS, WEEKS = 3, 4
"""Published periods of each unit, and their weeks."""

_PASSWORD = "a long enough secret"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in twice: as an officer of a unit, and as manager of the largest."""

    unit_id: int
    as_officer: str
    as_manager: str


@dataclass(frozen=True, slots=True)
class Large:
    """What there is in the database. `board` has, of the largest unit, who may be moved when."""

    unit_id: int
    problem: Problem
    visitors: tuple[Visitor, ...]
    officers: int
    seats: int


def build(database: Database, *, count: int, officers: int, users: int) -> Large:
    """Fill the empty database, with so many units and officers and one unit of LARGEST more."""
    first = _monday()
    ((_, unit, policy),) = units(1, officers=LARGEST, seed=1, first=first, weeks=PERIODS * WEEKS)
    others = units(count - 1, officers=officers - LARGEST, first=first, weeks=PERIODS * WEEKS)
    all_of = [("The largest", unit, policy), *others]
    now = datetime.now(UTC)
    seats = 0
    with database.writing() as connection:
        for number, its in enumerate(all_of, 1):
            assert _keep(connection, *its) == number
            seats += sum(_publish(connection, number, *its[1:], now))
        people = list(_let_in(connection, all_of, users))
    problem = _problem(unit, policy, Period(first, WEEKS))
    visitors = tuple(_signed_in(database, unit_id, names, now) for unit_id, names in people)
    return Large(1, problem, visitors, sum(len(its[1].officers) for its in all_of), seats)


def _monday() -> date:
    today = date.today()
    return today - timedelta(days=today.weekday())


def _keep(connection: Connection, name: str, unit: Unit, policy: Policy) -> int:
    stored = stored_units.create(connection, name, replace(policy, weeks=WEEKS))
    nothing = Unit(sites=(), teams=(), officers=())
    row_changes.apply(connection, stored.id, find_differences(nothing, unit), UNKNOWN_IMPORT)
    return stored.id


def _publish(
    connection: Connection, unit_id: int, unit: Unit, policy: Policy, at: datetime
) -> Iterator[int]:
    """Publish a plain rota of each period; the number of its seats."""
    for number in range(1, PERIODS + 1):
        period = Period(policy.start + timedelta(weeks=(number - 1) * WEEKS), WEEKS)
        problem = _problem(unit, policy, period)
        seats = [
            PublishedSeat(*seat[:3], part=seat.part) for seat in filled(problem, _at_home(problem))
        ]
        version = Version(
            number=number,
            period=period,
            cause="published",
            costs={},
            seats=len(seats),
            planned_revision=1,
            published_at=at,
            published_by="a benchmark",
        )
        versions.add(connection, unit_id, version, group_by_day(seats))
        yield len(seats)


def _problem(unit: Unit, policy: Policy, period: Period) -> Problem:
    return build_problem(unit, policy, period, period.first - timedelta(weeks=2))


def _at_home(problem: Problem) -> Iterator[Seat]:
    """Everybody at home on Mondays and Fridays."""
    for who, days in problem.working_days.items():
        yield from (Seat(who, d, HOME.name) for d in days if d.weekday() in (MONDAY, FRIDAY))


def _let_in(
    connection: Connection, all_of: list[tuple[str, Unit, Policy]], users: int
) -> Iterator[tuple[int, tuple[str, str]]]:
    """Users of units spread over all: the unit's number, the names of the officer and manager."""
    secret, account, grant = hash_password(_PASSWORD), table_of(UserTable), table_of(GrantTable)
    for number in range(users):
        unit_id = 1 + number * len(all_of) // users
        officer = all_of[unit_id - 1][1].officers[number]
        names = (f"officer{number}@example.org", f"manager{number}@example.org")
        roles = (
            {"role": "officer", "unit_id": unit_id, "staff_no": officer.staff_no},
            {"role": "manager", "unit_id": 1, "staff_no": None},
        )
        for name, role in zip(names, roles, strict=True):
            row = insert(account).values(
                email=name,
                name=name,
                password_hash=secret,
                must_change_password=False,
                is_active=True,
                made_at=datetime.now(UTC),
            )
            user_id = connection.execute(row.returning(account.c.id)).scalar_one()
            connection.execute(insert(grant).values(user_id=user_id, team=None, **role))
        yield unit_id, names


def _signed_in(database: Database, unit_id: int, names: tuple[str, str], at: datetime) -> Visitor:
    officer, manager = (
        signing_in.sign_in(database, email=name, password=_PASSWORD, place="a benchmark", at=at)
        for name in names
    )
    return Visitor(unit_id, officer, manager)
