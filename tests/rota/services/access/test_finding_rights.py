"""What concerns one or two people is for the managers of their teams alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rota.domain import Appointment, Link, Request
from rota.services.access.act import Act
from rota.services.access.finding_rights import ReadableFindings
from rota.services.access.rights import Grant, Rights, Role
from rota.services.publishing.publish import Unacknowledged
from rota.services.rotas import board, comparisons, findings, versions
from rota.services.rotas.board import BoardSheet
from rota.store.databases.database import Database
from tests import draft_edits
from tests.rota.services.example import EARLIER, ON_SQLITE, keep
from tests.rota_text import MON, TUE, WED, rota
from tests.stored import publish

pytestmark = ON_SQLITE

# Ann is in Blue, Bob and Cat in Red; there are two desks at Leeds.
CHART = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   H   O
Bob     O   O   O
Cat     O   O   O
"""
DESKS = "3 officers for 2 desks at Leeds on {}."
ANNS = "The request of Ann (ann) for home on Monday 4 January 2027 is not kept."
BOBS = "The request of Bob (bob) for prison on Tuesday 5 January 2027 is not kept."
CATS = "The request of Cat (cat) for home on Tuesday 5 January 2027 is not kept."
AT_COURT = "The appointment of Bob (bob) at Crown Court on Wednesday 6 January 2027 is not kept."


@pytest.fixture
def unit(database: Database) -> Database:
    """Nobody gets what they asked for, and Bob's no seat could; Bob misses an appointment."""
    keep(
        database,
        CHART,
        on=["desks", "requests", "links", "appointments"],
        desks={"O": 2},
        officers={"Ann": {"team": "Blue"}, "Bob": {"team": "Red"}, "Cat": {"team": "Red"}},
        requests=[
            Request("ann", MON, "home", 1),
            Request("bob", TUE, "prison", 1),
            Request("cat", TUE, "home", 1),
        ],
        appointments=[Appointment("bob", WED, "Crown Court")],
        links=[Link("ann", "bob")],
    )
    publish(database, EARLIER, rota=rota(CHART))
    return database


def manager(team: str | None = None) -> Act:
    return replace(EARLIER, rights=Rights((Grant(Role.MANAGER, 1, "Blue", team),)))


def says(its: ReadableFindings) -> list[str]:
    return [finding.says for finding in its.findings if finding.is_breach]


def found(database: Database, team: str | None = None) -> ReadableFindings:
    return findings.load_of_published(database, manager(team), unit="Blue")


def sheet(database: Database, team: str | None = None) -> BoardSheet:
    its = board.load_board(database, manager(team), unit="Blue").sheet
    assert its is not None
    return its


FULL = [DESKS.format(day) for day in ("Monday 4 January 2027", "Wednesday 6 January 2027")]


def test_managers_of_all_teams_are_told_all(unit: Database) -> None:
    its = found(unit)
    assert says(its) == [*FULL, AT_COURT, ANNS, BOBS, CATS]
    assert (its.left_out, its.breaches_left_out) == (0, 0)


def test_managers_of_a_team_are_told_what_concerns_it_and_how_much_is_left_out(
    unit: Database,
) -> None:
    blue, red = found(unit, "Blue"), found(unit, "Red")
    assert says(blue) == [*FULL, ANNS]
    # Beside what is broken: the six published days of Bob and Cat, and the three of Ann, are kept.
    assert (blue.left_out, blue.breaches_left_out) == (3 + 6, 3)
    assert says(red) == [*FULL, AT_COURT, BOBS, CATS]
    assert (red.left_out, red.breaches_left_out) == (1 + 3, 1)
    # That two of both teams share cases is for the managers of either.
    for its in (blue, red):
        assert [f.about for f in its.findings if f.rule.key == "links"] == [
            "Ann (ann) and Bob (bob)"
        ]


def test_the_same_holds_of_a_draft(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, unit="Blue", staff_no="cat", day=TUE, site="home")
    its = findings.load_of_draft(unit, manager("Blue"), unit="Blue")
    # Cat's request is kept now, and her published day is not.
    assert (says(its)[-1], its.breaches_left_out) == (ANNS, 2 + 1)
    assert says(findings.load_of_draft(unit, manager(), unit="Blue"))[-1] == BOBS


def test_that_a_published_day_changes_is_for_the_managers_of_the_officer(
    database: Database,
) -> None:
    teams = {"Ann": {"team": "Blue"}, "Bob": {"team": "Red"}, "Cat": {"team": "Red"}}
    keep(database, CHART, on=["keep-published"], officers=teams, notice_days=0)
    publish(database, EARLIER, rota=rota(CHART))
    draft_edits.move(database, EARLIER, unit="Blue", staff_no="bob", day=TUE, site="home")
    kept = "The published seat of Bob (bob) at Leeds on Tuesday 5 January 2027 is not kept."
    blue, red = (
        findings.load_of_draft(database, manager(team), unit="Blue") for team in ("Blue", "Red")
    )
    assert (says(blue), blue.breaches_left_out) == ([], 1)
    assert (says(red), red.breaches_left_out) == ([kept], 0)


def test_a_board_shows_to_managers_of_a_team_what_is_for_them(unit: Database) -> None:
    whole, blue, red = sheet(unit), sheet(unit, "Blue"), sheet(unit, "Red")
    assert [its.says for its in blue.breaches.concerns] == [*FULL, ANNS]
    assert [its.says for its in blue.breaches.left_out] == [AT_COURT, BOBS, CATS]
    assert [its.says for its in red.breaches.left_out] == [ANNS]
    assert len(whole.breaches.concerns) == len(blue.breaches.concerns) + len(blue.breaches.left_out)
    assert whole.breaches.strict_by_day.keys() - blue.breaches.strict_by_day.keys() == {
        ("cat", TUE)
    }
    assert whole.breaches.strict_by_day == red.breaches.strict_by_day
    assert (
        whole.breaches.count_by_officer,
        blue.breaches.count_by_officer,
        red.breaches.count_by_officer,
    ) == (
        {"ann": 3, "bob": 4, "cat": 3},
        {"ann": 3, "bob": 2, "cat": 2},
        {"ann": 2, "bob": 4, "cat": 3},
    )
    assert whole.judgement.costs == blue.judgement.costs == red.judgement.costs


def test_what_others_miss_is_answered_for_without_being_told(unit: Database) -> None:
    # In version 2 Bob keeps his appointment. To have him at Leeds again breaks that and the desks
    # of Wednesday anew; those of Monday are broken already, and nobody is asked for them again.
    draft_edits.move(unit, EARLIER, unit="Blue", staff_no="bob", day=WED, site="Crown Court")
    versions.publish(unit, EARLIER, unit="Blue")
    restoring = comparisons.compare_restored(unit, manager("Blue"), unit="Blue", number=1)
    added = [DESKS.format("Wednesday 6 January 2027")]
    assert [its.says for its in restoring.breaches.strict] == added
    assert restoring.breaches.left_out == 1
    draft_edits.move(unit, EARLIER, unit="Blue", staff_no="bob", day=WED, site="Leeds")
    chosen = comparisons.compare_draft(unit, manager("Blue"), unit="Blue").selected
    assert chosen is not None
    assert [its.says for its in chosen.breaches.strict] == added
    assert chosen.breaches.left_out == 1
    with pytest.raises(Unacknowledged) as refusal:
        versions.publish(unit, manager("Blue"), unit="Blue")
    assert str(refusal.value) == (
        "Nothing was published, since it adds breaches of limit and cover:\n"
        f"  {added[0]}\n"
        "  1 about people of teams you do not manage\n"
        "To publish all the same: --acknowledge"
    )
    versions.publish(unit, manager("Blue"), unit="Blue", acknowledgement="It has to be.")
