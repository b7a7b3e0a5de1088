"""The changes of a day: recorded and taken back in whole ranges, counted once, and audited."""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import Appointment, Away, Closure, Duty, EarlierTerms, Request
from rota.errors import BadInput, NotFound, RotaError
from rota.reading import list_planning_days
from rota.records.differences import Difference
from rota.services.units import record_changes
from rota.store.databases.database import Database
from rota.store.units import units
from tests.filled_once import filled_once
from tests.rota.services.example import ON_SQLITE, revision
from tests.rota.services.ledger import grown, ledger
from tests.rota_text import FRI, MON, THU, TUE, WED, problem
from tests.stored import act, audited, keep_problem

MEL = act(date(2026, 12, 30))
CHART = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     .   .   .   .   .
    Bob     .   .   .   .   .
"""


@pytest.fixture
@filled_once
def blue(database) -> Database:
    """Ann and Bob of the unit Blue, and their namesakes of Green."""
    keep_problem(database, problem(CHART))
    keep_problem(database, problem(CHART), "Green")
    return database


def tables(database, name="Blue"):
    with database.reading() as connection:
        unit = units.find(connection, name)
        assert unit is not None
        return units.load(connection, unit.id)


def away(first, last, staff_no="ann", kind="leave"):
    days = {"first": first.isoformat(), "last": last.isoformat()}
    return {"staff_no": staff_no, "kind": kind, **days}


def record(database, table, *rows, doer=MEL):
    return record_changes.record(database, doer, unit="Blue", table=table, rows=rows).differences


def withdraw(database, table, *rows, doer=MEL):
    return record_changes.withdraw(database, doer, unit="Blue", table=table, rows=rows).differences


def withdraw_away(database, row):
    return record_changes.withdraw_away(database, MEL, unit="Blue", row=row).differences


def duty(day, needed, skill="", site="Crown Court"):
    return {"date": day.isoformat(), "site": site, "needed": str(needed), "skill": skill}


@pytest.mark.parametrize("kind", ["leave", "sick", "training", "other"])
def test_days_away_are_recorded_from_first_to_last(blue, kind):
    spell = Away("ann", MON, WED, kind)
    assert record(blue, "away", away(MON, WED, kind=kind)) == (
        Difference("away", added_rows=(spell,)),
    )
    assert tables(blue).away == (spell,)
    assert tables(blue, "Green").away == ()


def test_what_is_known_already_changes_nothing(blue):
    record(blue, "away", away(MON, WED))
    before = ledger(blue)
    assert record(blue, "away", away(MON, WED)) == ()
    assert ledger(blue) == before


def test_spells_of_two_kinds_may_share_days(blue):
    record(blue, "away", away(MON, FRI))
    record(blue, "away", away(TUE, WED, kind="sick"))
    assert tables(blue).away == (Away("ann", MON, FRI), Away("ann", TUE, WED, "sick"))


def test_to_take_back_all_of_a_spell_leaves_nothing(blue):
    record(blue, "away", away(MON, WED))
    gone = Difference("away", removed_rows=(Away("ann", MON, WED),))
    assert withdraw_away(blue, away(MON, FRI)) == (gone,)
    assert tables(blue).away == ()


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [
        (MON, TUE, [(WED, FRI)]),
        (date(2026, 12, 1), MON, [(TUE, FRI)]),
        (THU, FRI, [(MON, WED)]),
        (FRI, date(2027, 2, 1), [(MON, THU)]),
        (TUE, THU, [(MON, MON), (FRI, FRI)]),
        (WED, WED, [(MON, TUE), (THU, FRI)]),
    ],
)
@ON_SQLITE
def test_to_take_back_part_of_a_spell_leaves_the_rest(blue, first, last, left):
    record(blue, "away", away(MON, FRI))
    withdraw_away(blue, away(first, last))
    assert tables(blue).away == tuple(Away("ann", *days) for days in left)


def test_days_of_another_kind_or_officer_stay(blue):
    others = (Away("ann", MON, FRI, "sick"), Away("bob", MON, FRI))
    record(blue, "away", away(MON, FRI, kind="sick"), away(MON, FRI, "bob"), away(MON, FRI))
    withdraw_away(blue, away(MON, FRI))
    assert tables(blue).away == others
    with pytest.raises(NotFound) as error:
        withdraw_away(blue, away(MON, TUE))
    assert str(error.value) == "No leave of Ann (ann) from 2027-01-04 to 2027-01-05 is recorded."


def test_several_spells_can_be_taken_back_at_once(blue):
    record(blue, "away", away(MON, TUE), away(THU, FRI))
    withdraw_away(blue, away(TUE, THU))
    assert tables(blue).away == (Away("ann", MON, MON), Away("ann", FRI, FRI))


def test_a_duty_takes_the_place_of_one_of_the_same_date_site_and_skill(blue):
    record(blue, "duties", duty(MON, 1), duty(MON, 2, "law"), duty(TUE, 1))
    was, now = Duty(MON, "Crown Court", 1), Duty(MON, "Crown Court", 3)
    assert record(blue, "duties", duty(MON, 3)) == (
        Difference("duties", changed_rows=((was, now),)),
    )
    law, tuesday = Duty(MON, "Crown Court", 2, "law"), Duty(TUE, "Crown Court", 1)
    assert tables(blue).duties == (now, law, tuesday)


def test_a_duty_is_taken_back_however_many_it_needs(blue):
    record(blue, "duties", duty(MON, 1), duty(MON, 2, "law"))
    gone = Difference("duties", removed_rows=(Duty(MON, "Crown Court", 1),))
    assert withdraw(blue, "duties", duty(MON, 9)) == (gone,)
    assert tables(blue).duties == (Duty(MON, "Crown Court", 2, "law"),)


def closure(day, desks):
    return {"site": "Leeds", "date": day.isoformat(), "desks": str(desks)}


def test_a_closure_takes_the_place_of_that_day_s_and_can_be_taken_back(blue):
    record(blue, "closures", closure(MON, 0), closure(TUE, 0))
    was, now = Closure("Leeds", MON, MON, 0), Closure("Leeds", MON, MON, 5)
    changed = Difference("closures", changed_rows=((was, now),))
    assert record(blue, "closures", closure(MON, 5)) == (changed,)
    assert tables(blue).closures == (now, Closure("Leeds", TUE, TUE, 0))
    gone = Difference("closures", removed_rows=(now,))
    assert withdraw(blue, "closures", closure(MON, 0)) == (gone,)
    with pytest.raises(NotFound) as error:
        withdraw(blue, "closures", closure(MON, 0))
    assert str(error.value) == "Nothing of that stands in closures of Blue."


def test_a_closure_of_several_days_is_one_row_of_which_days_can_be_taken_back(blue):
    week = {"site": "Leeds", "first": f"{MON}", "last": f"{FRI}", "desks": "0"}
    record(blue, "closures", week)
    assert tables(blue).closures == (Closure("Leeds", MON, FRI, 0),)
    wednesday = {**week, "first": f"{WED}", "last": f"{WED}", "desks": "7"}
    record_changes.reopen_site(blue, MEL, unit="Blue", row=wednesday)
    rest = (Closure("Leeds", MON, TUE, 0), Closure("Leeds", THU, FRI, 0))
    assert set(tables(blue).closures) == set(rest)
    with pytest.raises(NotFound) as error:
        record_changes.reopen_site(blue, MEL, unit="Blue", row=wednesday)
    assert str(error.value) == ("No closure of Leeds from 2027-01-06 to 2027-01-06 is recorded.")


def test_closures_that_contradict_each_other_are_refused(blue):
    week = {"site": "Leeds", "first": f"{MON}", "last": f"{FRI}", "desks": "0"}
    record(blue, "closures", week)
    assert refusal(blue, "closures", closure(WED, 3)) == (
        "closures, desks: 3 contradicts what is recorded, which has 0 at Leeds on 2027-01-06."
    )
    assert refusal(blue, "closures", closure(MON, 3), {**week, "site": "York"}) == (
        "closures, desks: 3 contradicts what is recorded, which has 0 at Leeds on 2027-01-04."
    )
    assert tables(blue).closures == (Closure("Leeds", MON, FRI, 0),)
    # What says the same of some days is no contradiction.
    record(blue, "closures", closure(WED, 0))
    assert len(tables(blue).closures) == 2


def test_appointments_and_requests_are_recorded_and_taken_back(blue):
    appointment = {"staff_no": "ann", "date": "2027-01-04", "site": "York"}
    request = {"staff_no": "ann", "when": "Fri", "wants": "home", "strength": "2"}
    record(blue, "appointments", appointment)
    record(blue, "requests", request, {**request, "when": "2027-01-05", "strength": ""})
    assert tables(blue).appointments == (Appointment("ann", MON, "York"),)
    assert tables(blue).requests == (Request("ann", 4, "home", 2), Request("ann", TUE, "home"))
    withdraw(blue, "appointments", appointment)
    withdraw(blue, "requests", request)
    assert tables(blue).appointments == ()
    assert tables(blue).requests == (Request("ann", TUE, "home"),)


def test_a_row_told_twice_counts_once(blue):
    record(blue, "duties", duty(MON, 1), duty(MON, 1))
    assert tables(blue).duties == (Duty(MON, "Crown Court", 1),)


def test_an_officer_s_row_is_replaced_by_their_number(blue):
    bob = tables(blue).officers[1]
    row = {
        "staff_no": "bob",
        "name": "Bob Hill",
        "team": "Blue",
        "grade": "PO",
        "start_date": "2020-01-06",
        "base_site": "York",
        "working_days": "Mon Tue Wed Thu Fri",
    }
    now = replace(bob, name="Bob Hill", base="York", since=MEL.tomorrow)
    assert record(blue, "officers", row) == (Difference("officers", changed_rows=((bob, now),)),)
    assert tables(blue).earlier == (EarlierTerms(replace(bob, name="Bob Hill"), MEL.tomorrow),)


def refusal(database, table, *rows):
    """What is said of rows that are refused; nothing is kept of any."""
    before = ledger(database)
    with pytest.raises(BadInput) as error:
        record(database, table, *rows)
    assert ledger(database) == before
    return str(error.value)


def test_every_fault_of_a_row_is_told_as_if_it_stood_in_a_file(blue):
    assert refusal(blue, "away", away(MON, TUE, "anne")) == (
        "away, staff_no: anne is not a staff number here. Maybe ann?"
    )
    assert refusal(blue, "away", away(TUE, MON)) == (
        "away, last: 2027-01-04 is before first, which is 2027-01-05."
    )
    assert refusal(blue, "away", away(MON, MON, kind="holiday", staff_no="")) == (
        "away, staff_no: this cell must not be blank.\n"
        "away, kind: holiday is not one of leave, sick, training, lieu, other."
    )
    assert refusal(blue, "duties", duty(MON, -1, site="Court")) == (
        "duties, site: Court is not a site here. Maybe Crown Court?\n"
        "duties, needed: -1 is not a whole number from 0 to 10000."
    )
    assert refusal(blue, "closures", closure(MON, 5) | {"site": "home"}) == (
        "closures, site: home is not allowed here."
    )
    request = {"staff_no": "ann", "when": "Munday", "wants": "sofa", "strength": "4"}
    assert refusal(blue, "requests", request) == (
        "requests, when: Munday is not a date (2027-01-04 or 04/01/2027) or one of Mon, Tue, Wed, "
        "Thu, Fri. Maybe Mon?\n"
        "requests, wants: sofa is not one of office, court, partner, prison, home.\n"
        "requests, strength: 4 is not a whole number from 1 to 3."
    )


def test_of_several_rows_all_are_kept_or_none(blue):
    assert refusal(blue, "duties", duty(MON, 1), duty(TUE, 1, site="Court")) == (
        "duties, site: Court is not a site here. Maybe Crown Court?"
    )


def test_an_unknown_unit_is_refused_and_a_near_one_offered(blue):
    with pytest.raises(NotFound) as error:
        record_changes.record(blue, MEL, unit="Bleu", table="away", rows=[away(MON, MON)])
    assert str(error.value) == "There is no unit Bleu. Maybe Blue?"


def test_the_revision_rises_with_each_change_and_only_then(blue):
    was = revision(blue)
    record(blue, "away", away(MON, WED))
    assert revision(blue) == was + 1
    record(blue, "away", away(MON, WED))
    refusal(blue, "away", away(WED, MON))
    assert revision(blue) == was + 1
    withdraw_away(blue, away(TUE, TUE))
    assert revision(blue) == was + 2
    withdraw(blue, "away", away(WED, WED))
    assert revision(blue) == was + 3
    assert revision(blue, "Green") == was


def test_a_change_is_audited_with_the_rows_before_and_after(blue):
    before = ledger(blue)
    record(blue, "duties", duty(MON, 1), duty(TUE, 1), doer=act(MON, "Ida"))
    record(blue, "duties", duty(MON, 2))
    withdraw(blue, "duties", duty(TUE, 1))
    assert grown(before, blue) == {"unit", "duty", "audit"}
    gone, changed, added = audited(blue, unit="Blue")
    no_weekdays = {"part": "", **dict.fromkeys(("first", "last", "every"))}
    monday = {"date": "2027-01-04", "site": "Crown Court", "skill": None, **no_weekdays}
    tuesday = {**monday, "date": "2027-01-05", "needed": 1}
    assert (added.actor, added.place, added.at) == ("Ida", "a test", act(MON).at)
    assert [(its.what, its.before, its.after) for its in (added, changed, gone)] == [
        ("added to duties", {}, {"duties": [{**monday, "needed": 1}, tuesday]}),
        (
            "added to duties",
            {"duties": [{**monday, "needed": 1}]},
            {"duties": [{**monday, "needed": 2}]},
        ),
        ("removed from duties", {"duties": [tuesday]}, {}),
    ]
    assert audited(blue, unit="Green") == ()


def test_a_spell_that_is_split_is_audited_as_a_whole(blue):
    record(blue, "away", away(MON, FRI))
    withdraw_away(blue, away(WED, WED))
    entry = audited(blue)[0]
    assert (entry.what, entry.before, entry.after) == (
        "removed from away",
        {"away": [{**away(MON, FRI), "part": ""}]},
        {"away": [{**away(MON, TUE), "part": ""}, {**away(THU, FRI), "part": ""}]},
    )


def test_a_range_has_its_mondays_to_fridays_but_no_bank_holidays():
    christmas = list_planning_days(date(2026, 12, 23), date(2027, 1, 5))
    assert [f"{day:%a %d}" for day in christmas] == [
        "Wed 23",
        "Thu 24",
        "Tue 29",
        "Wed 30",
        "Thu 31",
        "Mon 04",
        "Tue 05",
    ]
    off = list_planning_days(MON, WED, (TUE,))
    assert off == (MON, WED)
    leap = list_planning_days(date(2028, 2, 28), date(2028, 3, 1))
    assert leap == (date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1))


def test_a_range_without_a_last_day_is_its_first_day():
    assert list_planning_days(WED, None) == (WED,)
    assert list_planning_days(WED, WED) == (WED,)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 1, 9), date(2027, 1, 10)),
        (date(2027, 3, 26), date(2027, 3, 29)),
        (date(2027, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_range_that_nobody_works_has_all_of_its_days(first, last):
    days = list_planning_days(first, last)
    assert (days[0], days[-1], len(days)) == (first, last, (last - first).days + 1)


def said(database, table, *rows):
    """The remarks on rows that are recorded all the same."""
    recorded = record_changes.record(database, MEL, unit="Blue", table=table, rows=rows)
    assert recorded.differences
    return [str(remark) for remark in recorded.remarks]


def test_what_has_no_effect_is_recorded_with_a_remark(blue):
    saturday = date(2027, 1, 9)
    assert said(blue, "away", away(saturday, saturday)) == [
        "away: 1 absence has no effect, because nobody works at weekends: "
        "Ann (ann), Saturday 9 January 2027."
    ]
    request = {"staff_no": "ann", "when": saturday.isoformat(), "wants": "home"}
    assert said(blue, "requests", request) == [
        "requests: 1 request has no effect, because nobody works at weekends: "
        "Ann (ann) for home on Saturday 9 January 2027."
    ]
    assert said(blue, "duties", duty(saturday, 1), duty(MON, 1, "cuort")) == [
        "duties: 1 duty cannot be met, because nobody may be asked for extra days: "
        "Crown Court on Saturday 9 January 2027.",
        "duties: 1 duty cannot be met, because nobody has the skill cuort: "
        "Crown Court (skill cuort) on Monday 4 January 2027.",
    ]
    assert said(blue, "closures", closure(date(2027, 1, 16), 0)) == [
        "closures: 1 closure has no effect, because nobody works at weekends: "
        "Leeds on Saturday 16 January 2027."
    ]
    appointment = {"staff_no": "ann", "date": saturday.isoformat(), "site": "York"}
    assert said(blue, "appointments", appointment) == [
        "appointments: 1 appointment cannot be kept, because nobody works at weekends: "
        "Ann (ann) at York on Saturday 9 January 2027."
    ]


def test_what_has_an_effect_is_recorded_without_a_remark(blue):
    assert said(blue, "away", away(FRI, date(2027, 1, 11))) == []
    assert said(blue, "duties", duty(MON, 1)) == []


def test_the_longest_range_is_of_two_years():
    days = list_planning_days(MON, date(2029, 1, 4))
    assert (days[0], days[-1]) == (MON, date(2029, 1, 4))


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (TUE, MON, "2027-01-04 is before 2027-01-05; the last day comes second."),
        (MON, date(2029, 1, 5), "From 2027-01-04 to 2029-01-05 is longer than 731 days."),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(first, last, says):
    with pytest.raises(RotaError) as error:
        list_planning_days(first, last)
    assert str(error.value) == says


def test_the_last_days_there_are_can_be_given():
    assert list_planning_days(date(9999, 12, 31), None) == (date(9999, 12, 31),)


def test_what_other_records_name_is_not_withdrawn(blue):
    court = {"site": "Crown Court", "kind": "court"}
    record(blue, "duties", duty(MON, 1))
    before = ledger(blue)
    with pytest.raises(BadInput) as error:
        withdraw(blue, "sites", court)
    assert str(error.value).startswith("duties, site: Crown Court is not a site here.")
    assert ledger(blue) == before
    withdraw(blue, "duties", duty(MON, 1))
    assert [difference.table for difference in withdraw(blue, "sites", court)] == ["sites"]
