"""The example that `make run` shows: this week, with people in it and something to do."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from rota.demo.example import make_example, move_to_this_week
from rota.domain import Period
from rota.moments import now
from rota.reading import read_problem
from rota.services.access.act import Act
from rota.services.access.rights import Role
from rota.services.accounts import sessions, signing_in, users
from rota.services.answers import inbox
from rota.services.rotas import versions
from rota.services.runs import run_status
from rota.store.databases.database import Database

FIXTURES = Path(__file__).parents[3] / "fixtures"


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'rota.db'}")
    yield database
    database.close()


def test_the_example_is_published_for_this_week_and_everybody_may_sign_in(database):
    today = Act("a test", "a test", now())
    people = make_example(database, today, path=FIXTURES / "pair", seconds=20)
    (version,) = versions.all_of(database, today, unit="Pair")
    assert today.today in version.period
    assert [(its.position, its.email) for its in people] == [
        ("manager", "marged.trevelyan@example.org"),
        ("officer", "obinna.castle@example.org"),
        ("head of unit", "head@example.org"),
        ("administrator", "admin@example.org"),
    ]
    for person in people:
        secret = signing_in.sign_in(
            database, email=person.email, password=person.password, place="a test", at=today.at
        )
        user = sessions.find_signed_in_user(database, secret=secret, at=today.at)
        assert user is not None
        assert not user.must_change_password
    roles = {
        its.email: [held.role for held in its.roles]
        for its in users.list_users(database, today).users
    }
    assert roles == {
        "marged.trevelyan@example.org": [Role.MANAGER, Role.OFFICER],
        "obinna.castle@example.org": [Role.OFFICER],
        "head@example.org": [Role.HEAD],
        "admin@example.org": [Role.ADMINISTRATOR],
    }


def test_there_is_something_to_answer_and_to_plan_anew(database):
    today = Act("a test", "a test", now())
    make_example(database, today, path=FIXTURES / "overbooked", seconds=2)
    (asked,) = inbox.load_inbox(database, today, unit="Overbooked").waiting
    assert asked.summary.ask.wants == "home"
    asked_for = run_status.list_latest(database, today, unit="Overbooked", most=5)
    assert [its.state for its in asked_for if its.kind == "night"] == ["waiting"]


def test_on_bank_holidays_nobody_is_needed_anywhere():
    """Millbrook begins on 4 January 2027; the week of 7 April 2026 begins with Easter Monday."""
    told = read_problem(FIXTURES / "millbrook", today=date(2027, 1, 4)).problem
    problem = move_to_this_week(told, date(2026, 4, 7))
    assert problem.period == Period(date(2026, 4, 6), 4)
    counts = Counter(its.date for its in told.unit.duties)
    then = Counter(its.date for its in problem.unit.duties)
    assert (counts[date(2027, 1, 4)], then[date(2026, 4, 6)]) == (5, 0)
    assert (counts[date(2027, 1, 5)], then[date(2026, 4, 7)]) == (5, 5)
    assert (len(told.unit.appointments), len(problem.unit.appointments)) == (84, 78)
