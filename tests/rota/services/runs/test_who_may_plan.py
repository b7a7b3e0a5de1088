"""Who may ask for runs, publish, restore, look back and decide on what the night proposes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rota.domain import Away, Duty
from rota.errors import Forbidden, NotFound
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.answers import proposals
from rota.services.rotas import versions
from rota.services.runs import night, run_requests, run_status
from rota.store.databases.database import Database
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, sick, work_off_as
from tests.rota_text import MON, TUE, rota
from tests.stored import ONLOOKER, act, publish

pytestmark = ON_SQLITE

# Somebody is due at the court on both days. Ann is of team North, Bob and Cat of team South.
CHART = """
        4 Jan 2027
        Mon Tue
Ann     C   C
Bob     O   O
Cat     O   O
"""
WITHOUT_ANN = """
        4 Jan 2027
        Mon Tue
Ann     C   -
Bob     O   C
Cat     O   O
"""


def may(*grants: Grant) -> Act:
    """Somebody with these roles on the Monday."""
    return replace(act(MON), rights=Rights(grants))


OFFICER = may(Grant(Role.OFFICER, 1, "Blue", staff_no="cat"))
NORTH = may(Grant(Role.MANAGER, 1, "Blue", team="North"))
SOUTH = may(Grant(Role.MANAGER, 1, "Blue", team="South"))
WHOLE = may(Grant(Role.MANAGER, 1, "Blue"))
HEAD = may(Grant(Role.HEAD, 1, "Blue"))
ADMINISTRATOR = may(Grant(Role.ADMINISTRATOR))
STRANGER = may(Grant(Role.MANAGER, 2, "Red"))
ALL = {
    "officer": OFFICER,
    "north": NORTH,
    "south": SOUTH,
    "whole": WHOLE,
    "head": HEAD,
    "administrator": ADMINISTRATOR,
    "stranger": STRANGER,
}


@pytest.fixture
@filled_once
def database(database: Database) -> Database:
    """Ann is ill on Tuesday; that Bob goes to the court instead waits for a yes."""
    keep(
        database,
        CHART,
        on=["cover"],
        officers={"Ann": {"team": "North"}, "Bob": {"team": "South"}, "Cat": {"team": "South"}},
        duties=[Duty(day, "Crown Court", 1) for day in (MON, TUE)],
        plan_ahead_weeks=0,
        nightly_publishes="never",
    )
    publish(database, EARLIER, rota=rota(CHART))
    sick(database, act(MON), Away("ann", TUE, TUE))
    night.request_nights(database, act(MON), unit="Blue", as_of=MON, seconds=30)
    work_off_as(database, act(MON), rota(WITHOUT_ANN))
    return database


def those_who_may(deed: Callable[[Act], object]) -> set[str]:
    """The roles that are not refused."""
    allowed = set()
    for name, doer in ALL.items():
        try:
            deed(doer)
        except Forbidden:
            continue
        allowed.add(name)
    return allowed


def test_runs_are_asked_for_by_those_who_manage(database: Database) -> None:
    assert those_who_may(
        lambda doer: run_requests.request_run(database, doer, unit="Blue", seconds=30, start=MON)
    ) == {"north", "south", "whole"}


def test_runs_are_stopped_by_those_who_manage(database: Database) -> None:
    numbers = iter(
        [
            run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, start=MON).run.id
            for _ in ALL
        ]
    )
    assert those_who_may(lambda doer: run_status.stop_run(database, doer, next(numbers))) == {
        "north",
        "south",
        "whole",
    }


def test_runs_are_looked_at_by_those_who_know_figures(database: Database) -> None:
    those = {"north", "south", "whole", "head"}
    assert those_who_may(lambda doer: run_status.list_latest(database, doer, unit="Blue")) == those
    assert those_who_may(lambda doer: run_status.find(database, doer, 1)) == those
    assert those_who_may(lambda doer: run_status.list_latest(database, doer)) == {"administrator"}


@pytest.mark.parametrize("name", ALL)
def test_a_draft_is_published_by_those_who_manage(database: Database, name: str) -> None:
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, start=MON)
    work_off_as(database, act(MON), rota(WITHOUT_ANN))
    doer = ALL[name]
    if name in ("north", "south", "whole"):
        assert versions.publish(database, doer, unit="Blue").version.number == 3
    else:
        with pytest.raises(Forbidden, match=r"^You may not manage Blue\."):
            versions.publish(database, doer, unit="Blue")


def test_versions_are_restored_by_those_who_manage(database: Database) -> None:
    assert those_who_may(
        lambda doer: versions.restore(database, doer, unit="Blue", number=1, is_acknowledged=True)
    ) == {"north", "south", "whole"}


def test_versions_are_seen_by_all_of_the_unit_but_costs_by_few(database: Database) -> None:
    seen = {"officer", "north", "south", "whole", "head"}
    assert those_who_may(lambda doer: versions.list_versions(database, doer, unit="Blue")) == seen
    changes_of = versions.list_changes
    assert those_who_may(lambda doer: changes_of(database, doer, unit="Blue", number=1)) == seen
    assert versions.list_versions(database, OFFICER, unit="Blue")[0].costs == {}
    assert versions.list_versions(database, HEAD, unit="Blue")[0].costs != {}


def test_why_somebody_is_away_is_told_to_those_who_manage_them(database: Database) -> None:
    # Version 2 only takes back Ann's seat of Tuesday.
    told = {
        name: versions.list_changes(database, doer, unit="Blue", number=2)[0]
        for name, doer in ALL.items()
        if doer.rights.sees("Blue")
    }
    assert {its.reason for its in told.values()} == {
        "Ann (ann) is away on Tuesday 5 January 2027.",
    }
    assert {name: its.reason_for_managers for name, its in told.items()} == {
        "officer": "",
        "north": "Ann (ann) is away (sick) on Tuesday 5 January 2027.",
        "south": "",
        "whole": "Ann (ann) is away (sick) on Tuesday 5 January 2027.",
        "head": "",
    }


def test_proposals_wait_for_those_who_manage_the_officer(database: Database) -> None:
    assert those_who_may(lambda doer: proposals.list_waiting(database, doer, unit="Blue")) == {
        "north",
        "south",
        "whole",
    }
    waiting = {
        name: [its.staff_no for its in proposals.list_waiting(database, ALL[name], unit="Blue")]
        for name in ("north", "south", "whole")
    }
    assert waiting == {"north": [], "south": ["bob"], "whole": ["bob"]}
    assert proposals.list_judged(database, NORTH, unit="Blue") == ()


@pytest.mark.parametrize("decide", [proposals.accept, proposals.refuse])
@pytest.mark.parametrize("numbers", [None, [1]], ids=["all", "one"])
def test_nobody_decides_on_officers_of_others(
    database: Database, decide: Callable[..., object], numbers: list[int] | None
) -> None:
    for doer in (OFFICER, HEAD, ADMINISTRATOR, STRANGER):
        with pytest.raises(Forbidden, match=r"^You may not manage Blue\."):
            decide(database, doer, unit="Blue", numbers=numbers)
    with pytest.raises(NotFound, match=r"waits for a decision in Blue\.$"):
        decide(database, NORTH, unit="Blue", numbers=numbers)
    assert len(proposals.list_waiting(database, ONLOOKER, unit="Blue")) == 1
    decide(database, SOUTH, unit="Blue", numbers=numbers)
    assert proposals.list_waiting(database, ONLOOKER, unit="Blue") == ()
