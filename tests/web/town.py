"""A small county in a database, for the tests of pages: two units, and a user of every role.

    Millbrook     team Red at High Street (6 desks): Rita (manager), Omar, Nia (new, Omar's)
                  team Blue at Weir Street (3 desks): Bob (manager), Ben, Bea
    Otherton      team Green at Mill Lane: Gus (manager), Gwen

Both have a rota published for four weeks from 4 January 2027; NOW is Tuesday of its second week.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import insert

from rota.domain import (
    FRIDAY,
    FULL_TIME,
    HOME,
    MONDAY,
    Appointment,
    Away,
    Duty,
    Link,
    Officer,
    Policy,
    Problem,
    Request,
    Rota,
    Seat,
    Site,
    Team,
    Unit,
)
from rota.moments import LONDON
from rota.services.access.act import Act
from rota.services.accounts.passwords import hash_password
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, run_requests, run_result
from rota.store.databases.database import Database
from rota.store.units.rows import table_of
from rota.tables import GrantTable, UserTable
from tests.filling import filled
from tests.stored import LEASE, act, keep, solved_by
from tests.usual_rules import all_off_but

START = date(2027, 1, 4)
NOW = datetime(2027, 1, 12, 9, 0, tzinfo=LONDON)
TODAY = NOW.date()
MILLBROOK, OTHERTON = 1, 2
"""The numbers of the units."""

PASSWORD = "a long enough secret"


def _officer(staff_no: str, name: str, team: str, base: str, **rest: object) -> Officer:
    told = {"grade": "PO", "start_date": date(2015, 3, 2), "working_days": FULL_TIME, **rest}
    email = f"{name.split()[0].lower()}@example.org"
    return Officer(staff_no=staff_no, name=name, team=team, base=base, email=email, **told)  # type: ignore[arg-type]


HIGH, WEIR, COURT = "High Street", "Weir Street", "Millbrook Crown Court"

UNIT = Unit(
    sites=(Site(HIGH, "office", 6), Site(WEIR, "office", 3), Site(COURT, "court")),
    teams=(Team("Red", HIGH), Team("Blue", WEIR)),
    officers=(
        _officer("101", "Rita Rowe", "Red", HIGH, grade="SPO"),
        _officer("102", "Omar Obi", "Red", HIGH, skills=frozenset({"court"})),
        _officer(
            "103",
            "Nia Nash",
            "Red",
            HIGH,
            grade="PQIP",
            start_date=date(2026, 10, 5),
            mentor="102",
        ),
        _officer("201", "Bob Birch", "Blue", WEIR, grade="SPO", other_sites=(HIGH,)),
        _officer("202", "Ben Bell", "Blue", WEIR, office_percent=40),
        _officer("203", "Bea Boyd", "Blue", WEIR, skills=frozenset({"court"})),
    ),
    away=(
        Away("202", date(2027, 1, 18), date(2027, 1, 19), "sick"),
        Away("103", date(2027, 1, 21), date(2027, 1, 22), "leave"),
    ),
    duties=(Duty(date(2027, 1, 13), COURT, 1, "court"), Duty(date(2027, 1, 20), COURT, 1)),
    appointments=(Appointment("202", date(2027, 1, 14), HIGH),),
    requests=(Request("203", 4, "home", 2), Request("102", date(2027, 1, 15), "home", 3)),
    links=(Link("102", "201", "shared case"),),
)

OTHER_UNIT = Unit(
    sites=(Site("Mill Lane", "office", 4),),
    teams=(Team("Green", "Mill Lane"),),
    officers=(
        _officer("301", "Gus Gray", "Green", "Mill Lane", grade="SPO"),
        _officer("302", "Gwen Green", "Green", "Mill Lane"),
    ),
)

USERS: dict[str, tuple[tuple[object, ...], ...]] = {
    "officer": (("officer", MILLBROOK, None, "102"),),
    "starter": (("officer", MILLBROOK, None, "103"),),
    "blue_officer": (("officer", MILLBROOK, None, "202"),),
    "stranger": (("officer", OTHERTON, None, "302"),),
    "red_manager": (("manager", MILLBROOK, "Red", None), ("officer", MILLBROOK, None, "101")),
    "manager": (("manager", MILLBROOK, None, None),),
    "other_manager": (("manager", OTHERTON, None, None),),
    "head": (("head", MILLBROOK, None, None),),
    "region": (("head", MILLBROOK, None, None), ("head", OTHERTON, None, None)),
    "administrator": (("administrator", None, None, None),),
}
"""Whose e-mail address begins with what they are, and the roles they have."""


def email_of(who: str) -> str:
    return f"{who}@example.org"


def build(database: Database) -> None:
    """Keep both units, publish their rotas, and let everybody sign in with PASSWORD."""
    policy = Policy(start=START, weeks=4, weights=all_off_but())
    earlier = act(START - timedelta(weeks=2), "Rita")
    for name, unit in (("Millbrook", UNIT), ("Otherton", OTHER_UNIT)):
        keep(database, name, unit, policy)
        publish_first(database, earlier, name)
    let_in(database)


def publish_first(database: Database, doer: Act, name: str) -> None:
    """Publish what `_mixed` says, without a search."""
    run_requests.request_run(database, doer, unit=name, seconds=30)
    claim = claims.claim_next(database, worker="a test", now=doer.at, lease=LEASE, attempts=5)
    assert claim is not None
    claimed = claimed_run.load_claimed_run(database, claim=claim, now=doer.at)
    (problem,) = claimed.problems
    run_result.save_draft(database, doer, claimed, solved_by(problem, _mixed(problem)))
    versions.publish(database, doer, unit=name, is_acknowledged=True)


def _mixed(problem: Problem) -> Rota:
    """Everybody at home on Mondays and Fridays, and else where they may be first: at the base."""
    at_home = [
        Seat(who, day, HOME.name)
        for who, days in problem.working_days.items()
        for day in days
        if day.weekday() in (MONDAY, FRIDAY)
    ]
    return filled(problem, at_home)


def let_in(database: Database) -> None:
    users, grants = table_of(UserTable), table_of(GrantTable)
    secret = hash_password(PASSWORD)
    with database.writing() as connection:
        for who, roles in USERS.items():
            row = {
                "email": email_of(who),
                "name": who.replace("_", " ").capitalize(),
                "password_hash": secret,
                "must_change_password": False,
                "is_active": True,
                "made_at": NOW,
            }
            number = connection.execute(insert(users).values(row)).inserted_primary_key[0]
            for role, unit_id, team, staff_no in roles:
                told = {"role": role, "unit_id": unit_id, "team": team, "staff_no": staff_no}
                connection.execute(insert(grants).values(user_id=number, **told))
