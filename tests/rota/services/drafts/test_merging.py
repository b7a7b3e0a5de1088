"""A draft survives what is published and what happens while it waits."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import (
    Away,
    Period,
    PublishedSeat,
    Rota,
    Seat,
    SeatsOfDay,
    flatten_days,
    group_by_day,
)
from rota.errors import Conflict
from rota.explaining import Change
from rota.services.answers import grants
from rota.services.drafts import drafts
from rota.services.drafts.draft_view import DraftView
from rota.services.drafts.merging import (
    Overlap,
    PublishedSince,
    find_overlaps,
    merge_days,
)
from rota.services.requests import swap_fit
from rota.services.rotas import versions
from rota.services.runs import night, run_requests
from rota.services.units import record_changes
from rota.services.units.lookup import hold_unit
from rota.store.databases.database import Database
from rota.store.rotas.drafts import Draft
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, record, sick, work_off_as
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import act, in_force, publish, work_off

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   H   O   H   O
Bob     H   O   H   O   H
Cat     H   H   O   O   H
"""


@pytest.fixture
@filled_once
def unit(database: Database) -> Database:
    """The unit of the chart as its version 1; the night publishes whatever it changes."""
    bob = {"other_sites": ("York",)}
    keep(database, CHART, officers={"Bob": bob}, desks={"O": 3}, nightly_publishes="all")
    publish(database, EARLIER, rota=rota(CHART))
    return database


def look(database: Database) -> DraftView:
    return drafts.load_view(database, EARLIER, unit="Blue", start=MON)


def move(database: Database, staff_no: str, day: date, site: str) -> None:
    draft_edits.move(database, EARLIER, unit="Blue", staff_no=staff_no, day=day, site=site)


def swap(database: Database, one: str, other: str, day: date) -> None:
    """Grant a swap of two officers' published places."""
    with database.writing() as connection:
        held = hold_unit(connection, "Blue")
        rotas = swap_fit.PublishedRotas(connection, held, EARLIER.today)
        agreed = swap_fit.fit_swap(rotas, EARLIER.today, day=day, staff_no=one, with_staff_no=other)
        officers = agreed.in_force.problem.officers
        grants.publish_swap(connection, EARLIER, held, agreed, officers, is_acknowledged=True)


def publish_draft(database: Database, **details: int) -> versions.Published:
    return versions.publish(
        database, EARLIER, unit="Blue", start=MON, is_acknowledged=True, **details
    )


def told(database: Database) -> Rota:
    return Rota.of(seat.seat for seat in in_force(database))


# Place by place


def seat(staff_no: str, site: str) -> PublishedSeat:
    return PublishedSeat(staff_no, MON, site)


def days(*seats: PublishedSeat) -> list[SeatsOfDay]:
    return list(group_by_day(seats).values())


def draft(*seats: PublishedSeat, by_hand: str = "") -> Draft:
    return Draft(
        id=1,
        period=Period(MON, 1),
        revision=1,
        base=1,
        planned_revision=1,
        costs={},
        changed_at=EARLIER.at,
        changed_by="Mel",
        stamp=None,
        replaced=None,
        seats=seats,
        moved_from={(by_hand, MON): (Seat(by_hand, MON, "York"),)} if by_hand else {},
    )


def merged(
    its: Draft, since: PublishedSince, published: list[PublishedSeat]
) -> list[PublishedSeat]:
    return list(flatten_days(merge_days(its, since, published)))


def test_a_newer_seat_stands_where_the_draft_has_what_its_base_published() -> None:
    since = PublishedSince(
        number=2, base=group_by_day([seat("ann", "Leeds"), seat("bob", "Leeds")])
    )
    newer = [seat("ann", "York"), seat("bob", "York")]
    its = draft(seat("ann", "Leeds"), seat("bob", "home"))
    assert merged(its, since, newer) == [seat("ann", "York"), seat("bob", "home")]


def test_a_seat_set_back_by_hand_to_what_the_base_published_is_the_drafts_own() -> None:
    since = PublishedSince(number=2, base=group_by_day([seat("ann", "Leeds")]))
    its = draft(seat("ann", "Leeds"), by_hand="ann")
    assert merged(its, since, [seat("ann", "York")]) == [seat("ann", "Leeds")]


def test_a_seat_that_is_not_published_any_more_stays_in_the_draft() -> None:
    since = PublishedSince(number=2, base=group_by_day([seat("ann", "Leeds")]))
    assert merged(draft(seat("ann", "Leeds")), since, []) == [seat("ann", "Leeds")]


def test_seats_that_a_version_changed_as_well_overlap_unless_both_agree() -> None:
    base = group_by_day([seat(who, "Leeds") for who in ("ann", "bob", "cat")])
    changed = {("ann", MON): 2, ("bob", MON): 3, ("dan", MON): 2, ("eve", MON): 2}
    since = PublishedSince(
        number=3, base={**base, **group_by_day([seat("eve", "Leeds")])}, changed_days=changed
    )
    standing = (seat("ann", "home"), seat("bob", "York"), seat("cat", "Leeds"), seat("dan", "York"))
    drafted = [seat(who, "York") for who in ("ann", "bob")]
    drafted += [seat(who, "home") for who in ("cat", "dan", "eve")]
    assert list(find_overlaps(since, group_by_day(standing), days(*drafted))) == [
        Overlap("ann", MON, "Leeds", "home", "York", 2),
        Overlap("dan", MON, None, "York", "home", 2),
        Overlap("eve", MON, "Leeds", None, "home", 2),
    ]


def test_what_a_version_changed_and_another_changed_back_does_not_overlap() -> None:
    since = PublishedSince(
        number=3, base=group_by_day([seat("ann", "Leeds")]), changed_days={("ann", MON): 3}
    )
    standing = group_by_day([seat("ann", "Leeds")])
    assert list(find_overlaps(since, standing, days(seat("ann", "York")))) == []


# A version is published while the draft waits


def test_a_swap_stands_in_a_draft_that_did_not_touch_it(unit: Database) -> None:
    move(unit, "cat", MON, "Leeds")
    swap(unit, "ann", "bob", TUE)
    seen = look(unit)
    assert seen.is_outdated
    assert seen.overlaps == ()
    assert seen.changes == (Change("cat", MON, "home", "Leeds"),)
    assert publish_draft(unit).version.number == 3
    assert told(unit) == rota("""
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   H   O
Bob     H   H   H   O   H
Cat     O   H   O   O   H
""")


def test_what_a_version_changed_too_is_told_and_the_drafts_stands(unit: Database) -> None:
    move(unit, "bob", TUE, "York")
    move(unit, "cat", THU, "home")
    swap(unit, "ann", "bob", TUE)
    swap(unit, "ann", "cat", THU)
    # Cat is at home on Thursday in the draft and since version 3 alike.
    assert look(unit).remarks.overlaps == (
        "Bob (bob) on Tuesday 5 January 2027: version 2 changed Leeds to home since; "
        "this draft has York",
    )
    done = publish_draft(unit)
    assert done.changes == (Change("bob", TUE, "home", "York"),)


@ON_SQLITE
def test_who_looked_before_a_version_was_published_looks_again(unit: Database) -> None:
    move(unit, "cat", MON, "Leeds")
    newest = look(unit).newest
    swap(unit, "ann", "bob", TUE)
    with pytest.raises(Conflict) as refused:
        publish_draft(unit, newest=newest)
    assert str(refused.value) == (
        "Version 2 was published since you looked. Nothing was published; look at it again."
    )
    assert publish_draft(unit, newest=look(unit).newest).version.number == 3


# A fortnight's life


def test_a_draft_by_hand_survives_sickness_a_swap_and_a_night(unit: Database) -> None:
    move(unit, "ann", MON, "home")
    move(unit, "cat", FRI, "Leeds")
    sick(unit, EARLIER, Away("ann", MON, MON))
    swap(unit, "bob", "cat", TUE)
    sick(unit, EARLIER, Away("bob", THU, THU))
    night.request_nights(unit, EARLIER, unit="Blue", as_of=EARLIER.today, seconds=1)
    work_off_as(unit, EARLIER, Rota.of([Seat("cat", THU, "home")]))
    seen = look(unit)
    assert seen.remarks.sections == (
        (
            "2 seats of this draft fall away",
            (
                "Ann (ann) on Monday 4 January 2027, who is away",
                "Bob (bob) on Thursday 7 January 2027, who is away",
            ),
        ),
        (
            "1 seat was moved by hand",
            ("Cat (cat) on Friday 8 January 2027: moved to Leeds from home",),
        ),
    )
    assert seen.changes == (Change("cat", FRI, "home", "Leeds"),)
    done = publish_draft(unit, newest=seen.newest)
    assert done.changes == seen.changes
    assert told(unit) == rota("""
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     -   H   O   H   O
Bob     H   H   H   -   H
Cat     H   O   O   H   O
""")


def test_a_draft_by_hand_survives_a_joiner_and_the_run_that_plans_them(unit: Database) -> None:
    move(unit, "cat", MON, "Leeds")
    joiner = {"staff_no": "dan", "name": "Dan", "team": "Blue", "grade": "PO"}
    about = {"start_date": "2027-01-04", "working_days": "Mon Tue", "base_site": "Leeds"}
    record(unit, EARLIER, "officers", **joiner, **about)
    assert [one.officer.staff_no for one in look(unit).waiting] == ["dan"]
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30, start=MON)
    work_off(unit, EARLIER)
    seen = look(unit)
    assert seen.waiting == ()
    assert [by_hand.staff_no for by_hand in seen.by_hand] == ["cat"]
    done = publish_draft(unit)
    assert {change.staff_no for change in done.changes} == {"cat", "dan"}
    assert Seat("cat", MON, "Leeds") in told(unit).seats


def test_a_draft_by_hand_survives_a_changed_pattern(unit: Database) -> None:
    move(unit, "cat", MON, "Leeds")
    move(unit, "cat", TUE, "Leeds")
    row = {"staff_no": "cat", "name": "Cat", "team": "Blue", "grade": "PO"}
    pattern = {"start_date": "2015-01-01", "working_days": "Tue Wed Thu", "base_site": "Leeds"}
    record_changes.record(unit, EARLIER, unit="Blue", table="officers", rows=[{**row, **pattern}])
    assert look(unit).remarks.fallen == (
        "Cat (cat) on Monday 4 January 2027, who does not work then",
        "Cat (cat) on Friday 8 January 2027, who does not work then",
    )
    publish_draft(unit)
    assert Seat("cat", TUE, "Leeds") in told(unit).seats
    assert {seat.date for seat in in_force(unit) if seat.staff_no == "cat"} == {TUE, WED, THU}


def test_a_draft_by_hand_survives_that_an_old_version_is_restored(unit: Database) -> None:
    swap(unit, "ann", "bob", TUE)
    move(unit, "cat", MON, "Leeds")
    versions.restore(unit, EARLIER, unit="Blue", number=1, is_acknowledged=True)
    seen = look(unit)
    assert (seen.draft.base, seen.newest, seen.overlaps) == (2, 3, ())
    publish_draft(unit)
    assert told(unit) == rota(CHART.replace("Cat     H", "Cat     O"))


def test_days_that_went_by_while_the_draft_waited_stay_as_they_were(unit: Database) -> None:
    move(unit, "cat", MON, "Leeds")
    move(unit, "cat", TUE, "Leeds")
    versions.publish(unit, act(MON), unit="Blue", is_acknowledged=True)
    assert told(unit) == rota(CHART.replace("Cat     H   H", "Cat     H   O"))
