"""An example unit of one's own to try Rota with: planned, published, and with people in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rota.domain import HOME, Officer, Problem, Week
from rota.domain.moving import moved
from rota.errors import RotaError
from rota.planning.work import work
from rota.reading import bank_holidays_around, read_problem
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Role
from rota.services.accounts import roles, users
from rota.services.accounts.passwords import make_one_time_password
from rota.services.importing import imports
from rota.services.requests import new_requests
from rota.services.rotas import versions
from rota.services.runs import claims, night, run_requests, run_status
from rota.services.units import record_changes
from rota.store.databases import schema
from rota.store.databases.database import Database
from rota.writing import write_unit

_LEASE = timedelta(minutes=1)

_NIGHT_SECONDS = 10.0

_MANAGER_GRADE = "SPO"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who may sign in, what they are there, and their password."""

    what: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class _Person:
    what: str
    name: str
    email: str
    roles: tuple[Grant, ...]


def make_example(database: Database, act: Act, *, path: Path, seconds: float) -> tuple[SignIn, ...]:
    """Keep the unit of the folder or workbook as if its first week were this one, and publish it.

    All its dates are moved. Somebody falls ill, so that a worker has something to plan anew, and
    somebody asks for a day. Raises BadInput with all faults of the files.
    """
    name = path.resolve().stem.replace("-", " ").capitalize()
    problem = of_this_week(read_problem(path, today=act.today).problem, act.today)
    schema.upgrade(database)
    with TemporaryDirectory() as folder:
        write_unit(Path(folder), problem.unit, problem.policy)
        imports.import_unit(database, act, name=name, path=Path(folder), is_acknowledged=True)
    _plan(database, act, name, problem, seconds)
    versions.publish(
        database,
        act,
        unit=name,
        start=problem.period.first,
        acknowledgement="This is an example.",
        note="This is the first rota of the example.",
    )
    _fall_ill(database, act, name, problem)
    _ask(database, act, name, _starter(problem))
    return tuple(_signed_up(database, act, person) for person in _people(name, problem))


def of_this_week(problem: Problem, today: date) -> Problem:
    """The problem with its first week in this one; on bank holidays nobody is needed anywhere."""
    start = Week.of(today).monday
    unit = moved(problem.unit, weeks=(start - problem.period.first).days // 7)
    policy = replace(problem.policy, start=start)
    off = bank_holidays_around(policy, today)
    unit = replace(
        unit,
        duties=tuple(its for its in unit.duties if its.date not in off),
        appointments=tuple(its for its in unit.appointments if its.date not in off),
    )
    return Problem(unit=unit, policy=policy, today=today, bank_holidays=off)


def _plan(database: Database, act: Act, name: str, problem: Problem, seconds: float) -> None:
    """Have a draft planned, here and now. Raises RotaError with why it could not be."""
    run = run_requests.request_run(
        database, act, unit=name, start=problem.period.first, seconds=seconds
    )
    claim = claims.claim_next(database, worker=act.place, now=act.at, lease=_LEASE, attempts=1)
    assert claim is not None
    work(database.url, claim, lease=_LEASE.total_seconds(), workers=2)
    ended = run_status.find(database, act, run.id)
    if ended.error:
        raise RotaError(ended.error)


def _fall_ill(database: Database, act: Act, name: str, problem: Problem) -> None:
    """Somebody with an appointment soon falls ill, and a night is asked for that plans anew."""
    soon = (its for its in problem.unit.appointments if its.date > act.today)
    first = min(soon, key=lambda its: its.date, default=None)
    if first is None:
        return
    last = first.date + timedelta(days=1)
    row = {"staff_no": first.staff_no, "first": str(first.date), "last": str(last), "kind": "sick"}
    record_changes.record(database, act, unit=name, table="away", rows=[row])
    night.request_nights(database, act, unit=name, as_of=act.today, seconds=_NIGHT_SECONDS)


def _ask(database: Database, act: Act, name: str, officer: Officer) -> None:
    """The officer asks for something, so that the manager has something to answer."""
    new_requests.ask_for_day(
        database,
        act,
        unit=name,
        staff_no=officer.staff_no,
        when="Fri",
        wants=HOME.kind,
        strength=2,
        note="I am at college on Friday evenings.",
    )


def _people(unit: str, problem: Problem) -> Iterator[_Person]:
    """One person of each role; the manager is that of the officer's team, if it has one."""
    starter = _starter(problem)
    others = [its for its in problem.unit.officers if its != starter]
    managers = [its for its in others if its.grade == _MANAGER_GRADE]
    manager = _at_work(problem, [its for its in managers if its.team == starter.team] or others)
    manages = Grant(Role.MANAGER, unit=unit)
    if manager != starter:
        yield _of(manager, unit, "manager", manages)
    else:
        yield _Person("manager", f"Manager of {unit}", "manager@example.org", (manages,))
    yield _of(starter, unit, "officer")
    head = Grant(Role.HEAD, unit=unit)
    yield _Person("head of unit", f"Head of {unit}", "head@example.org", (head,))
    administers = Grant(Role.ADMINISTRATOR)
    yield _Person("administrator", "Administrator", "admin@example.org", (administers,))


def _starter(problem: Problem) -> Officer:
    """The officer who signs in: somebody with a mentor, if anybody has one."""
    officers = problem.unit.officers
    return _at_work(problem, [its for its in officers if its.mentor and its.has_home_office])


def _at_work(problem: Problem, those: Sequence[Officer]) -> Officer:
    """Of those the last to have started who works this week; of all, if there is none."""
    week = {*problem.weeks[Week.of(problem.today)]}
    here = [its for its in those if week & {*problem.working_days[its.staff_no]}]
    return max(here or problem.unit.officers, key=lambda its: its.start_date)


def _of(officer: Officer, unit: str, what: str, *roles: Grant) -> _Person:
    """The officer as a user, with more roles perhaps than that."""
    email = officer.email or f"{officer.staff_no}@example.org"
    own = Grant(Role.OFFICER, unit=unit, staff_no=officer.staff_no)
    return _Person(what, officer.name, email, (*roles, own))


def _signed_up(database: Database, act: Act, person: _Person) -> SignIn:
    password = make_one_time_password()
    first, *rest = person.roles
    its = users.add(
        database, act, email=person.email, name=person.name, password=password, role=first
    )
    for role in rest:
        roles.grant(database, act, user_id=its.id, role=role)
    return SignIn(person.what, person.email, password)
