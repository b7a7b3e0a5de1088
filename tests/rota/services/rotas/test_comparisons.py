"""Drafts and versions are compared cell by cell, and each reads what they may know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rota.domain import Away, Duty
from rota.errors import Conflict, Forbidden, NotFound, RotaError
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.publishing.publish import Unacknowledged
from rota.services.rotas import comparisons, versions
from rota.services.rotas.changed_seats import ChangedDay, ChangedOfficer
from rota.services.runs import run_requests
from rota.store.databases.database import Database
from tests import draft_edits
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, record, sick
from tests.rota_text import MON, TUE, WED, rota
from tests.stored import audited, publish, work_off

pytestmark = ON_SQLITE

# One desk at Leeds; somebody is due at the court on Tuesday and on Wednesday.
CHART = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   C   H
Bob     H   O   C
"""
WITHOUT_BOB = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   C   C
Bob     H   O   -
"""
BROKEN = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   H
Bob     O   O   C
"""


@pytest.fixture
def unit(database: Database) -> Database:
    """Version 1 is the chart. Ann is of team North, Bob of team South."""
    keep(
        database,
        CHART,
        on=["desks", "cover"],
        officers={"Ann": {"team": "North"}, "Bob": {"team": "South"}},
        desks={"O": 1},
        duties=[Duty(day, "Crown Court", 1) for day in (TUE, WED)],
    )
    publish(database, EARLIER, rota=rota(CHART))
    return database


def draft(database: Database, chart: str) -> None:
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, start=MON)
    work_off(database, EARLIER, rota=rota(chart))


def with_roles(*grants: Grant) -> Act:
    return replace(EARLIER, rights=Rights(grants))


def compared(database: Database, doer: Act = EARLIER) -> comparisons.DraftCompared:
    chosen = comparisons.compare_draft(database, doer, unit="Blue").selected
    assert chosen is not None
    return chosen


def test_without_a_draft_there_is_nothing_to_compare(unit: Database) -> None:
    assert comparisons.compare_draft(unit, EARLIER, unit="Blue") == comparisons.DraftChoice(
        heads=(), selected=None
    )
    with pytest.raises(NotFound, match=r"^Blue has no draft that starts on 2027-01-04\.$"):
        comparisons.compare_draft(unit, EARLIER, unit="Blue", start=MON)


def test_a_draft_is_compared_with_what_is_published(unit: Database) -> None:
    sick(unit, EARLIER, Away("bob", WED, WED))
    draft(unit, WITHOUT_BOB)
    published = compared(unit).with_published
    assert published is not None
    ill = "Bob (bob) is away (sick) on Wednesday 6 January 2027."
    (ann, bob) = published.people
    assert bob == ChangedOfficer(
        "bob", "Bob", "South", (ChangedDay(WED, "Crown Court", None, ill),)
    )
    why = (
        "If this stayed as published: Crown Court has 0 officers on Wednesday 6 January 2027; "
        "its duties ask for at least 1. Bob (bob) is away on Wednesday 6 January 2027."
    )
    assert ann == ChangedOfficer(
        "ann", "Ann", "North", (ChangedDay(WED, "home", "Crown Court", why),)
    )
    assert (published.count, published.by_team) == (2, {"North": 1, "South": 1})
    assert published.by_day == {WED: 2}
    assert compared(unit).with_draft_before is None


def test_managers_read_why_somebody_is_away_only_of_their_teams(unit: Database) -> None:
    sick(unit, EARLIER, Away("bob", WED, WED))
    draft(unit, WITHOUT_BOB)
    published = compared(unit, with_roles(Grant(Role.MANAGER, 1, "Blue", team="North")))
    assert published.with_published is not None
    (ann, bob) = published.with_published.people
    assert ann.days[0].reason.endswith(bob.days[0].reason)
    assert bob.days[0].reason == "Bob (bob) is away on Wednesday 6 January 2027."


def test_a_first_draft_has_nothing_published_beside_it(database: Database) -> None:
    keep(database, CHART)
    draft(database, CHART)
    assert (compared(database).with_published, compared(database).with_draft_before) == (None, None)


def test_a_draft_is_compared_with_the_one_that_its_run_planned_anew(unit: Database) -> None:
    draft(unit, BROKEN)
    draft(unit, CHART)
    before = compared(unit).with_draft_before
    assert before is not None
    assert before.people == (
        ChangedOfficer("ann", "Ann", "North", (ChangedDay(TUE, "Leeds", "Crown Court", ""),)),
        ChangedOfficer("bob", "Bob", "South", (ChangedDay(MON, "Leeds", "home", ""),)),
    )
    # What somebody changes back by hand is not different any more.
    draft_edits.move(unit, EARLIER, unit="Blue", staff_no="bob", day=MON, site="Leeds")
    before = compared(unit).with_draft_before
    assert before is not None
    assert [its.name for its in before.people] == ["Ann"]


def test_what_a_draft_breaks_is_told_with_it(unit: Database) -> None:
    draft(unit, BROKEN)
    breaches = compared(unit).breaches
    # Two at one desk on Monday and on Tuesday, nobody at the court; two seats are not as published.
    assert [its.rule.key for its in breaches.strict] == ["desks", "desks", "cover"]
    assert [(rule.key, count) for rule, count in breaches.others] == [("keep-published", 2)]
    assert breaches.revision == 1


def test_drafts_are_compared_by_managers_alone(unit: Database) -> None:
    draft(unit, BROKEN)
    for role in (Role.HEAD, Role.OFFICER):
        with pytest.raises(Forbidden):
            compared(unit, with_roles(Grant(role, 1, "Blue", staff_no="ann")))


# Versions


@pytest.fixture
def versioned(unit: Database) -> Database:
    """Version 2 is the broken chart; since Bob fell ill, version 3 sends Ann to the court."""
    draft(unit, BROKEN)
    versions.publish(unit, EARLIER, unit="Blue", acknowledgement="The judge asked for it.")
    sick(unit, EARLIER, Away("bob", WED, WED))
    draft(unit, WITHOUT_BOB)
    versions.publish(unit, EARLIER, unit="Blue")
    return unit


def seen(
    database: Database, number: int, other: int | None = None, doer: Act = EARLIER
) -> comparisons.VersionCompared:
    return comparisons.compare_version(database, doer, unit="Blue", number=number, other=other)


def moved(its: comparisons.VersionCompared) -> list[tuple[str, object, str | None, str | None]]:
    return [
        (person.staff_no, day.date, day.before, day.after)
        for person in its.comparison.people
        for day in person.days
    ]


def test_a_version_tells_what_it_changed(versioned: Database) -> None:
    its = seen(versioned, 2)
    assert (its.version.number, its.other, its.newest, its.is_in_force) == (2, None, 3, False)
    assert [other.number for other in its.others] == [3, 1]
    assert moved(its) == [("ann", TUE, "Crown Court", "Leeds"), ("bob", MON, "home", "Leeds")]
    assert seen(versioned, 1).comparison.count == 0
    assert seen(versioned, 3).is_in_force is True


def test_a_version_is_compared_with_any_of_its_period(versioned: Database) -> None:
    its = seen(versioned, 3, 1)
    assert moved(its) == [("ann", WED, "home", "Crown Court"), ("bob", WED, "Crown Court", None)]
    # Both were changed by version 3, which knows why.
    ill = "Bob (bob) is away (sick) on Wednesday 6 January 2027."
    assert its.comparison.people[1].days[0].reason == ill
    assert moved(seen(versioned, 1, 3)) == [
        ("ann", WED, "Crown Court", "home"),
        ("bob", WED, None, "Crown Court"),
    ]


def test_versions_of_other_weeks_or_unknown_ones_are_not_compared(versioned: Database) -> None:
    run_requests.request_run(versioned, EARLIER, unit="Blue", seconds=30)
    work_off(versioned, EARLIER)
    versions.publish(versioned, EARLIER, unit="Blue", is_acknowledged=True)
    with pytest.raises(RotaError, match=r"^Version 4 is about other weeks than 1\.$"):
        seen(versioned, 1, 4)
    for number, other in ((9, None), (1, 9)):
        with pytest.raises(NotFound, match=r"^Blue has no version 9\.$"):
            seen(versioned, number, other)


def test_officers_see_versions_without_figures_and_kinds_of_absence(versioned: Database) -> None:
    officer = with_roles(Grant(Role.OFFICER, 1, "Blue", staff_no="ann"))
    its = seen(versioned, 3, doer=officer)
    assert (its.version.costs, [other.costs for other in its.others]) == ({}, [{}, {}])
    reasons = [day.reason for person in its.comparison.people for day in person.days]
    assert "sick" not in " ".join(reasons)
    with pytest.raises(Forbidden):
        seen(versioned, 3, doer=with_roles(Grant(Role.OFFICER, 2, "Red", staff_no="ann")))


# Restoring, and what is acknowledged


def test_what_a_restored_version_would_change_and_break_is_told_before(versioned: Database) -> None:
    its = comparisons.compare_restored(versioned, EARLIER, unit="Blue", number=2)
    changed = [
        (person.staff_no, day.date, day.before, day.after)
        for person in its.comparison.people
        for day in person.days
    ]
    assert changed == [
        ("ann", TUE, "Crown Court", "Leeds"),
        ("ann", WED, "Crown Court", "home"),
        ("bob", MON, "home", "Leeds"),
    ]
    # Two at one desk on Monday and on Tuesday; nobody at the court on Tuesday and on Wednesday.
    assert [its.rule.key for its in its.breaches.strict] == ["desks", "desks", "cover", "cover"]
    assert (its.newest, its.breaches.revision) == (3, 2)
    head = with_roles(Grant(Role.HEAD, 1, "Blue"))
    with pytest.raises(Forbidden):
        comparisons.compare_restored(versioned, head, unit="Blue", number=2)


def test_why_breaches_were_acknowledged_goes_into_the_audit(versioned: Database) -> None:
    by_version = {
        entry.after["version"]: entry.after.get("acknowledged")
        for entry in audited(versioned)
        if entry.what == "published a version" and entry.after
    }
    assert by_version == {1: None, 2: "The judge asked for it.", 3: None}
    why = "It stood like this."
    versions.restore(versioned, EARLIER, unit="Blue", number=2, acknowledgement=why)
    entry = audited(versioned)[0]
    assert entry.after is not None
    assert entry.after["acknowledged"] == why


def test_what_was_acknowledged_of_another_state_of_the_unit_does_not_count(unit: Database) -> None:
    draft(unit, BROKEN)
    looked = compared(unit).breaches.revision
    record(unit, EARLIER, "closures", site="Leeds", date=f"{WED}", desks="0")
    told = {"acknowledgement": "All is well.", "unit_revision": looked}
    with pytest.raises(Conflict, match=r"^Somebody changed something of Blue since you looked"):
        versions.publish(unit, EARLIER, unit="Blue", **told)
    versions.publish(unit, EARLIER, unit="Blue", **{**told, "unit_revision": looked + 1})
    # Other seats than were shown may change then, even where nothing has to be acknowledged.
    draft(unit, CHART)
    with pytest.raises(Conflict, match=r"^Somebody changed something of Blue since you looked"):
        versions.publish(unit, EARLIER, unit="Blue", unit_revision=1)
    published = versions.publish(unit, EARLIER, unit="Blue", unit_revision=looked + 1)
    assert published.version.number == 3


def test_a_version_is_restored_as_it_was_looked_at(versioned: Database) -> None:
    with pytest.raises(Conflict, match=r"^Version 3 was published since you looked\."):
        versions.restore(versioned, EARLIER, unit="Blue", number=1, newest=2)
    with pytest.raises(Unacknowledged):
        versions.restore(versioned, EARLIER, unit="Blue", number=2, newest=3)
    with pytest.raises(Conflict, match=r"^Somebody changed something of Blue since you looked"):
        versions.restore(
            versioned,
            EARLIER,
            unit="Blue",
            number=2,
            newest=3,
            acknowledgement="Why not?",
            unit_revision=1,
        )
