"""Rights follow the team of today for records, and the team of the day for seats."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Request
from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.my_rota import colleagues
from rota.services.rotas import board, comparisons, version_rota, versions
from rota.services.rotas.board import BoardSheet
from rota.services.upkeep import audits
from rota.services.upkeep.audits import AuditFilter
from rota.store.databases.database import Database
from tests import draft_edits
from tests.rota.services.example import EARLIER, ON_SQLITE, change, keep, record, remove
from tests.rota_text import FRI, MON, TUE, rota
from tests.stored import act, publish

pytestmark = ON_SQLITE

CHART = """
        4 Jan 2027  11 Jan 2027  18 Jan 2027
        Mon Tue     Mon Tue      Mon Tue
Ann     O   O       O   O        O   O
Bob     O   O       O   O        O   O
"""
CHANGE_DAY = date(2027, 1, 18)
BEFORE, AFTER = date(2027, 1, 12), date(2027, 1, 19)


@pytest.fixture
def blue(database: Database) -> Database:
    """Ann goes from Blue to Red on 18 January."""
    officers = {"Bob": {"team": "Red"}}
    requests = [Request("ann", MON.weekday(), "home")]
    keep(database, CHART, officers=officers, requests=requests, on=["requests"])
    publish(database, EARLIER, rota=rota(CHART))
    change(database, act(FRI), "officers", "ann", team="Red", since=f"{CHANGE_DAY}")
    return database


def manager(team: str, day: date = FRI) -> Act:
    doer = act(day)
    return Act("Moh", "a test", doer.at, Rights((Grant(Role.MANAGER, 1, "Blue", team),)))


def test_today_s_manager_changes_records_until_the_day_comes(blue: Database) -> None:
    leave = {"staff_no": "ann", "first": f"{AFTER}", "last": f"{AFTER}"}
    with pytest.raises(Forbidden):
        record(blue, manager("Red"), "away", **leave)
    record(blue, manager("Blue"), "away", **leave)
    change(blue, manager("Blue"), "officers", "ann", home="no")
    with pytest.raises(Forbidden):
        change(blue, manager("Red"), "officers", "ann", home="yes")
    with pytest.raises(Forbidden):
        change(blue, manager("Blue", CHANGE_DAY), "officers", "ann", home="yes")
    change(blue, manager("Red", CHANGE_DAY), "officers", "ann", home="yes")


def test_nobody_sends_an_officer_to_a_team_of_somebody_else(blue: Database) -> None:
    with pytest.raises(Forbidden):
        change(blue, manager("Red"), "officers", "bob", team="Blue")
    change(blue, act(FRI), "officers", "bob", team="Blue")


def test_seats_are_moved_by_the_manager_of_the_day(blue: Database) -> None:
    def move(team: str, day: date) -> None:
        place = {"staff_no": "ann", "day": day, "site": "home"}
        draft_edits.move(blue, manager(team), unit="Blue", **place)

    for team, day in (("Red", BEFORE), ("Blue", AFTER)):
        with pytest.raises(Forbidden):
            move(team, day)
    move("Blue", BEFORE)
    move("Red", AFTER)


def test_both_managers_know_what_concerns_the_officer(blue: Database) -> None:
    def look(team: str) -> BoardSheet:
        sheet = board.load_board(blue, manager(team), unit="Blue").sheet
        assert sheet is not None
        return sheet

    for team in ("Blue", "Red"):
        assert look(team).is_managed("ann")
        assert look(team).breaches.left_out == ()
    assert [look(team).is_managed("bob") for team in ("Blue", "Red")] == [False, True]


def test_colleagues_are_in_the_team_of_today(blue: Database) -> None:
    def list_teams(day: date) -> list[str]:
        return [person.team for person in colleagues.list_colleagues(blue, act(day), unit="Blue")]

    assert (list_teams(FRI), list_teams(CHANGE_DAY)) == (["Blue", "Red"], ["Red", "Red"])


def test_who_has_been_removed_keeps_name_and_team_in_what_was(blue: Database) -> None:
    at_home = {"staff_no": "bob", "day": BEFORE, "site": "home"}
    draft_edits.move(blue, act(FRI), unit="Blue", **at_home)
    versions.publish(blue, act(FRI), unit="Blue", is_acknowledged=True)
    remove(blue, act(TUE), "officers", "bob")
    assert [p.name for p in colleagues.list_colleagues(blue, act(TUE), unit="Blue")] == [
        "Ann",
        "Bob",
    ]
    later = act(FRI)
    assert [p.name for p in colleagues.list_colleagues(blue, later, unit="Blue")] == ["Ann"]
    rows = version_rota.load_version_rota(blue, later, unit="Blue", number=1).rows
    assert [(row.name, row.team) for row in rows] == [("Ann", "Red"), ("Bob", "Red")]
    (person,) = comparisons.compare_version(blue, later, unit="Blue", number=2).comparison.people
    assert (person.name, person.team) == ("Bob", "Red")
    page = audits.find_in_unit(blue, later, unit="Blue", search=AuditFilter())
    assert page.called["staff_no"]["bob"] == "Bob (bob)"
