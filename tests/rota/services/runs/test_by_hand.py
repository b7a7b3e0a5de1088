"""What people moved by hand in a draft is marked, and kept by runs where that is possible."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Away, PublishedSeat, Rota, Seat, say_sites
from rota.services.drafts import drafts
from rota.services.drafts.draft_view import DraftView
from rota.services.drafts.edits import EditedDraft
from rota.services.rotas import versions
from rota.services.runs import run_requests, run_status
from rota.services.units import record_changes
from rota.store.databases.database import Database
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, sick
from tests.rota_text import MON, TUE, WED, rota
from tests.stored import ONLOOKER, act, audited, publish, work_off

# One desk at Leeds.
CHART = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   H   O
Bob     H   O   H
"""


@pytest.fixture
def unit(database: Database) -> Database:
    """The unit of the chart, of which nothing is planned yet."""
    keep(database, CHART, on=["desks"], desks={"O": 1})
    return database


@pytest.fixture
@filled_once
def published(unit: Database) -> Database:
    """The unit with the chart as its version 1."""
    publish(unit, EARLIER, rota=rota(CHART))
    return unit


@pytest.fixture
@filled_once
def drafted(unit: Database) -> Database:
    """The unit with the chart as its draft, and nothing published."""
    run(unit, chart=CHART)
    return unit


def run(database: Database, *, chart: str | None = None, afresh: bool = False) -> None:
    """Plan the period anew, with this rota or the best one."""
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30, start=MON, afresh=afresh)
    work_off(database, EARLIER, rota=rota(chart) if chart else None)


def look(database: Database) -> DraftView:
    return drafts.load_view(database, EARLIER, unit="Blue")


def move(database: Database, staff_no: str, day: date, site: str) -> EditedDraft:
    return draft_edits.move(database, EARLIER, unit="Blue", staff_no=staff_no, day=day, site=site)


def marked(database: Database) -> dict[tuple[str, date], tuple[str, str]]:
    """Where the seats moved by hand are and were, by officer and day."""
    seen = look(database)
    return {
        day.officer_day: (day.sites, say_sites(seen.draft.moved_from[day.officer_day]))
        for day in seen.by_hand
    }


def placed(database: Database) -> Rota:
    return Rota.of(seat.seat for seat in look(database).draft.seats)


# Which seats are marked


def test_what_was_moved_and_swapped_by_hand_is_marked(published: Database) -> None:
    move(published, "bob", MON, "Leeds")
    draft_edits.swap(published, EARLIER, unit="Blue", staff_no="ann", with_staff_no="bob", day=WED)
    assert marked(published) == {
        ("ann", WED): ("home", "Leeds"),
        ("bob", MON): ("Leeds", "home"),
        ("bob", WED): ("Leeds", "home"),
    }
    assert look(published).remarks.by_hand == (
        "Ann (ann) on Wednesday 6 January 2027: moved to home from Leeds",
        "Bob (bob) on Monday 4 January 2027: moved to Leeds from home",
        "Bob (bob) on Wednesday 6 January 2027: moved to Leeds from home",
    )


@ON_SQLITE
def test_nothing_is_marked_that_a_run_has_planned(drafted: Database) -> None:
    assert marked(drafted) == {}


@ON_SQLITE
def test_a_seat_that_is_set_back_is_not_marked_any_more(drafted: Database) -> None:
    move(drafted, "bob", MON, "Leeds")
    move(drafted, "bob", MON, "home")
    assert marked(drafted) == {}


@ON_SQLITE
def test_a_seat_that_a_run_moved_and_people_set_back_to_what_is_published_is_not_marked(
    published: Database,
) -> None:
    run(published, chart=CHART.replace("Bob     H", "Bob     O"))
    move(published, "bob", MON, "home")
    assert marked(published) == {}


@ON_SQLITE
def test_locks_mark_nothing_and_take_no_mark_away(drafted: Database) -> None:
    move(drafted, "bob", MON, "Leeds")
    draft_edits.lock(drafted, EARLIER, unit="Blue", staff_no="bob", first=MON, last=WED)
    assert marked(drafted) == {("bob", MON): ("Leeds", "home")}
    draft_edits.unlock(drafted, EARLIER, unit="Blue", staff_no="bob", first=MON, last=WED)
    assert marked(drafted) == {("bob", MON): ("Leeds", "home")}


@ON_SQLITE
def test_who_was_not_planned_and_is_put_somewhere_is_marked_until_taken_out(
    published: Database,
) -> None:
    sick(published, EARLIER, Away("bob", MON, MON))
    move(published, "ann", TUE, "Leeds")
    row = {"staff_no": "bob", "first": f"{MON}", "last": f"{MON}", "kind": "sick"}
    record_changes.withdraw_away(published, EARLIER, unit="Blue", row=row)
    move(published, "bob", MON, "Leeds")
    assert marked(published)["bob", MON] == ("Leeds", "home")
    draft_edits.clear(published, EARLIER, unit="Blue", staff_no="bob", day=MON)
    assert marked(published) == {("ann", TUE): ("Leeds", "home")}


# What runs do with them


def test_a_run_keeps_what_was_moved_by_hand_in_place_of_what_is_published(
    published: Database,
) -> None:
    move(published, "ann", MON, "home")
    run(published)
    # Without the mark the published rota would be the only one that changes nothing.
    assert placed(published) == rota(CHART.replace("Ann     O", "Ann     H"))
    assert marked(published) == {("ann", MON): ("home", "Leeds")}
    assert look(published).not_kept == ()
    (newest, *_) = run_status.list_latest(published, ONLOOKER)
    assert newest.result is not None
    assert newest.result["by_hand"] == {"kept": 1, "not_kept": 0}
    # To publish it costs the change, as it does after the move.
    assert look(published).draft.costs == look(published).judgement.costs
    assert look(published).draft.costs["stability"] == 1


def test_a_run_keeps_what_was_moved_by_hand_where_nothing_is_published(drafted: Database) -> None:
    move(drafted, "ann", MON, "home")
    move(drafted, "bob", MON, "Leeds")
    run(drafted)
    assert marked(drafted) == {("ann", MON): ("home", "Leeds"), ("bob", MON): ("Leeds", "home")}
    run(drafted)
    assert marked(drafted) == {("ann", MON): ("home", "Leeds"), ("bob", MON): ("Leeds", "home")}


def test_a_run_that_starts_afresh_keeps_none_of_them(published: Database) -> None:
    move(published, "ann", MON, "home")
    run(published, afresh=True)
    assert placed(published) == rota(CHART)
    assert (marked(published), look(published).not_kept) == ({}, ())
    (newest, *_) = run_status.list_latest(published, ONLOOKER)
    assert newest.afresh
    entry = next(its for its in audited(published) if its.what == "asked for a run")
    assert entry.after is not None
    assert entry.after["afresh"] is True


def test_what_a_run_could_not_keep_is_told(published: Database) -> None:
    # Two at one desk: a level above gives way for nothing that was moved by hand.
    move(published, "bob", MON, "Leeds")
    run(published)
    assert placed(published) == rota(CHART)
    assert marked(published) == {}
    seen = look(published)
    assert seen.not_kept == (Seat("bob", MON, "Leeds"),)
    assert seen.remarks.sections == (
        (
            "1 seat moved by hand could not be kept",
            ("Bob (bob) on Monday 4 January 2027 at Leeds; the run needed them at home",),
        ),
    )
    (newest, *_) = run_status.list_latest(published, ONLOOKER)
    assert newest.result is not None
    assert newest.result["by_hand"] == {"kept": 0, "not_kept": 1}
    entry = next(its for its in audited(published) if its.what == "planned a draft")
    assert entry.after is not None
    assert entry.after["not_kept"] == [{"staff_no": "bob", "date": "2027-01-04", "site": "Leeds"}]
    # Once it is moved there again, nothing is left to be told.
    move(published, "bob", MON, "Leeds")
    assert look(published).not_kept == ()


@ON_SQLITE
def test_what_became_void_is_told_as_not_kept_and_blocks_nothing(published: Database) -> None:
    move(published, "ann", MON, "home")
    sick(published, EARLIER, Away("ann", MON, MON))
    run(published)
    assert look(published).remarks.not_kept == (
        "Ann (ann) on Monday 4 January 2027 at home, who is away",
    )
    assert versions.publish(published, EARLIER, unit="Blue").version.number == 2


@ON_SQLITE
def test_days_that_are_history_are_no_matter_of_what_was_moved(published: Database) -> None:
    move(published, "ann", MON, "home")
    monday = act(MON)
    run_requests.request_run(published, monday, unit="Blue", seconds=30, start=MON)
    work_off(published, monday)
    seen = drafts.load_view(published, monday, unit="Blue")
    assert (seen.not_kept, seen.draft.moved_from) == ((), {})
    assert PublishedSeat("ann", MON, "Leeds") in seen.draft.seats


def test_to_publish_it_takes_the_marks_away(published: Database) -> None:
    move(published, "ann", MON, "home")
    versions.publish(published, EARLIER, unit="Blue")
    move(published, "ann", TUE, "Leeds")
    assert marked(published) == {("ann", TUE): ("Leeds", "home")}
