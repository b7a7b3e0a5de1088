"""An example unit of one's own to try Rota with: planned, published, and with people in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rota.domain import HOME, Officer, Problem, Week
from rota.domain.date_shifting import shift_dates
from rota.errors import RotaError
from rota.planning.stored_runs import plan_claimed_run
from rota.reading import list_bank_holidays_around, read_problem
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


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who may sign in: their position, and the password that they were given."""

    position: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class _DemoUser:
    position: str
    name: str
    email: str
    roles: tuple[Grant, ...]


def make_example(database: Database, act: Act, *, path: Path, seconds: float) -> tuple[SignIn, ...]:
    """Keep the unit of the folder or workbook as if its first week were this one, and publish it.

    All its dates are moved. Somebody falls ill, so that a worker has something to plan anew, and
    somebody asks for a day. Raises BadInput with all faults of the files.
    """
    name = path.resolve().stem.replace("-", " ").capitalize()
    problem = move_to_this_week(read_problem(path, today=act.today).problem, act.today)
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
    _ask_for_day(database, act, name, _find_starter(problem))
    return tuple(_add_user(database, act, user) for user in _choose_users(name, problem))


def move_to_this_week(problem: Problem, today: date) -> Problem:
    """The problem with its first week in this one; nobody is needed where nobody works."""
    start = Week.of(today).monday
    unit = shift_dates(problem.unit, weeks=(start - problem.period.first).days // 7)
    later = start - problem.period.first
    days_off = tuple(day + later for day in problem.policy.days_off)
    policy = replace(problem.policy, start=start, days_off=days_off)
    holidays = list_bank_holidays_around(policy, today)
    off = holidays.union(days_off)
    unit = replace(
        unit,
        duties=tuple(duty for duty in unit.duties if duty.date not in off),
        appointments=tuple(
            appointment for appointment in unit.appointments if appointment.date not in off
        ),
    )
    return Problem(unit=unit, policy=policy, today=today, bank_holidays=holidays)


def _plan(database: Database, act: Act, name: str, problem: Problem, seconds: float) -> None:
    """Plan a draft, here and now. Raises RotaError with why it could not be."""
    run = run_requests.request_run(
        database, act, unit=name, start=problem.period.first, seconds=seconds
    ).run
    claim = claims.claim_next(database, worker=act.place, now=act.at, lease=_LEASE, attempts=1)
    assert claim is not None
    plan_claimed_run(database.url, claim, lease=_LEASE.total_seconds(), workers=2)
    run = run_status.find(database, act, run.id)
    if run.error:
        raise RotaError(run.error)


def _fall_ill(database: Database, act: Act, name: str, problem: Problem) -> None:
    """Somebody with an appointment soon falls ill, and a night is asked for that plans anew."""
    later = (row for row in problem.appointments if row.date > act.today)
    first = min(later, key=lambda row: row.date, default=None)
    if first is None:
        return
    last = first.date + timedelta(days=1)
    row = {"staff_no": first.staff_no, "first": str(first.date), "last": str(last), "kind": "sick"}
    record_changes.record(database, act, unit=name, table="away", rows=[row])
    night.request_nights(database, act, unit=name, as_of=act.today, seconds=_NIGHT_SECONDS)


def _ask_for_day(database: Database, act: Act, name: str, officer: Officer) -> None:
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


def _choose_users(unit: str, problem: Problem) -> Iterator[_DemoUser]:
    """One user for each role; the manager is that of the officer's team, if it has one."""
    starter = _find_starter(problem)
    other_officers = [officer for officer in problem.unit.officers if officer != starter]
    managers = [officer for officer in other_officers if officer.is_manager]
    team_managers = [officer for officer in managers if officer.team == starter.team]
    manager = _find_newest_at_work(problem, team_managers or other_officers)
    manager_role = Grant(Role.MANAGER, unit=unit)
    if manager != starter:
        yield _make_user_of(manager, unit, "manager", manager_role)
    else:
        yield _DemoUser("manager", f"Manager of {unit}", "manager@example.org", (manager_role,))
    yield _make_user_of(starter, unit, "officer")
    head_role = Grant(Role.HEAD, unit=unit)
    yield _DemoUser("head of unit", f"Head of {unit}", "head@example.org", (head_role,))
    administrator_role = Grant(Role.ADMINISTRATOR)
    yield _DemoUser("administrator", "Administrator", "admin@example.org", (administrator_role,))


def _find_starter(problem: Problem) -> Officer:
    """The officer who signs in: somebody with a mentor, if anybody has one."""
    officers = problem.unit.officers
    return _find_newest_at_work(
        problem, [officer for officer in officers if officer.mentor and officer.has_home_office]
    )


def _find_newest_at_work(problem: Problem, officers: Sequence[Officer]) -> Officer:
    """The last of these to have started who works this week; of the whole unit, if none does."""
    week = {*problem.weeks[Week.of(problem.today)]}
    at_work = [officer for officer in officers if week & {*problem.working_days[officer.staff_no]}]
    return max(at_work or problem.unit.officers, key=lambda officer: officer.start_date)


def _make_user_of(officer: Officer, unit: str, position: str, *roles: Grant) -> _DemoUser:
    """The officer as a user, with more roles perhaps than that."""
    email = officer.email or f"{officer.staff_no}@example.org"
    officer_role = Grant(Role.OFFICER, unit=unit, staff_no=officer.staff_no)
    return _DemoUser(position, officer.name, email, (*roles, officer_role))


def _add_user(database: Database, act: Act, user: _DemoUser) -> SignIn:
    """Add the user with all their roles, and a password that was made for them."""
    password = make_one_time_password()
    first, *rest = user.roles
    user_account = users.add(
        database, act, email=user.email, name=user.name, password=password, role=first
    )
    for role in rest:
        roles.grant(database, act, user_id=user_account.id, role=role)
    return SignIn(user.position, user.email, password)
