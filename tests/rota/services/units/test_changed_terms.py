"""Terms of a record are changed from a day on, and what held before and after is told.

Everybody acts on Wednesday 30 December 2026, so that a change usually holds from 31 December.
"""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import EarlierTerms, Team, WorkingPattern
from rota.errors import BadInput
from rota.services.units import record_details, record_edits, record_list
from rota.services.units.record_list import RecordTerms
from rota.store.databases.database import Database
from rota.store.units import units
from tests.rota.services.access.test_record_rights import OF_ALL, OF_BLUE, OF_RED
from tests.rota.services.example import ON_SQLITE
from tests.rota.services.ledger import grown, ledger
from tests.rota_text import problem
from tests.stored import act, keep

CHART = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     .   .   .   .   .
    Bob     .   .   .   .   .
    Cai     .   .   .   .   .
"""
TURNS = WorkingPattern.parse("Mon Tue / Wed")
"""Counted from Ann's start in the week of Monday 7 December 2026: that week is a Mon Tue."""

PROBLEM = problem(
    CHART,
    officers={
        "Ann": {"start_date": date(2026, 12, 7), "working_days": TURNS},
        "Bob": {"team": "Red", "skills": frozenset({"law"})},
        "Cai": {"start_date": date(2027, 2, 1), "working_days": TURNS},
    },
    teams={"Red": "York"},
)


@pytest.fixture
def blue(database) -> Database:
    keep(database, "Blue", PROBLEM.unit, PROBLEM.policy)
    return database


def load(database):
    with database.reading() as connection:
        unit = units.find(connection, "Blue")
        assert unit is not None
        return units.load(connection, unit.id)


def find_record(database, table, words, doer=OF_ALL):
    (record,) = record_list.list_records(
        database, doer, unit="Blue", table=table, words=words
    ).records
    return record


def open_form(database, table, words, doer=OF_ALL):
    number = find_record(database, table, words).number
    opened = record_details.open_record(database, doer, unit="Blue", table=table, number=number)
    assert opened.record is not None
    return opened.record


def change(database, table, words, doer=OF_ALL, **texts):
    record = open_form(database, table, words, doer)
    if "since" in texts:
        texts["from"] = texts.pop("since")
    return record_edits.change(
        database,
        doer,
        unit="Blue",
        table=table,
        number=record.number,
        seal=record.seal,
        texts={**record.texts, **texts},
    )


def list_terms(database, table, words, doer=OF_ALL):
    return find_record(database, table, words, doer).terms


@ON_SQLITE
def test_a_form_is_opened_with_what_holds_from_tomorrow(blue):
    # Three weeks after Ann's start it is the turn of the Wednesday.
    form = open_form(blue, "officers", "Ann")
    assert form.texts["from"] == "2026-12-31"
    assert form.texts["working_days"] == "Wed / Mon Tue"
    stored = find_record(blue, "officers", "Ann")
    assert (stored.texts["from"], stored.texts["working_days"]) == ("", "Mon Tue / Wed")
    assert form.seal == stored.seal
    # Before Cai's start there is nothing that could stay as it was.
    form = open_form(blue, "officers", "Cai")
    assert (form.texts["from"], form.texts["working_days"]) == ("2027-02-01", "Mon Tue / Wed")
    assert open_form(blue, "teams", "Red").texts["from"] == "2026-12-31"


@ON_SQLITE
@pytest.mark.parametrize("since", ["", "2026-12-31", "11/1/2027", "7 Dec 2026", "2020-01-06"])
@pytest.mark.parametrize("name", ["Ann", "Bob", "Cai"])
def test_what_is_saved_as_it_was_opened_changes_nothing_whatever_day_is_told(blue, since, name):
    before = ledger(blue)
    recorded = change(blue, "officers", name, since=since)
    assert (recorded.differences, recorded.since) == ((), None)
    assert ledger(blue) == before


def test_a_change_holds_from_the_day_that_is_told(blue):
    before = ledger(blue)
    recorded = change(blue, "officers", "Bob", team="Blue", since="18/1/2027")
    assert recorded.since == date(2027, 1, 18)
    assert grown(before, blue) == {"officer", "earlier_terms", "audit", "unit"}
    unit, bob = load(blue), PROBLEM.unit.officers[1]
    assert unit.earlier == (EarlierTerms(bob, date(2027, 1, 18)),)
    assert unit.officers[1] == replace(bob, team="Blue", since=date(2027, 1, 18))
    assert list_terms(blue, "officers", "Bob") == (
        RecordTerms(None, date(2027, 1, 17), {"team": "Red"}),
        RecordTerms(date(2027, 1, 18), None, {"team": "Blue"}),
    )
    assert list_terms(blue, "officers", "Ann") == ()


@ON_SQLITE
def test_a_blank_day_is_tomorrow(blue):
    assert change(blue, "teams", "Red", office="Leeds", since=" ").since == date(2026, 12, 31)
    assert load(blue).earlier == (EarlierTerms(Team("Red", "York"), date(2026, 12, 31)),)


@ON_SQLITE
def test_a_change_before_another_that_is_to_come_holds_in_both(blue):
    change(blue, "officers", "Bob", team="Blue", since="18/1/2027")
    change(blue, "officers", "Bob", base_site="York", since="")
    assert list_terms(blue, "officers", "Bob") == (
        RecordTerms(None, date(2026, 12, 30), {"base_site": "Leeds"}),
        RecordTerms(date(2026, 12, 31), date(2027, 1, 17), {"team": "Red", "base_site": "York"}),
        RecordTerms(date(2027, 1, 18), None, {"team": "Blue"}),
    )


@ON_SQLITE
def test_what_is_no_term_changes_at_all_times_and_has_no_day(blue):
    recorded = change(blue, "officers", "Bob", name="Bob Hill", since="18/1/2027")
    assert recorded.differences != ()
    assert recorded.since is None
    unit = load(blue)
    assert (unit.officers[1].name, unit.officers[1].since, unit.earlier) == ("Bob Hill", None, ())
    recorded = change(blue, "officers", "Cai", team="Red", since="18/1/2027")
    assert recorded.since is None, "Cai has not started by then"
    assert load(blue).earlier == ()


@ON_SQLITE
def test_weeks_in_turn_are_counted_from_the_day_that_is_told(blue):
    change(blue, "officers", "Ann", working_days="Mon / Fri", since="20/1/2027")
    ann = load(blue).officers[0]
    assert (str(ann.working_days), ann.since) == ("Mon / Fri", date(2027, 1, 20))
    # With another change the turns go on: the week of 27 January 2027 is that of the Friday.
    change(blue, "officers", "Ann", team="Red", since="27/1/2027")
    ann = load(blue).officers[0]
    assert (str(ann.working_days), ann.since) == ("Fri / Mon", date(2027, 1, 27))
    assert [terms.texts for terms in list_terms(blue, "officers", "Ann")] == [
        {"working_days": "Mon Tue / Wed"},
        {"team": "Blue", "working_days": "Mon / Fri"},
        {"team": "Red"},
    ]


@ON_SQLITE
def test_a_day_that_is_none_is_told_beside_it(blue):
    before = ledger(blue)
    with pytest.raises(BadInput) as refused:
        change(blue, "officers", "Bob", team="Blue", since="soon")
    (fault,) = refused.value.faults
    assert (fault.column, fault.value) == ("from", "soon")
    assert ledger(blue) == before


@ON_SQLITE
def test_terms_are_told_as_far_as_the_record_may_be_read(blue):
    change(blue, "officers", "Bob", skills="law;youth", base_site="York", since="18/1/2027")
    assert list_terms(blue, "officers", "Bob", OF_RED)[1].texts == {
        "base_site": "York",
        "skills": "law;youth",
    }
    assert list_terms(blue, "officers", "Bob", OF_BLUE)[1].texts == {"base_site": "York"}
    change(blue, "officers", "Ann", skills="law", since="18/1/2027")
    assert list_terms(blue, "officers", "Ann", OF_RED) == ()


@ON_SQLITE
def test_one_page_tells_the_terms_of_an_officer(blue):
    change(blue, "officers", "Bob", team="Blue", since="18/1/2027")
    number = find_record(blue, "officers", "Bob").number
    records = record_details.find_officer_records(blue, OF_ALL, unit="Blue", number=number)
    assert [terms.texts for terms in records.officer.terms] == [{"team": "Red"}, {"team": "Blue"}]
    assert open_form(blue, "officers", "Bob").terms == records.officer.terms


@ON_SQLITE
def test_who_comes_back_was_not_here_meanwhile(blue):
    record = find_record(blue, "teams", "Red")
    change(blue, "officers", "Bob", team="Blue", since="2020-01-06")
    record_edits.remove(
        blue, OF_ALL, unit="Blue", table="teams", number=record.number, seal=record.seal
    )
    later = replace(act(date(2027, 3, 1)), rights=OF_ALL.rights)
    texts = {"team": "Red", "office": "Leeds"}
    record_edits.add(blue, later, unit="Blue", table="teams", texts=texts)
    assert load(blue).teams[-1] == Team("Red", "Leeds", since=date(2027, 3, 2))
    assert list_terms(blue, "teams", "Red") == (
        RecordTerms(None, date(2026, 12, 30), {"office": "York"}),
        RecordTerms(date(2027, 3, 2), None, {"office": "Leeds"}),
    )
