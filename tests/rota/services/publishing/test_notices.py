"""Everybody is told of their own days once, and nobody why somebody else is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from rota.domain import AWAY_KINDS, Away, Duty, Period, group_by_day
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Role
from rota.services.accounts import roles, users
from rota.services.answers import proposals
from rota.services.importing import imports
from rota.services.publishing.notices import tell
from rota.services.publishing.publication import Publication
from rota.services.rotas import versions
from rota.services.runs import night
from rota.services.units.planning_problem import build_published_problem
from rota.store.databases.database import Database
from rota.store.units import units as stored_units
from rota.store.units.rows import table_of
from rota.tables import MessageTable
from rota.writing import write_unit
from tests import draft_edits
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, sick
from tests.rota_text import FRI, MON, TUE, WED, rota
from tests.stored import ONLOOKER, act, publish, work_off

pytestmark = ON_SQLITE

# Mel manages team Blue, Rex team Red; team Green has no manager of its own. Somebody of the skill
# "trial" is due at the court on Tuesday and on Friday.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   C   O   O   C
Bob     O   O   H   O   H
Eve     O   H   O   O   H
Mel     O   O   O   O   O
Rex     O   O   O   O   O
"""
TRIAL = frozenset(["trial"])
NIGHT = act(MON, "the night")
END = (
    "This message was written by Rota for Blue. Nobody reads answers to it; "
    "please ask your team manager."
)


def unit(database: Database, *, bobs_team: str = "Blue", **details: object) -> None:
    """Store the unit, of which nothing is published; Eve has no address."""
    keep(
        database,
        CHART,
        on=["cover"],
        officers={
            "Ann": {"skills": TRIAL, "email": "ann@example.org"},
            "Bob": {"skills": TRIAL, "email": "bob@example.org", "team": bobs_team},
            "Eve": {},
            "Mel": {"grade": "SPO", "email": "mel@example.org"},
            "Rex": {"grade": "SPO", "email": "rex@example.org", "team": "Red"},
        },
        duties=[Duty(day, "Crown Court", 1, "trial") for day in (TUE, FRI)],
        plan_ahead_weeks=0,
        **details,
    )


def published(database: Database, **details: object) -> None:
    """The unit with its chart published; nobody has been told of it."""
    unit(database, **details)
    publish(database, EARLIER, rota=rota(CHART))
    with database.writing() as connection:
        connection.execute(table_of(MessageTable).delete())


def the_night(database: Database, doer: Act = NIGHT) -> int:
    """Plan what changed. The number of the run."""
    (number,) = night.request_nights(database, doer, unit="Blue", as_of=doer.today, seconds=30)
    work_off(database, doer)
    return number


def letters(database: Database) -> Mapping[str, str]:
    """The subject and body of every message, by its key."""
    message = table_of(MessageTable)
    with database.reading() as connection:
        rows = connection.execute(select(message).order_by(message.c.id))
        return {row.key: f"{row.subject}\n\n{row.body}" for row in rows}


def column(database: Database, name: str) -> list[object]:
    message = table_of(MessageTable)
    with database.reading() as connection:
        return list(connection.scalars(select(message.c[name]).order_by(message.c.id)))


def names_no_kind(texts: Iterable[str]) -> bool:
    return not any(f"({kind})" in text for text in texts for kind in AWAY_KINDS)


# Who is told what


def test_everybody_is_told_all_their_days_of_a_first_rota(database: Database) -> None:
    unit(database)
    publish(database, EARLIER, rota=rota(CHART))
    told = letters(database)
    assert list(told) == [f"1/version/1/{who}" for who in ("ann", "bob", "eve", "mel", "rex")]
    assert (
        told["1/version/1/bob"]
        == f"""\
Your rota from 4 January 2027 to 10 January 2027

Dear Bob,

Your rota from 4 January 2027 to 10 January 2027 is published:

Week of 4 January 2027
  Monday: Leeds
  Tuesday: Leeds
  Wednesday: home
  Thursday: Leeds
  Friday: home

{END}
"""
    )


def test_days_that_have_passed_are_not_told(database: Database) -> None:
    unit(database)
    publish(database, act(FRI), rota=rota(CHART))
    assert "Week of 4 January 2027\n  Friday: home\n\n" in letters(database)["1/version/1/bob"]


def test_of_a_further_version_those_are_told_whose_days_changed(database: Database) -> None:
    published(database)
    draft_edits.move(database, EARLIER, unit="Blue", staff_no="mel", day=WED, site="home")
    versions.publish(database, EARLIER, unit="Blue", note="As agreed.")
    assert letters(database) == {
        "1/version/2/mel": f"""\
Your rota has changed for Wednesday 6 January 2027

Dear Mel,

As agreed.

Your rota has changed:

Wednesday 6 January 2027: at home instead of at Leeds.
By itself this change makes nothing better that the rules count; \
somebody decided on it, or the search was cut short.

{END}
"""
    }


def test_locks_alone_are_told_to_nobody(database: Database) -> None:
    published(database)
    draft_edits.lock(database, EARLIER, unit="Blue", staff_no="mel", first=MON, last=FRI)
    versions.publish(database, EARLIER, unit="Blue")
    assert letters(database) == {}


def test_the_night_tells_each_person_once_whatever_it_did(database: Database) -> None:
    # Ann is out on Tuesday, at short notice, and on Friday. Bob goes to the court in her place: on
    # Friday for sure, on Tuesday if Mel says yes.
    published(database)
    sick(database, NIGHT, Away("ann", TUE, FRI))
    run = the_night(database)
    told = letters(database)
    assert list(told) == [f"1/run/{run}/{who}" for who in ("ann", "bob", "mel")]
    assert (
        told[f"1/run/{run}/ann"]
        == f"""\
Your rota has changed for Tuesday 5 January 2027 and 3 more days

Dear Ann,

Your rota has changed:

Tuesday 5 January 2027: you are not planned any more; you were to be at Crown Court.
Ann (ann) is away on Tuesday 5 January 2027.

Wednesday 6 January 2027: you are not planned any more; you were to be at Leeds.
Ann (ann) is away on Wednesday 6 January 2027.

Thursday 7 January 2027: you are not planned any more; you were to be at Leeds.
Ann (ann) is away on Thursday 7 January 2027.

Friday 8 January 2027: you are not planned any more; you were to be at Crown Court.
Ann (ann) is away on Friday 8 January 2027.

{END}
"""
    )
    assert (
        told[f"1/run/{run}/bob"]
        == f"""\
Your rota has changed for Friday 8 January 2027

Dear Bob,

Your rota has changed:

Friday 8 January 2027: at Crown Court instead of at home.
If this stayed as published: Crown Court (skill trial) has 0 officers on Friday 8 January 2027; \
its duties ask for at least 1. An officer planned for this is not at work.

{END}
"""
    )
    assert (
        told[f"1/run/{run}/mel"]
        == f"""\
1 change to the rota waits for your decision

Dear Mel,

1 change to the rota waits for a manager's decision. Until then all stays as it was published. \
To decide: rota proposals --unit 'Blue'

Bob (bob) on Tuesday 5 January 2027: at Crown Court instead of at Leeds.
If this stayed as published: Crown Court (skill trial) has 0 officers on Tuesday 5 January 2027; \
its duties ask for at least 1. Ann (ann) is away (sick) on Tuesday 5 January 2027.

{END}
"""
    )


def test_what_is_accepted_is_told_to_those_whose_days_it_changes(database: Database) -> None:
    published(database)
    sick(database, NIGHT, Away("ann", TUE, TUE))
    the_night(database)
    before = letters(database)
    proposals.accept(database, act(MON), unit="Blue")
    new = {key: text for key, text in letters(database).items() if key not in before}
    assert new == {
        "1/version/3/bob": f"""\
Your rota has changed for Tuesday 5 January 2027

Dear Bob,

Your rota has changed:

Tuesday 5 January 2027: at Crown Court instead of at Leeds.
If this stayed as published: Crown Court (skill trial) has 0 officers on Tuesday 5 January 2027; \
its duties ask for at least 1. An officer planned for this is not at work.

{END}
"""
    }


def test_what_is_restored_is_told_with_its_number(database: Database) -> None:
    published(database)
    draft_edits.move(database, EARLIER, unit="Blue", staff_no="mel", day=WED, site="home")
    versions.publish(database, EARLIER, unit="Blue")
    versions.restore(database, EARLIER, unit="Blue", number=1)
    text = letters(database)["1/version/3/mel"]
    assert "Dear Mel,\n\nThis is version 1 again, as far as it still fits.\n\nYour rota" in text


# Managers


def test_only_managers_of_the_team_read_why_somebody_is_away(database: Database) -> None:
    published(database)
    sick(database, NIGHT, Away("ann", TUE, FRI))
    run = the_night(database)
    proposals.accept(database, act(MON), unit="Blue")
    draft_edits.move(database, act(MON), unit="Blue", staff_no="mel", day=WED, site="home")
    versions.publish(database, act(MON), unit="Blue", is_acknowledged=True)
    versions.restore(database, act(MON), unit="Blue", number=1, is_acknowledged=True)
    texts = dict(letters(database))
    to_a_manager = texts.pop(f"1/run/{run}/mel")
    assert "Ann (ann) is away (sick) on Tuesday 5 January 2027." in to_a_manager
    assert len(texts) == 6
    assert names_no_kind(texts.values())


def test_the_managers_of_another_team_do_not_decide(database: Database) -> None:
    published(database, bobs_team="Red")
    sick(database, NIGHT, Away("ann", TUE, TUE))
    run = the_night(database)
    assert list(letters(database)) == [f"1/run/{run}/ann", f"1/run/{run}/rex"]


def test_managers_of_other_teams_are_not_told_of_a_team_without_any(database: Database) -> None:
    published(database, bobs_team="Green")
    sick(database, NIGHT, Away("ann", TUE, TUE))
    run = the_night(database)
    assert list(letters(database)) == [f"1/run/{run}/ann"]
    assert [its.staff_no for its in proposals.list_waiting(database, act(MON), unit="Blue")] == [
        "bob"
    ]


def user(database: Database, name: str, *granted: Grant) -> None:
    email = f"{name.lower()}@users.example"
    added = users.add(database, EARLIER, email=email, name=name, needs_password=False)
    for grant in granted:
        roles.grant(database, EARLIER, user_id=added.id, role=grant)


def test_those_are_told_who_have_the_role_of_a_manager_of_the_team(database: Database) -> None:
    """Bob is of team Red, whose officer Rex has the grade of a manager, but not the role."""
    published(database, bobs_team="Red")
    user(database, "Una", Grant(Role.MANAGER, 1, "Blue", team="Red"))
    user(database, "Ulf", Grant(Role.MANAGER, 1, "Blue"))
    user(database, "Mel", Grant(Role.MANAGER, 1, "Blue", team="Blue"))
    sick(database, NIGHT, Away("ann", TUE, TUE))
    run = the_night(database)
    assert list(letters(database)) == [f"1/run/{run}/ann", f"1/run/{run}/user-1"]
    assert column(database, "address") == ["ann@example.org", "una@users.example"]
    assert column(database, "staff_no") == ["ann", "bob"]
    assert "Dear Una,\n\n1 change to the rota waits" in letters(database)[f"1/run/{run}/user-1"]


def test_managers_of_the_whole_unit_are_told_of_a_team_without_its_own(database: Database) -> None:
    published(database, bobs_team="Green")
    user(database, "Ulf", Grant(Role.MANAGER, 1, "Blue"))
    user(database, "Mel", Grant(Role.MANAGER, 1, "Blue", team="Blue"))
    sick(database, NIGHT, Away("ann", TUE, TUE))
    run = the_night(database)
    assert list(letters(database)) == [f"1/run/{run}/ann", f"1/run/{run}/user-1"]


def test_a_manager_who_is_an_officer_is_told_all_in_one_message(database: Database) -> None:
    """Ann manages team Blue: she is off on Tuesday, and decides whether Bob takes her place."""
    published(database)
    user(
        database,
        "Ann",
        Grant(Role.MANAGER, 1, "Blue", team="Blue"),
        Grant(Role.OFFICER, 1, "Blue", staff_no="ann"),
    )
    sick(database, NIGHT, Away("ann", TUE, TUE))
    run = the_night(database)
    (told,) = letters(database).items()
    assert told[0] == f"1/run/{run}/ann"
    assert column(database, "address") == ["ann@users.example"]
    subject = "Your rota has changed for Tuesday 5 January 2027; 1 change to the rota waits"
    assert told[1].startswith(f"{subject} for your decision")


# What becomes of a message


def test_a_message_waits_for_the_post_unless_it_has_no_address(database: Database) -> None:
    unit(database)
    publish(database, EARLIER, rota=rota(CHART))
    addresses = ["ann@example.org", "bob@example.org", "", "mel@example.org", "rex@example.org"]
    assert column(database, "address") == addresses
    states = ["waiting", "waiting", "no address", "waiting", "waiting"]
    assert column(database, "state") == states
    assert column(database, "due_at") == [EARLIER.at] * 5
    assert column(database, "staff_no") == ["ann", "bob", "eve", "mel", "rex"]


def test_nobody_writes_to_those_who_have_left(database: Database, tmp_path: Path) -> None:
    published(database)
    with database.reading() as connection:
        tables = stored_units.load(connection, 1)
        policy = stored_units.list_all(connection)[0].policy
    others = tuple(officer for officer in tables.officers if officer.name != "Eve")
    write_unit(tmp_path / "files", replace(tables, officers=others), policy)
    imports.import_unit(database, EARLIER, name="Blue", path=tmp_path / "files", is_agreed=True)
    the_night(database)
    told = versions.list_changes(database, ONLOOKER, unit="Blue", number=2)
    assert {its.staff_no for its in told} == {"eve"}
    assert letters(database) == {}


def test_a_message_that_is_written_twice_is_kept_once(database: Database) -> None:
    unit(database)
    publish(database, EARLIER, rota=rota(CHART))
    before = letters(database)
    with database.writing() as connection:
        (stored,) = stored_units.list_all(connection)
        problem = build_published_problem(connection, stored, Period(MON, 1), EARLIER.today)
        nothing = replace(problem, unit=replace(problem.unit, published=()))
        again = Publication(
            cause="published",
            problem=nothing,
            put=group_by_day(problem.unit.published),
            planned_revision=1,
            note="Once more.",
        )
        tell(connection, EARLIER, stored, "version/1", [again], ())
    assert letters(database) == before
