"""Versions are numbered and frozen, say who, when and why, and are told in the same breath."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import text

from rota.checker import judge
from rota.domain import Away, Duty, Period, PublishedSeat, Rota
from rota.errors import Conflict, NotFound, RotaError
from rota.explaining import Change
from rota.services.drafts import drafts
from rota.services.publishing.publish import Unacknowledged
from rota.services.rotas import versions
from rota.services.rotas.versions import Published
from rota.services.runs import night, run_requests
from rota.services.units import record_changes
from rota.store.databases.database import Database, DatabaseError
from rota.store.rotas.version_changes import VersionChange
from rota.store.rotas.versions import Version
from tests import draft_edits
from tests.rota.services.example import EARLIER, ON_SQLITE, costs, keep, record, sick
from tests.rota_text import MON, TUE, WED, rota
from tests.stored import ONLOOKER, act, audited, in_force, publish, work_off

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
HOME = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   H   H
Bob     H   O   H
"""
BROKEN = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   C
Bob     O   O   H
"""


@pytest.fixture
def unit(database: Database) -> Database:
    """The unit of the chart, of which nothing is planned yet."""
    keep(
        database,
        CHART,
        on=["desks", "cover"],
        officers={
            "Ann": {"email": "ann@example.org"},
            "Bob": {"email": "bob@example.org"},
        },
        desks={"O": 1},
        duties=[Duty(day, "Crown Court", 1) for day in (TUE, WED)],
    )
    return database


def draft(database: Database, chart: str = CHART) -> None:
    """Plan a draft of the first week."""
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, start=MON)
    work_off(database, EARLIER, rota=rota(chart))


def published(database: Database, **details: object) -> Published:
    return versions.publish(database, EARLIER, unit="Blue", **details)


def all_of(database: Database) -> tuple[Version, ...]:
    return versions.list_versions(database, ONLOOKER, unit="Blue")


def written(database: Database) -> list[tuple[str, str]]:
    """The key and the state of every message."""
    with database.reading() as connection:
        rows = connection.execute(text("SELECT key, state FROM message ORDER BY id"))
        return [tuple(row) for row in rows]


# Publishing


def test_a_version_is_numbered_and_says_who_and_when(unit: Database) -> None:
    draft(unit)
    later = act(EARLIER.today, "Sam", time(10, 30))
    done = versions.publish(unit, later, unit="Blue", note="Merry Christmas.")
    version = Version(
        number=1,
        period=Period(MON, 1),
        cause="published",
        costs=costs(),
        seats=6,
        planned_revision=1,
        published_at=later.at,
        published_by="Sam",
        note="Merry Christmas.",
    )
    assert done.version == version
    assert all_of(unit) == (version,)
    assert in_force(unit) == tuple(PublishedSeat(*seat[:3]) for seat in rota(CHART))
    assert (done.changes, versions.list_changes(unit, ONLOOKER, unit="Blue", number=1)) == ((), ())
    entry = audited(unit)[0]
    assert (entry.at, entry.actor, entry.what) == (later.at, "Sam", "published a version")
    assert entry.before == {"version": 0}
    assert entry.after == {
        "version": 1,
        "period": "2027-01-04/2027-01-10",
        "cause": "published",
        "costs": costs(),
        "changes": 0,
    }


def test_the_draft_is_gone_when_it_is_published(unit: Database) -> None:
    draft(unit)
    published(unit)
    with pytest.raises(NotFound, match=r"^Blue has no draft\."):
        drafts.load_view(unit, EARLIER, unit="Blue")
    with pytest.raises(NotFound, match=r"^Blue has no draft\."):
        published(unit)


def test_a_version_costs_what_the_checker_says(unit: Database) -> None:
    draft(unit, BROKEN)
    done = published(unit, is_acknowledged=True)
    # Two at one desk on two days; nobody at the court on Tuesday.
    assert done.version.costs == costs(limit=2, cover=1)
    assert done.judgement == judge(done.problem, rota(BROKEN))
    draft(unit, CHART)
    again = published(unit)
    # Ann moves on Tuesday and Wednesday, Bob on Monday and Wednesday, all beyond the notice.
    assert again.version.costs == costs(stability=4)
    assert again.judgement == judge(again.problem, rota(CHART))
    assert [version.costs for version in all_of(unit)] == [
        costs(stability=4),
        costs(limit=2, cover=1),
    ]


def test_what_a_version_changed_is_kept_with_the_reasons(unit: Database) -> None:
    draft(unit)
    published(unit)
    sick(unit, EARLIER, Away("bob", WED, WED))
    draft(unit, WITHOUT_BOB)
    done = published(unit)
    assert done.changes == (
        Change("ann", WED, "home", "Crown Court"),
        Change("bob", WED, "Crown Court", None),
    )
    court = (
        "If this stayed as published: Crown Court has 0 officers on Wednesday 6 January 2027; "
        "its duties ask for at least 1."
    )
    assert versions.list_changes(unit, ONLOOKER, unit="Blue", number=2) == (
        VersionChange(
            "ann",
            WED,
            "home",
            "Crown Court",
            f"{court} An officer planned for this is not at work.",
            f"{court} Bob (bob) is away (sick) on Wednesday 6 January 2027.",
        ),
        VersionChange(
            "bob",
            WED,
            "Crown Court",
            None,
            "Bob (bob) is away on Wednesday 6 January 2027.",
            "Bob (bob) is away (sick) on Wednesday 6 January 2027.",
        ),
    )
    assert audited(unit)[0].after["changes"] == 2


def test_the_database_lets_nobody_alter_a_version_or_what_it_changed(unit: Database) -> None:
    draft(unit)
    published(unit)
    draft(unit, BROKEN)
    published(unit, is_acknowledged=True)
    before = (
        all_of(unit),
        in_force(unit),
        versions.list_changes(unit, ONLOOKER, unit="Blue", number=2),
    )
    for statement in (
        "UPDATE version SET published_by = 'Eve'",
        "DELETE FROM version",
        "UPDATE published_seat SET site = 'York'",
        "DELETE FROM published_seat",
        "UPDATE change SET reason = 'None of your business.'",
        "DELETE FROM change",
    ):
        with pytest.raises(DatabaseError), unit.writing() as connection:
            connection.execute(text(statement))
    assert (
        all_of(unit),
        in_force(unit),
        versions.list_changes(unit, ONLOOKER, unit="Blue", number=2),
    ) == before


def test_everybody_is_written_to_when_a_rota_is_first_published(unit: Database) -> None:
    draft(unit)
    published(unit)
    assert written(unit) == [("1/version/1/ann", "waiting"), ("1/version/1/bob", "waiting")]


def test_later_only_those_are_written_to_whose_days_changed(unit: Database) -> None:
    draft(unit)
    published(unit)
    draft(unit, CHART.replace("O   C   H", "H   C   H"))
    published(unit)
    draft(unit, CHART.replace("O   C   H", "H   C   H"))
    published(unit)  # Nothing changes.
    assert written(unit)[2:] == [("1/version/2/ann", "waiting")]


@ON_SQLITE
def test_a_message_that_cannot_be_written_keeps_the_rota_from_being_published(
    unit: Database,
) -> None:
    draft(unit)
    seen = drafts.load_view(unit, EARLIER, unit="Blue")
    kept = audited(unit)
    with unit.writing() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER no_post BEFORE INSERT ON message WHEN NEW.staff_no = 'bob' "
                "BEGIN SELECT RAISE(ABORT, 'no post today'); END"
            )
        )
    with pytest.raises(DatabaseError, match="no post today"):
        published(unit)
    assert (all_of(unit), in_force(unit), written(unit)) == ((), (), [])
    assert drafts.load_view(unit, EARLIER, unit="Blue") == seen
    assert audited(unit) == kept


# What keeps a draft from being published


@ON_SQLITE
def test_all_that_is_broken_of_limit_and_cover_has_to_be_acknowledged(unit: Database) -> None:
    draft(unit, BROKEN)
    with pytest.raises(Unacknowledged) as told:
        published(unit)
    assert str(told.value) == (
        "Nothing was published, since it adds breaches of limit and cover:\n"
        "  2 officers for 1 desk at Leeds on Monday 4 January 2027.\n"
        "  2 officers for 1 desk at Leeds on Tuesday 5 January 2027.\n"
        "  Crown Court has 0 officers on Tuesday 5 January 2027; its duties ask for at least 1.\n"
        "To publish all the same: --acknowledge"
    )
    assert [breach.rule.key for breach in told.value.breaches] == ["desks", "desks", "cover"]
    assert all_of(unit) == ()
    assert published(unit, is_acknowledged=True).version.number == 1


@ON_SQLITE
def test_what_is_broken_of_later_levels_need_not_be_acknowledged(database: Database) -> None:
    keep(database, HOME, on=["office-minimum", "desks", "cover"])
    draft(database, HOME)
    # Each is asked to be in on 2 of 3 days, and is on 1.
    assert published(database).version.costs == costs(policy=6)


def test_seats_that_became_void_fall_away_and_the_rest_is_published(unit: Database) -> None:
    draft(unit)
    sick(unit, EARLIER, Away("bob", TUE, WED))
    done = published(unit, is_acknowledged=True)
    assert Rota.of(seat.seat for seat in in_force(unit)) == rota("""
        4 Jan 2027
        Mon Tue Wed
Ann     O   C   H
Bob     H   -   -
""")
    assert done.judgement.misfits == ()


@ON_SQLITE
def test_a_draft_at_another_revision_than_was_looked_at_is_not_published(unit: Database) -> None:
    draft(unit)
    draft_edits.lock(unit, EARLIER, unit="Blue", staff_no="ann", first=MON)
    with pytest.raises(Conflict, match=r"^The draft is at revision 2 now; look at it again\.$"):
        published(unit, revision=1)
    assert published(unit, revision=2).version.number == 1


@ON_SQLITE
def test_of_several_drafts_the_one_that_is_named_is_published(unit: Database) -> None:
    draft(unit)
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30, start=date(2027, 2, 1))
    work_off(unit, EARLIER)
    with pytest.raises(NotFound, match="There are drafts from 2027-01-04, 2027-02-01"):
        published(unit)
    assert published(unit, start=date(2027, 2, 1)).version.period == Period(date(2027, 2, 1), 1)
    assert drafts.load_view(unit, EARLIER, unit="Blue").draft.period == Period(MON, 1)


@ON_SQLITE
def test_periods_that_touch_are_not_both_published(unit: Database) -> None:
    # The first may be asked for while the other is a draft that starts elsewhere.
    draft(unit)
    run_requests.request_run(
        unit, EARLIER, unit="Blue", seconds=30, start=date(2026, 12, 28), weeks=2
    )
    work_off(unit, EARLIER)
    published(unit, start=MON)
    with pytest.raises(RotaError) as told:
        published(unit, is_acknowledged=True)
    assert str(told.value) == (
        "The period 2026-12-28/2027-01-10 shares days with 2027-01-04/2027-01-10, which is "
        "published. A period is published as a whole; choose the same one or one that does not "
        "touch it."
    )


# Looking back


@ON_SQLITE
def test_what_is_not_there_is_told(unit: Database) -> None:
    with pytest.raises(NotFound, match=r"^Blue has no version 1\.$"):
        versions.list_changes(unit, ONLOOKER, unit="Blue", number=1)
    with pytest.raises(NotFound, match=r"^Blue has no version 1\.$"):
        versions.restore(unit, EARLIER, unit="Blue", number=1)
    for asked in (versions.list_versions, versions.publish):
        with pytest.raises(NotFound, match=r"^There is no unit Bleu\. Maybe Blue\?$"):
            asked(unit, EARLIER, unit="Bleu")


def test_an_old_version_is_restored_as_a_new_one(unit: Database) -> None:
    draft(unit)
    published(unit)
    draft(unit, BROKEN)
    published(unit, is_acknowledged=True)
    later = act(EARLIER.today, "Sam", time(11))
    done = versions.restore(unit, later, unit="Blue", number=1)
    assert (done.version.number, done.version.cause) == (3, "restored")
    assert (done.version.published_by, done.version.published_at) == ("Sam", later.at)
    assert done.version.costs == done.judgement.costs == costs(stability=4)
    assert in_force(unit) == tuple(PublishedSeat(*seat[:3]) for seat in rota(CHART))
    assert done.changes == (
        Change("ann", TUE, "Leeds", "Crown Court"),
        Change("ann", WED, "Crown Court", "home"),
        Change("bob", MON, "Leeds", "home"),
        Change("bob", WED, "home", "Crown Court"),
    )
    assert [version.number for version in all_of(unit)] == [3, 2, 1]
    assert [key for key, _ in written(unit)[-2:]] == ["1/version/3/ann", "1/version/3/bob"]


@ON_SQLITE
def test_days_up_to_today_are_not_restored(unit: Database) -> None:
    draft(unit)
    published(unit)
    draft(unit, BROKEN)
    published(unit, is_acknowledged=True)
    done = versions.restore(unit, act(TUE), unit="Blue", number=1, is_acknowledged=True)
    assert in_force(unit) == tuple(
        PublishedSeat(*seat[:3])
        for seat in rota("""
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   H
Bob     O   O   C
""")
    )
    # Wednesday is the next day, at short notice: Ann and Bob move on it. What was broken on the
    # days before is broken for ever.
    assert done.version.costs == costs(limit=2, cover=1, notice=2)


@ON_SQLITE
def test_what_cannot_be_restored_stays_as_it_is_published(unit: Database) -> None:
    # Bob has fallen ill on Wednesday, and nobody takes his void seat back. Ann may not go to the
    # court on Tuesday any more. Cat, who is new, had no seat in the old version and has none now.
    draft(unit)
    published(unit)
    draft(unit, BROKEN)
    published(unit, is_acknowledged=True)
    sick(unit, EARLIER, Away("bob", WED, WED))
    row = {"date": f"{TUE}", "site": "Crown Court", "needed": "1"}
    record_changes.withdraw(unit, EARLIER, unit="Blue", table="duties", rows=[row])
    cat = {"staff_no": "cat", "name": "Cat", "team": "Blue", "grade": "PO"}
    days = {"start_date": "2020-01-06", "working_days": "Mon", "base_site": "Leeds"}
    record(unit, EARLIER, "officers", **cat, **days)
    done = versions.restore(unit, EARLIER, unit="Blue", number=1, is_acknowledged=True)
    assert done.judgement.misfits == ()
    assert Rota.of(seat.seat for seat in in_force(unit)) == rota("""
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   H
Bob     H   O   H
""")
    assert done.problem.not_planned == {("cat", MON, "")}


@ON_SQLITE
def test_an_old_version_is_restored_over_a_lock_that_came_since(unit: Database) -> None:
    draft(unit)
    published(unit)
    draft_edits.move(unit, EARLIER, unit="Blue", staff_no="ann", day=WED, site="Leeds")
    draft_edits.lock(unit, EARLIER, unit="Blue", staff_no="ann", first=WED)
    published(unit, is_acknowledged=True)
    versions.restore(unit, EARLIER, unit="Blue", number=1, is_acknowledged=True)
    assert Rota.of(seat.seat for seat in in_force(unit)) == rota(CHART)
    assert [seat for seat in in_force(unit) if seat.locked] == []


@ON_SQLITE
def test_to_restore_what_breaks_limits_has_to_be_acknowledged(unit: Database) -> None:
    draft(unit, BROKEN)
    published(unit, is_acknowledged=True)
    draft(unit)
    published(unit)
    with pytest.raises(Unacknowledged):
        versions.restore(unit, EARLIER, unit="Blue", number=1)
    assert len(all_of(unit)) == 2
    done = versions.restore(unit, EARLIER, unit="Blue", number=1, is_acknowledged=True)
    assert done.version.number == 3


@ON_SQLITE
def test_what_was_restored_is_planned_anew_in_the_night(unit: Database) -> None:
    # Version 1 was planned before Bob fell ill; the night that made version 2 knew of it.
    draft(unit)
    published(unit)
    sick(unit, EARLIER, Away("bob", WED, WED))
    tonight = act(EARLIER.today, "the night", time(10))
    assert night.request_nights(unit, tonight, unit="Blue", as_of=tonight.today, seconds=30)
    work_off(unit, tonight)
    later = act(EARLIER.today, at=time(11))
    versions.restore(unit, later, unit="Blue", number=1, is_acknowledged=True)
    assert night.request_nights(unit, later, unit="Blue", as_of=later.today, seconds=30)
    work_off(unit, later)
    assert Rota.of(seat.seat for seat in in_force(unit)) == rota(WITHOUT_BOB)


@ON_SQLITE
def test_numbers_count_within_the_unit(unit: Database) -> None:
    keep(unit, HOME, name="Red")
    draft(unit)
    published(unit)
    assert publish(unit, EARLIER, name="Red", rota=rota(HOME)).version.number == 1
    assert publish(unit, EARLIER).version.number == 2
    assert [its.number for its in versions.list_versions(unit, ONLOOKER, unit="Red")] == [1]
    assert [version.number for version in all_of(unit)] == [2, 1]
