"""Days that are split between two sites: in drafts, published, swapped, restored and at night."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import AM, PM, Away, Duty, PublishedSeat, Rota, Seat
from rota.errors import RotaError
from rota.explaining import Change
from rota.services.answers import grants, proposals
from rota.services.drafts import drafts
from rota.services.drafts.draft_view import DraftView
from rota.services.requests import new_requests, swap_fit
from rota.services.requests.published_rotas import NotPossible, PublishedRotas
from rota.services.requests.request_states import find_ask
from rota.services.rotas import comparisons, version_rota, versions
from rota.services.runs import night, run_requests
from rota.services.units import record_changes, renaming
from rota.services.units.lookup import find_unit, hold_unit
from rota.store.databases.database import Database
from rota.store.rotas import presence
from rota.store.units import units
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, keep, sick, work_off_as
from tests.rota_text import FRI, MON, TUE, WED, rota
from tests.stored import act, in_force, publish

# Somebody of the skill "trial" is due at the court on the mornings of Tuesday and Wednesday. Ann
# has it, and so has Bob. Dan works on mornings only.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   C/O O   O   H
Bob     H   O   C/H O   H
Cat     O   H   O   O   O
Dan     O/- O/- O/- O/- O/-
"""
OFFICERS = {
    "Ann": {"skills": frozenset(["trial"]), "email": "ann@example.org"},
    "Bob": {"skills": frozenset(["trial"])},
}
SPLIT = (
    PublishedSeat("ann", TUE, "Crown Court", part=AM),
    PublishedSeat("ann", TUE, "Leeds", part=PM),
)
BOTH_PLACES = "Crown Court in the morning, Leeds in the afternoon"


@pytest.fixture
@filled_once
def unit(database: Database) -> Database:
    """The unit of the chart as its version 1."""
    duties = [Duty(day, "Crown Court", 1, "trial", part=AM) for day in (TUE, WED)]
    keep(database, CHART, officers=OFFICERS, duties=duties, on=["cover"])
    publish(database, EARLIER, rota=rota(CHART))
    return database


def look(database: Database) -> DraftView:
    return drafts.load_view(database, EARLIER, unit="Blue", start=MON)


def day_of(staff_no: str, day: date) -> dict[str, object]:
    return {"unit": "Blue", "staff_no": staff_no, "day": day}


def seats_on(database: Database, staff_no: str, day: date) -> tuple[PublishedSeat, ...]:
    return tuple(s for s in in_force(database) if (s.staff_no, s.date) == (staff_no, day))


def told(database: Database) -> Rota:
    return Rota.of(seat.seat for seat in in_force(database))


def plan_a_night(database: Database, wished: Rota | None = None) -> None:
    night.request_nights(database, EARLIER, unit="Blue", as_of=EARLIER.today, seconds=1)
    work_off_as(database, EARLIER, wished or Rota.of([]))


def refused(database: Database, staff_no: str, day: date, am: str, pm: str) -> str:
    with pytest.raises(RotaError) as error:
        draft_edits.split(database, EARLIER, am=am, pm=pm, **day_of(staff_no, day))
    return str(error.value)


# Published


def test_a_split_day_is_published_as_two_seats(unit: Database) -> None:
    assert told(unit) == rota(CHART)
    assert seats_on(unit, "ann", TUE) == SPLIT
    # Four officers on five days, of which two are split.
    assert versions.list_versions(unit, EARLIER, unit="Blue")[0].seats == 22


def test_a_version_tells_where_somebody_is_in_each_half(unit: Database) -> None:
    ann = version_rota.load_version_rota(unit, EARLIER, unit="Blue", number=1).rows[0]
    assert (ann.sites[MON], ann.sites[TUE]) == ("Leeds", BOTH_PLACES)


# In a draft


def test_a_split_day_is_moved_to_one_site_by_hand(unit: Database) -> None:
    edited = draft_edits.move(unit, EARLIER, site="home", **day_of("ann", TUE))
    changes = (
        Change("ann", TUE, "Crown Court", "home", AM),
        Change("ann", TUE, "Leeds", "home", PM),
    )
    assert edited.after.changes == changes
    seen = look(unit)
    assert seen.changes == changes
    assert seen.draft.moved_from == {("ann", TUE): tuple(seat.seat for seat in SPLIT)}
    assert seen.remarks.by_hand == (
        f"Ann (ann) on Tuesday 5 January 2027: moved to home from {BOTH_PLACES}",
    )
    compared = comparisons.compare_draft(unit, EARLIER, unit="Blue", start=MON).selected
    assert compared is not None
    assert compared.with_published is not None
    (day,) = compared.with_published.people[0].days
    assert (day.before, day.after) == (BOTH_PLACES, "home")


def test_a_day_that_is_split_again_is_not_moved_by_hand_any_more(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, site="home", **day_of("ann", TUE))
    draft_edits.split(unit, EARLIER, am="Crown Court", pm="Leeds", **day_of("ann", TUE))
    seen = look(unit)
    assert (seen.draft.moved_from, seen.changes, seen.by_hand) == ({}, (), ())


def test_only_the_half_that_changes_is_a_change(unit: Database) -> None:
    draft_edits.split(unit, EARLIER, am="Crown Court", pm="home", **day_of("ann", TUE))
    assert look(unit).changes == (Change("ann", TUE, "Leeds", "home", PM),)
    published = versions.publish(unit, EARLIER, unit="Blue", start=MON)
    assert told(unit) == rota(CHART.replace("C/O", "C/H"))
    (change,) = versions.list_changes(unit, EARLIER, unit="Blue", number=published.version.number)
    assert (change.before, change.after, change.part) == ("Leeds", "home", PM)


def test_a_day_is_split_only_where_a_duty_or_appointment_takes_a_half(unit: Database) -> None:
    assert refused(unit, "ann", MON, "Leeds", "home") == (
        "Ann (ann) may not be at Leeds in the morning, home in the afternoon on Monday 4 January "
        "2027. Both halves are at one site unless a half-day duty or appointment takes one."
    )
    assert refused(unit, "cat", TUE, "Crown Court", "Leeds") == (
        "Cat (cat) may not use Crown Court on Tuesday 5 January 2027; allowed: Leeds, home."
    )
    assert refused(unit, "dan", TUE, "Leeds", "home") == (
        "Dan (dan) works on the morning of Tuesday 5 January 2027, and would be at Leeds in the "
        "morning, home in the afternoon."
    )
    assert refused(unit, "ann", TUE, "Crown Court", "Leeds") == (
        f"Ann (ann) is at {BOTH_PLACES} on Tuesday 5 January 2027 already."
    )


def test_whoever_works_for_half_a_day_is_moved_for_that_half(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, site="home", **day_of("dan", MON))
    assert look(unit).changes == (Change("dan", MON, "Leeds", "home", AM),)


def test_two_officers_exchange_both_halves(unit: Database) -> None:
    draft_edits.swap(unit, EARLIER, with_staff_no="bob", **day_of("ann", TUE))
    versions.publish(unit, EARLIER, unit="Blue", start=MON)
    assert told(unit) == rota(CHART.replace("C/O", "O").replace("H   O   C/H", "H   C/O C/H"))


def test_nobody_takes_over_more_or_less_than_they_work(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, site="home", **day_of("dan", MON))
    with pytest.raises(RotaError) as error:
        draft_edits.swap(unit, EARLIER, with_staff_no="dan", **day_of("cat", MON))
    assert str(error.value) == (
        "Cat (cat) works on Monday 4 January 2027, and would be at home in the morning."
    )


def test_a_split_day_is_locked_whole_and_stays_where_planning_starts_afresh(unit: Database) -> None:
    draft_edits.lock(unit, EARLIER, unit="Blue", staff_no="ann", first=TUE)
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30, start=MON)
    work_off_as(unit, EARLIER, Rota.of([Seat("ann", TUE, "home")]))
    versions.publish(unit, EARLIER, unit="Blue", start=MON)
    assert seats_on(unit, "ann", TUE) == tuple(seat._replace(locked=True) for seat in SPLIT)
    with pytest.raises(RotaError, match="is locked; unlock it first"):
        draft_edits.move(unit, EARLIER, site="home", **day_of("ann", TUE))


def test_a_run_keeps_a_split_day_that_was_made_by_hand(unit: Database) -> None:
    draft_edits.split(unit, EARLIER, am="Crown Court", pm="home", **day_of("ann", TUE))
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30, start=MON)
    wished = [Seat("ann", TUE, "Crown Court", AM), Seat("ann", TUE, "home", PM)]
    work_off_as(unit, EARLIER, Rota.of(wished))
    seen = look(unit)
    assert seen.draft.moved_by_hand == tuple(wished)
    assert seen.draft.moved_from == {("ann", TUE): tuple(seat.seat for seat in SPLIT)}
    assert seen.not_kept == ()


def test_a_run_tells_which_half_it_could_not_keep(unit: Database) -> None:
    draft_edits.split(unit, EARLIER, am="Crown Court", pm="home", **day_of("ann", TUE))
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30, start=MON)
    work_off_as(unit, EARLIER, rota(CHART))
    seen = look(unit)
    assert seen.not_kept == (Seat("ann", TUE, "home", PM),)
    assert seen.remarks.not_kept == (
        "Ann (ann) on Tuesday 5 January 2027 at home in the afternoon; "
        f"the run needed them at {BOTH_PLACES}",
    )
    assert seen.draft.replaced == (Seat("ann", TUE, "home", PM),)


def test_a_whole_day_moved_from_two_sites_is_one_day_of_the_draft(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, site="home", **day_of("ann", TUE))
    assert [s for s in look(unit).draft.seats if s.officer_day == ("ann", TUE)] == [
        PublishedSeat("ann", TUE, "home")
    ]
    draft_edits.move(unit, EARLIER, site="Leeds", **day_of("ann", TUE))
    assert look(unit).draft.moved_from == {("ann", TUE): tuple(seat.seat for seat in SPLIT)}
    draft_edits.clear(unit, EARLIER, **day_of("ann", TUE))
    assert look(unit).changes == ()


def test_the_half_that_fell_away_is_told(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, site="home", **day_of("ann", MON))
    sick(unit, EARLIER, Away("ann", MON, MON, part=PM))
    seen = look(unit)
    assert seen.remarks.fallen == (
        "Ann (ann) on the afternoon of Monday 4 January 2027, who is away",
    )
    assert seen.remarks.by_hand == (
        "Ann (ann) on Monday 4 January 2027: moved to home in the morning from Leeds",
    )
    versions.publish(unit, EARLIER, unit="Blue", start=MON)
    assert seats_on(unit, "ann", MON) == (PublishedSeat("ann", MON, "home", part=AM),)


# Swaps that are agreed to


def test_a_swap_exchanges_sites_and_halves(unit: Database) -> None:
    with unit.writing() as connection:
        held = hold_unit(connection, "Blue")
        rotas = PublishedRotas(connection, held, EARLIER.today)
        swap = swap_fit.fit_swap(rotas, EARLIER.today, day=TUE, staff_no="ann", with_staff_no="bob")
        assert (swap.own.sites, swap.colleague.sites) == (BOTH_PLACES, "Leeds")
        officers = swap.in_force.problem.officers
        grants.publish_swap(connection, EARLIER, held, swap, officers)
    assert told(unit) == rota(CHART.replace("C/O", "O").replace("H   O   C/H", "H   C/O C/H"))
    changes = versions.list_changes(unit, EARLIER, unit="Blue", number=2)
    assert [(c.staff_no, c.before, c.after, c.part) for c in changes] == [
        ("ann", "Crown Court", "Leeds", AM),
        ("bob", "Leeds", "Crown Court", AM),
    ]
    assert {c.reason_for_managers for c in changes} == {
        "Ann and Bob swapped places, and a manager agreed."
    }


def test_a_swap_is_refused_where_somebody_may_not_spend_the_day_so(unit: Database) -> None:
    with unit.reading() as connection:
        rotas = PublishedRotas(connection, find_unit(connection, "Blue"), EARLIER.today)
        with pytest.raises(NotPossible) as error:
            swap_fit.fit_swap(rotas, EARLIER.today, day=TUE, staff_no="ann", with_staff_no="cat")
    assert str(error.value) == (
        "This swap does not fit on Tuesday 5 January 2027: Cat may not be at Crown Court in the "
        "morning, Leeds in the afternoon that day."
    )


def test_a_swap_lapses_when_one_of_the_two_is_away_for_half_the_day(unit: Database) -> None:
    number = new_requests.ask_for_swap(
        unit, EARLIER, unit="Blue", staff_no="ann", with_staff_no="bob", day=TUE
    )
    sick(unit, EARLIER, Away("bob", TUE, TUE, part=PM))
    plan_a_night(unit)
    with unit.reading() as connection:
        ask = find_ask(connection, find_unit(connection, "Blue"), number)
    assert (ask.own_site, ask.with_site, ask.state) == (BOTH_PLACES, "Leeds", "lapsed")
    assert ask.outcome == (
        "Bob is at Leeds in the morning now, and was at Leeds when it was asked for."
    )


# Restored, and at night


def test_a_split_day_is_restored(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, site="home", **day_of("ann", TUE))
    versions.publish(unit, EARLIER, unit="Blue", start=MON, is_acknowledged=True)
    assert seats_on(unit, "ann", TUE) == (PublishedSeat("ann", TUE, "home"),)
    versions.restore(unit, EARLIER, unit="Blue", number=1)
    assert told(unit) == rota(CHART)


def test_whoever_is_ill_for_half_a_day_keeps_the_other_half(unit: Database) -> None:
    sick(unit, EARLIER, Away("ann", TUE, TUE, part=PM))
    with unit.reading() as connection:
        unit_id = find_unit(connection, "Blue").id
        tables = units.load(connection, unit_id)
        present = presence.list_present(connection, unit_id, tables, TUE)
    assert [(p.site, p.part) for p in present if p.staff_no == "ann"] == [("Crown Court", AM)]
    plan_a_night(unit)
    assert told(unit) == rota(CHART.replace("C/O", "C/-"))
    assert [
        change.part for change in versions.list_changes(unit, EARLIER, unit="Blue", number=2)
    ] == [PM]


def test_the_void_half_of_a_whole_day_goes_at_once_and_its_rest_waits_for_a_yes(
    unit: Database,
) -> None:
    sick(unit, EARLIER, Away("cat", FRI, FRI, part=PM))
    late = act(WED)
    night.request_nights(unit, late, unit="Blue", as_of=WED, seconds=1)
    work_off_as(unit, late, Rota.of([Seat("cat", FRI, "home", AM)]))
    assert seats_on(unit, "cat", FRI) == (PublishedSeat("cat", FRI, "Leeds", part=AM),)
    (proposal,) = proposals.list_waiting(unit, late, unit="Blue")
    assert (proposal.before, proposal.after, proposal.part) == ("Leeds", "home", AM)
    proposals.accept(unit, late, unit="Blue")
    assert seats_on(unit, "cat", FRI) == (PublishedSeat("cat", FRI, "home", part=AM),)


def test_the_halves_of_a_day_are_accepted_together(unit: Database) -> None:
    record_changes.record(
        unit,
        EARLIER,
        unit="Blue",
        table="appointments",
        rows=[{"staff_no": "cat", "date": f"{FRI}", "site": "Crown Court", "part": AM}],
    )
    late = act(WED)
    night.request_nights(unit, late, unit="Blue", as_of=WED, seconds=1)
    wished = [Seat("cat", FRI, "Crown Court", AM), Seat("cat", FRI, "home", PM)]
    work_off_as(unit, late, Rota.of(wished))
    judged = proposals.list_judged(unit, late, unit="Blue")
    assert [(each.proposal.part, each.trouble) for each in judged] == [(AM, ""), (PM, "")]
    proposals.accept(unit, late, unit="Blue", numbers=[judged[0].proposal.id])
    assert [seat.seat for seat in seats_on(unit, "cat", FRI)] == wished
    assert proposals.list_waiting(unit, late, unit="Blue") == ()


def test_leave_for_half_a_day_is_taken_back_for_half_of_it(unit: Database) -> None:
    row = {"staff_no": "ann", "first": f"{MON}", "last": f"{WED}", "kind": "sick"}
    record_changes.record(unit, EARLIER, unit="Blue", table="away", rows=[row])
    back = {**row, "first": f"{TUE}", "last": f"{TUE}", "part": AM}
    record_changes.withdraw_away(unit, EARLIER, unit="Blue", row=back)
    with unit.reading() as connection:
        problem = (
            PublishedRotas(connection, find_unit(connection, "Blue"), EARLIER.today)
            .list_between(MON, FRI)[0]
            .problem
        )
    ill = [spell for spell in problem.unit.away if spell.kind == "sick"]
    assert ill == [
        Away("ann", MON, MON, "sick"),
        Away("ann", TUE, TUE, "sick", PM),
        Away("ann", WED, WED, "sick"),
    ]


# Other names


def test_a_site_with_another_name_has_it_in_both_halves(unit: Database) -> None:
    number = new_requests.ask_for_swap(
        unit, EARLIER, unit="Blue", staff_no="ann", with_staff_no="bob", day=TUE
    )
    draft_edits.split(unit, EARLIER, am="Crown Court", pm="home", **day_of("ann", TUE))
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30, start=MON)
    work_off_as(unit, EARLIER, rota(CHART.replace("C/O", "O")))
    renaming.rename(unit, EARLIER, unit="Blue", table="sites", before="Crown Court", after="Assize")
    assert [s.site for s in seats_on(unit, "ann", TUE)] == ["Assize", "Leeds"]
    assert look(unit).draft.not_kept == (
        Seat("ann", TUE, "Assize", AM),
        Seat("ann", TUE, "home", PM),
    )
    with unit.reading() as connection:
        ask = find_ask(connection, find_unit(connection, "Blue"), number)
    assert (ask.own_site, ask.state) == (
        "Assize in the morning, Leeds in the afternoon",
        "with colleague",
    )
