"""Drafts are looked at and changed seat by seat; of two people at once the second is told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from functools import partial
from threading import Barrier

import pytest

from rota.checker import judge
from rota.domain import Away, Duty, PublishedSeat, Request, Rota
from rota.effects import sum_cost_differences
from rota.errors import Conflict, NotFound, RotaError
from rota.explaining import Change
from rota.services.drafts import drafts
from rota.services.drafts.draft_view import DraftView
from rota.services.drafts.edits import EditedDraft
from rota.services.rotas import versions
from rota.services.runs import run_requests
from rota.services.units import record_changes
from rota.store.databases.database import Database
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, costs, keep, sick
from tests.rota_text import MON, TUE, WED, rota
from tests.stored import act, audited, in_force, publish, work_off

# One desk at Leeds. One person of the skill "trial" is due at the court on Tuesday, and only Ann
# has it. Bob would be at the office on Monday, at a strength of 3.
CHART = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   C   O
Bob     H   O   H
Cat     H   H   -
"""
SAM = act(EARLIER.today, "Sam")


@pytest.fixture
def unit(database: Database) -> Database:
    """The unit of the chart, of which nothing is planned yet."""
    keep(
        database,
        CHART,
        on=["desks", "cover", "requests"],
        officers={"Ann": {"skills": frozenset(["trial"])}},
        desks={"O": 1},
        duties=[Duty(TUE, "Crown Court", 1, "trial")],
        requests=[Request("bob", MON, "office", 3)],
    )
    return database


@pytest.fixture
@filled_once
def drafted(unit: Database) -> Database:
    """The unit with the chart as its draft, at revision 1."""
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30)
    work_off(unit, EARLIER, rota=rota(CHART))
    return unit


def look(database: Database, **which: date) -> DraftView:
    return drafts.load_view(database, EARLIER, unit="Blue", **which)


def move(database: Database, staff_no: str, day: date, site: str, **details: object) -> EditedDraft:
    return draft_edits.move(
        database, SAM, unit="Blue", staff_no=staff_no, day=day, site=site, **details
    )


def swap(database: Database, one: str, other: str, day: date, **details: object) -> EditedDraft:
    return draft_edits.swap(
        database, SAM, unit="Blue", staff_no=one, with_staff_no=other, day=day, **details
    )


def lock(database: Database, staff_no: str, first: date, **details: object) -> EditedDraft:
    return draft_edits.lock(database, SAM, unit="Blue", staff_no=staff_no, first=first, **details)


def unlock(database: Database, staff_no: str, first: date, **details: object) -> EditedDraft:
    return draft_edits.unlock(database, SAM, unit="Blue", staff_no=staff_no, first=first, **details)


def assert_as_judged(edit: EditedDraft, before: str, after: str) -> None:
    """The edit leads from one chart to the other, and tells what the checker finds in both."""
    problem = edit.after.problem
    old, new = judge(problem, rota(before)), judge(problem, rota(after))
    assert edit.after.rota == rota(after)
    assert edit.costs_before == old.costs
    assert edit.after.judgement == new
    assert edit.after.draft.costs == new.costs
    differences = {level: new.costs[level] - old.costs[level] for level in new.costs}
    assert sum_cost_differences(edit.effects) == differences
    changed = [
        (was, is_) for was, is_ in zip(old.findings, new.findings, strict=True) if was != is_
    ]
    told = [(effect.before, effect.after) for effect in edit.effects]
    assert sorted(told, key=repr) == sorted(changed, key=repr)


def told(edit: EditedDraft) -> list[tuple[str, int, int, int]]:
    """The rule, the counts before and after, and the cost, of each effect."""
    return [(e.before.rule.key, e.before.count, e.after.count, e.cost) for e in edit.effects]


# Looking


@ON_SQLITE
def test_a_draft_is_shown_with_what_it_costs(drafted: Database) -> None:
    seen = look(drafted)
    assert seen.rota == rota(CHART)
    assert seen.judgement == judge(seen.problem, rota(CHART))
    assert seen.judgement.costs == seen.draft.costs == costs(people=3)
    assert (seen.changes, seen.is_outdated) == ((), False)
    assert look(drafted, start=MON) == seen


@ON_SQLITE
def test_a_draft_that_is_not_there_is_told_with_what_to_do(unit: Database) -> None:
    with pytest.raises(NotFound) as error:
        look(unit)
    assert str(error.value) == ("Blue has no draft. Ask for one: rota request-run --unit 'Blue'.")
    with pytest.raises(NotFound, match=r"^There is no unit Bleu\. Maybe Blue\?$"):
        drafts.load_view(unit, EARLIER, unit="Bleu")


@ON_SQLITE
def test_of_several_drafts_one_has_to_be_named(drafted: Database) -> None:
    february = date(2027, 2, 1)
    run_requests.request_run(drafted, EARLIER, unit="Blue", seconds=30, start=february)
    work_off(drafted, EARLIER)
    with pytest.raises(NotFound) as error:
        look(drafted)
    assert str(error.value) == (
        "Blue has no draft. There are drafts from 2027-01-04, 2027-02-01; name one with --start."
    )
    with pytest.raises(NotFound) as error:
        look(drafted, start=date(2027, 3, 1))
    assert str(error.value) == (
        "Blue has no draft that starts on 2027-03-01. "
        "There are drafts from 2027-01-04, 2027-02-01; name one with --start."
    )
    assert look(drafted, start=february).draft.period.first == february
    assert move(drafted, "ann", february, "home").after.draft.period.first == february


@ON_SQLITE
def test_a_draft_is_shown_with_what_it_changes_of_the_published_rota(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    move(unit, "ann", WED, "home")
    assert look(unit).changes == (Change("ann", WED, "Leeds", "home"),)


@ON_SQLITE
def test_a_draft_is_outdated_when_another_version_was_published_since(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    move(unit, "ann", WED, "home")
    assert look(unit).is_outdated is False
    versions.restore(unit, EARLIER, unit="Blue", number=1, is_acknowledged=True)
    assert look(unit).is_outdated is True


# Changing


def test_a_move_tells_what_gets_better_and_worse(drafted: Database) -> None:
    edit = move(drafted, "bob", MON, "Leeds")
    after = CHART.replace("Bob     H", "Bob     O")
    assert_as_judged(edit, CHART, after)
    # Two at one desk; Bob's request is met.
    assert told(edit) == [("desks", 1, 2, 1), ("requests", 0, 1, -3)]
    assert (edit.costs_before, edit.after.judgement.costs) == (costs(people=3), costs(limit=1))
    draft = look(drafted).draft
    assert (draft.revision, draft.changed_by, draft.changed_at) == (2, "Sam", SAM.at)
    assert Rota.of(seat.seat for seat in draft.seats) == rota(after)


def test_a_swap_moves_two_officers_at_once(drafted: Database) -> None:
    edit = swap(drafted, "ann", "bob", MON)
    after = """
        4 Jan 2027
        Mon Tue Wed
Ann     H   C   O
Bob     O   O   H
Cat     H   H   -
"""
    assert_as_judged(edit, CHART, after)
    assert told(edit) == [("requests", 0, 1, -3)]
    assert edit.after.draft.costs == costs()
    assert look(drafted).draft.revision == 2


def test_a_lock_changes_no_seat_and_no_cost(drafted: Database) -> None:
    edit = lock(drafted, "ann", MON, last=TUE)
    assert_as_judged(edit, CHART, CHART)
    assert told(edit) == []
    locked = [seat for seat in look(drafted).draft.seats if seat.locked]
    assert locked == [
        PublishedSeat("ann", MON, "Leeds", locked=True),
        PublishedSeat("ann", TUE, "Crown Court", locked=True),
    ]
    assert look(drafted).problem.allowed_sites["ann", MON] == ("Leeds",)


@ON_SQLITE
def test_a_lock_without_a_last_day_is_of_one_day(drafted: Database) -> None:
    lock(drafted, "ann", TUE)
    locked = [(seat.staff_no, seat.date) for seat in look(drafted).draft.seats if seat.locked]
    assert locked == [("ann", TUE)]


@ON_SQLITE
def test_a_seat_that_is_unlocked_may_be_moved_again(drafted: Database) -> None:
    lock(drafted, "ann", MON, last=WED)
    unlock(drafted, "ann", TUE, last=date(2027, 1, 31))
    locked = [seat for seat in look(drafted).draft.seats if seat.locked]
    assert locked == [PublishedSeat("ann", MON, "Leeds", locked=True)]
    assert move(drafted, "ann", TUE, "home").after.draft.costs == costs(cover=1, people=3)


@ON_SQLITE
def test_each_change_is_audited_with_the_seats_before_and_after(drafted: Database) -> None:
    swap(drafted, "ann", "bob", MON)
    entry = audited(drafted)[0]
    assert (entry.actor, entry.what) == ("Sam", "swapped two seats")
    assert entry.before == {
        "draft": "2027-01-04/2027-01-10",
        "revision": 1,
        "seats": [
            {"staff_no": "ann", "date": "2027-01-04", "site": "Leeds", "locked": False},
            {"staff_no": "bob", "date": "2027-01-04", "site": "home", "locked": False},
        ],
    }
    assert entry.after == {
        "seats": [
            {"staff_no": "ann", "date": "2027-01-04", "site": "home", "locked": False},
            {"staff_no": "bob", "date": "2027-01-04", "site": "Leeds", "locked": False},
        ],
    }
    move(drafted, "cat", MON, "Leeds")
    lock(drafted, "cat", MON)
    unlock(drafted, "cat", MON)
    whats = [entry.what for entry in audited(drafted, most=3)]
    assert whats == ["unlocked seats", "locked seats", "moved a seat"]


# What is refused


@pytest.mark.parametrize(
    ("edit", "error", "says"),
    [
        (
            partial(move, staff_no="dan", day=MON, site="Leeds"),
            NotFound,
            "dan is not a staff number here.",
        ),
        (
            partial(move, staff_no="cat", day=WED, site="home"),
            NotFound,
            "Cat (cat) has no seat on Wednesday 6 January 2027 in this draft.",
        ),
        (
            partial(move, staff_no="ann", day=date(2027, 1, 11), site="home"),
            NotFound,
            "Blue has neither a draft nor a published rota on Monday 11 January 2027.",
        ),
        (
            partial(move, staff_no="ann", day=MON, site="home", start=date(2027, 1, 11)),
            NotFound,
            "Blue has neither a draft nor a published rota on Monday 4 January 2027.",
        ),
        (
            partial(move, staff_no="bob", day=TUE, site="Crown Court"),
            RotaError,
            "Bob (bob) may not use Crown Court on Tuesday 5 January 2027; allowed: Leeds, home.",
        ),
        (
            partial(move, staff_no="ann", day=TUE, site="Crown Court"),
            RotaError,
            "Ann (ann) is at Crown Court on Tuesday 5 January 2027 already.",
        ),
        (
            partial(move, staff_no="ann", day=WED, site="home"),
            RotaError,
            "The seat of Ann (ann) on Wednesday 6 January 2027 is locked; unlock it first.",
        ),
        (
            partial(swap, one="bob", other="ann", day=WED),
            RotaError,
            "The seat of Ann (ann) on Wednesday 6 January 2027 is locked; unlock it first.",
        ),
        (
            partial(swap, one="bob", other="cat", day=MON),
            RotaError,
            "Both are at home on Monday 4 January 2027; there is nothing to swap.",
        ),
        (
            partial(swap, one="cat", other="ann", day=TUE),
            RotaError,
            "Cat (cat) may not use Crown Court on Tuesday 5 January 2027; allowed: Leeds, home.",
        ),
        (
            partial(swap, one="ann", other="cat", day=TUE),
            RotaError,
            "Cat (cat) may not use Crown Court on Tuesday 5 January 2027; allowed: Leeds, home.",
        ),
        (
            partial(swap, one="ann", other="eve", day=TUE),
            NotFound,
            "eve is not a staff number here.",
        ),
        (
            partial(lock, staff_no="dan", first=MON),
            NotFound,
            "dan is not a staff number here.",
        ),
        (
            partial(lock, staff_no="cat", first=WED, last=date(2027, 1, 8)),
            NotFound,
            "Cat (cat) has no seat from 2027-01-06 to 2027-01-08 that could be locked.",
        ),
        (
            partial(unlock, staff_no="cat", first=WED),
            NotFound,
            "Cat (cat) has no seat from 2027-01-06 to 2027-01-06 that could be unlocked.",
        ),
    ],
)
@ON_SQLITE
def test_what_cannot_be_done_to_a_draft_is_refused(
    drafted: Database, edit: Callable[[Database], EditedDraft], error: type[RotaError], says: str
) -> None:
    lock(drafted, "ann", WED)
    before = look(drafted)
    with pytest.raises(error) as refused:
        edit(drafted)
    assert str(refused.value) == says
    assert look(drafted) == before


@ON_SQLITE
def test_an_edit_that_is_refused_begins_no_draft(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    with pytest.raises(RotaError, match="already"):
        move(unit, "ann", MON, "Leeds")
    with pytest.raises(NotFound, match="has no draft"):
        look(unit)


@ON_SQLITE
def test_what_was_published_up_to_today_stays(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    tuesday = act(TUE, "Sam")
    for day in (MON, TUE):
        with pytest.raises(RotaError) as refused:
            draft_edits.move(unit, tuesday, unit="Blue", staff_no="bob", day=day, site="home")
        assert str(refused.value) == (
            f"What was published up to 2027-01-05 stays; {day} is not later."
        )
    with pytest.raises(NotFound) as error:
        draft_edits.lock(unit, tuesday, unit="Blue", staff_no="bob", first=MON, last=TUE)
    assert str(error.value) == (
        "Bob (bob) has no seat from 2027-01-04 to 2027-01-05 that could be locked."
    )
    edit = draft_edits.lock(unit, tuesday, unit="Blue", staff_no="bob", first=MON, last=WED)
    assert [seat.date for seat in edit.after.draft.seats if seat.locked] == [WED]


@ON_SQLITE
def test_of_a_draft_that_was_never_published_any_day_may_be_changed(drafted: Database) -> None:
    tuesday = act(TUE, "Sam")
    edit = draft_edits.move(drafted, tuesday, unit="Blue", staff_no="cat", day=MON, site="Leeds")
    assert edit.after.draft.revision == 2


# Published, and no draft


def test_an_edit_without_a_draft_begins_one_from_what_is_published(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    published = in_force(unit)
    edit = move(unit, "bob", MON, "Leeds")
    draft = look(unit).draft
    assert (draft.base, draft.revision, draft.planned_revision) == (1, 2, 1)
    assert draft.changed_by == "Sam"
    assert edit.after.changes == (Change("bob", MON, "home", "Leeds"),)
    # To publish it costs the change as well: two weeks ahead it is not at short notice.
    assert edit.costs_before == costs(people=3)
    assert edit.after.draft.costs == costs(limit=1, stability=1)
    assert in_force(unit) == published


@ON_SQLITE
def test_locks_that_were_published_are_locks_of_the_draft(unit: Database) -> None:
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30)
    work_off(unit, EARLIER, rota=rota(CHART))
    lock(unit, "ann", MON)
    versions.publish(unit, EARLIER, unit="Blue", is_acknowledged=True)
    move(unit, "bob", WED, "Leeds")
    assert [seat for seat in look(unit).draft.seats if seat.locked] == [
        PublishedSeat("ann", MON, "Leeds", locked=True)
    ]
    assert in_force(unit)[0] == PublishedSeat("ann", MON, "Leeds", locked=True)


@ON_SQLITE
def test_a_draft_begun_by_hand_has_no_seat_of_those_who_fell_ill(unit: Database) -> None:
    # So that who mends the morning by hand can publish it. What was told up to today is no change.
    publish(unit, EARLIER, rota=rota(CHART))
    tuesday = act(TUE, "Sam")
    sick(unit, tuesday, Away("ann", MON, WED))
    edit = draft_edits.move(unit, tuesday, unit="Blue", staff_no="bob", day=WED, site="Leeds")
    assert edit.after.judgement.misfits == ()
    assert edit.after.changes == (
        Change("ann", WED, "Leeds", None),
        Change("bob", WED, "home", "Leeds"),
    )
    done = versions.publish(unit, tuesday, unit="Blue", is_acknowledged=True)
    assert done.changes == edit.after.changes
    assert [seat.seat for seat in in_force(unit) if seat.staff_no == "ann"] == [
        seat for seat in rota(CHART) if seat.staff_no == "ann" and seat.date <= TUE
    ]


@ON_SQLITE
def test_a_draft_begun_by_hand_invents_no_seat_of_those_who_are_back(unit: Database) -> None:
    sick(unit, EARLIER, Away("bob", WED, WED))
    publish(unit, EARLIER, rota=Rota(frozenset(s for s in rota(CHART) if s[:2] != ("bob", WED))))
    published = in_force(unit)
    row = {"staff_no": "bob", "first": f"{WED}", "last": f"{WED}", "kind": "sick"}
    record_changes.withdraw_away(unit, EARLIER, unit="Blue", row=row)
    edit = move(unit, "cat", TUE, "Leeds")
    assert edit.after.judgement.misfits == ()
    assert edit.after.problem.not_planned == {("bob", WED, "")}
    assert edit.after.changes == (Change("cat", TUE, "home", "Leeds"),)
    # Whoever is not planned can be, and that is a change.
    edit = move(unit, "bob", WED, "home")
    assert edit.after.problem.not_planned == frozenset()
    assert edit.after.changes == (
        Change("bob", WED, None, "home"),
        Change("cat", TUE, "home", "Leeds"),
    )
    assert in_force(unit) == published


# Two people at once


def test_the_second_of_two_people_with_the_same_revision_is_told(drafted: Database) -> None:
    move(drafted, "cat", MON, "Leeds", revision=1)
    first = look(drafted)
    for edit in (
        partial(move, drafted, "bob", MON, "Leeds"),
        partial(swap, drafted, "ann", "bob", MON),
        partial(lock, drafted, "ann", MON),
        partial(unlock, drafted, "ann", MON),
    ):
        with pytest.raises(Conflict) as told:
            edit(revision=1)
        assert str(told.value) == (
            "Sam changed the draft at 09:00 on 21/12/2026; it is at revision 2 now. "
            "Nothing of yours was kept: look at it and try again."
        )
    assert look(drafted) == first
    assert move(drafted, "bob", MON, "Leeds", revision=2).after.draft.revision == 3


@ON_SQLITE
def test_a_conflict_is_told_in_londons_time(drafted: Database) -> None:
    july = act(date(2026, 7, 6), "Sam", time(9))
    draft_edits.move(drafted, july, unit="Blue", staff_no="cat", day=MON, site="Leeds")
    with pytest.raises(Conflict, match=r"^Sam changed the draft at 09:00 on 06/07/2026; "):
        move(drafted, "bob", MON, "Leeds", revision=1)


def at_the_same_time(
    database: Database, *edits: Callable[[Database], object]
) -> list[RotaError | None]:
    """What goes wrong with each of these edits, made by people at once."""
    start = Barrier(len(edits))

    def done(edit: Callable[[Database], object]) -> RotaError | None:
        own = Database(database.url)
        start.wait()
        try:
            edit(own)
        except RotaError as error:
            return error
        finally:
            own.close()
        return None

    with ThreadPoolExecutor(len(edits)) as pool:
        return list(pool.map(done, edits))


def test_of_edits_at_the_same_time_one_is_kept(drafted: Database) -> None:
    staff = ("ann", "bob", "cat")
    seen = look(drafted).rota
    edits = [
        partial(move, staff_no=who, day=MON, site="home" if who == "ann" else "Leeds", revision=1)
        for who in staff
    ]
    errors = at_the_same_time(drafted, *edits)
    (kept,) = (who for who, error in zip(staff, errors, strict=True) if error is None)
    assert [type(error) for error in errors if error] == [Conflict, Conflict]
    after = look(drafted)
    assert after.draft.revision == 2
    assert {seat.staff_no for seat in after.rota.seats - seen.seats} == {kept}


def test_edits_that_name_no_revision_are_all_kept(drafted: Database) -> None:
    edits = [
        partial(move, staff_no="ann", day=MON, site="home"),
        partial(move, staff_no="bob", day=MON, site="Leeds"),
        partial(lock, staff_no="cat", first=MON),
    ]
    assert at_the_same_time(drafted, *edits) == [None, None, None]
    after = look(drafted)
    assert after.draft.revision == 4
    assert [seat for seat in after.draft.seats if seat.date == MON] == [
        PublishedSeat("ann", MON, "home"),
        PublishedSeat("bob", MON, "Leeds"),
        PublishedSeat("cat", MON, "home", locked=True),
    ]


def test_two_people_who_begin_a_draft_at_once_begin_the_same(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    edits = [
        partial(move, staff_no="ann", day=MON, site="home"),
        partial(move, staff_no="bob", day=MON, site="Leeds"),
    ]
    assert at_the_same_time(unit, *edits) == [None, None]
    assert look(unit).draft.revision == 3
    assert look(unit).changes == (
        Change("ann", MON, "Leeds", "home"),
        Change("bob", MON, "home", "Leeds"),
    )


def test_a_publication_and_an_edit_at_once_are_done_one_after_the_other(drafted: Database) -> None:
    errors = at_the_same_time(
        drafted,
        partial(versions.publish, act=EARLIER, unit="Blue", is_acknowledged=True, revision=1),
        partial(move, staff_no="bob", day=MON, site="Leeds", revision=1),
    )
    assert [type(error) for error in errors if error] == [Conflict]
    if errors[0]:  # The edit was first: it stands in the draft, and nothing was published.
        assert (look(drafted).draft.revision, in_force(drafted)) == (2, ())
    else:  # The publication was first: the edit was meant for a draft that is gone.
        assert str(errors[1]) == (
            "The draft that you looked at was published or thrown away since. "
            "Nothing of yours was kept: look again and try again."
        )
        assert Rota.of(seat.seat for seat in in_force(drafted)) == rota(CHART)


@ON_SQLITE
def test_who_saw_no_draft_is_told_of_one_that_another_began(unit: Database) -> None:
    publish(unit, EARLIER, rota=rota(CHART))
    assert move(unit, "ann", MON, "home", revision=0).after.draft.revision == 2
    with pytest.raises(Conflict, match=r"^Sam changed the draft .* it is at revision 2 now"):
        move(unit, "bob", MON, "Leeds", revision=0)


@ON_SQLITE
def test_a_move_to_a_kind_goes_to_its_only_site_or_to_the_next(unit: Database) -> None:
    # Ann has the skill for the court on Tuesday; Bob's other site is York.
    record_changes.record(
        unit,
        EARLIER,
        unit="Blue",
        table="officers",
        rows=[
            {
                "staff_no": "bob",
                "name": "Bob",
                "team": "Blue",
                "grade": "PO",
                "start_date": "2020-01-06",
                "base_site": "Leeds",
                "working_days": "Mon Tue Wed",
                "other_sites": "York",
            }
        ],
    )
    publish(unit, EARLIER, rota=rota(CHART))

    def to(staff_no: str, day: date, kind: str) -> str:
        edit = draft_edits.move_to_kind(
            unit, SAM, unit="Blue", staff_no=staff_no, day=day, kind=kind, start=MON
        )
        return next(s.site for s in edit.after.rota if s[:2] == (staff_no, day))

    assert to("ann", TUE, "home") == "home"
    assert to("ann", TUE, "court") == "Crown Court"
    assert [to("bob", MON, "office") for _ in range(3)] == ["Leeds", "York", "Leeds"]
    with pytest.raises(RotaError) as already:
        to("cat", MON, "home")
    assert str(already.value) == (
        "Cat (cat) is at home already on Monday 4 January 2027; allowed: Leeds, home."
    )
    with pytest.raises(RotaError) as refused:
        to("bob", TUE, "court")
    assert str(refused.value) == (
        "Bob (bob) may use no court site on Tuesday 5 January 2027; allowed: Leeds, York, home."
    )
