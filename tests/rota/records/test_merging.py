"""What people and files both changed since the last import, row by row and column by column.

Officers are told by number, team and e-mail address; all are based at Leeds.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rota.domain import (
    HOME,
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    Site,
    Team,
    Unit,
    WorkingPattern,
)
from rota.records.differences import find_differences
from rota.records.merging import MergedRow, merge
from rota.records.naming import REFERRED_TO, name_of, names_in_row

MON, TUE, WED = (date(2027, 1, day) for day in (4, 5, 6))

LEEDS, YORK = Site("Leeds", "office", 8), Site("York", "office", 2)

RED, TAN = Team("Red", "Leeds"), Team("Tan", "York")


def officer(staff_no, team="Red", email="", **rest):
    told = {"name": f"Officer {staff_no}", "grade": "PO", "base": "Leeds", **rest}
    return Officer(
        staff_no=staff_no,
        team=team,
        email=email,
        start_date=MON,
        working_days=WorkingPattern.of_days(range(5)),
        **told,
    )


ANN, BOB = officer("1"), officer("2")

SICK = Away("1", MON, TUE, "sick")

LAST = Unit(sites=(LEEDS, YORK), teams=(RED, TAN), officers=(ANN, BOB))


def told(last, mine, theirs):
    """The unit after the merge, whose rows are in any order, and what is kept."""
    merged = merge(last, mine, theirs)
    return {
        name: set(rows) for name, rows in vars(merged.unit).items() if rows
    }, merged.rows_of_people


def rows_of(unit):
    return {name: set(rows) for name, rows in vars(unit).items() if rows}


def test_what_nobody_recorded_is_as_the_file_says():
    theirs = replace(LAST, officers=(ANN, replace(BOB, email="b@x")), away=(SICK,))
    assert told(LAST, LAST, theirs) == (rows_of(theirs), ())


def test_the_same_file_again_leaves_what_people_added_changed_and_took_out():
    closed, open_ = Closure("Leeds", MON, MON, 0), Closure("Leeds", MON, MON, 3)
    last = replace(LAST, away=(SICK,), closures=(closed,))
    mine = replace(
        last,
        officers=(replace(ANN, email="a@x"), BOB),
        away=(),
        duties=(Duty(MON, "York", 1),),
        closures=(open_,),
    )
    assert told(last, mine, last) == (
        rows_of(mine),
        (
            MergedRow("officers", ANN, mine.officers[0], mine.officers[0], ANN),
            MergedRow("away", SICK, None, None, SICK),
            MergedRow("duties", None, mine.duties[0], mine.duties[0], None),
            MergedRow("closures", closed, open_, open_, closed),
        ),
    )


def test_a_closure_of_a_file_gives_way_to_what_people_recorded_for_some_of_its_days():
    mine = replace(LAST, closures=(Closure("Leeds", MON, TUE, 0),))
    clash, other = Closure("Leeds", TUE, WED, 3), Closure("York", TUE, WED, 3)
    theirs = replace(LAST, closures=(clash, other))
    assert told(LAST, mine, theirs) == (
        rows_of(replace(LAST, closures=(*mine.closures, other))),
        (
            MergedRow("closures", None, mine.closures[0], mine.closures[0], None),
            MergedRow("closures", None, None, None, clash),
        ),
    )
    # What the last file had gives way to the new one.
    assert told(mine, mine, theirs) == (rows_of(theirs), ())


def test_a_file_that_has_come_to_say_what_people_recorded_has_nothing_kept():
    mine = replace(LAST, away=(SICK,), officers=(replace(ANN, email="a@x"), BOB))
    assert told(LAST, mine, mine) == (rows_of(mine), ())


def test_columns_that_only_one_side_changed_are_as_that_side_has_them():
    """People gave Ann an address and made her an SPO; so does the file, and moves her to Tan."""
    mine = replace(LAST, officers=(replace(ANN, email="a@x", grade="SPO"), BOB))
    theirs = replace(LAST, officers=(replace(ANN, team="Tan", grade="SPO"), BOB))
    both = replace(ANN, email="a@x", grade="SPO", team="Tan")
    assert told(LAST, mine, theirs) == (
        rows_of(replace(LAST, officers=(both, BOB))),
        (MergedRow("officers", ANN, mine.officers[0], both, theirs.officers[0]),),
    )


def test_a_column_that_both_changed_stays_as_people_have_it():
    mine = replace(LAST, officers=(replace(ANN, email="a@x"), BOB))
    theirs = replace(LAST, officers=(replace(ANN, email="z@x"), BOB))
    assert told(LAST, mine, theirs)[0] == rows_of(mine)


@pytest.mark.parametrize("theirs", [(ANN,), (ANN, replace(BOB, email="b@x"))])
def test_an_officer_whom_people_took_out_stays_out(theirs):
    mine = replace(LAST, officers=(ANN,))
    unit, kept = told(LAST, mine, replace(LAST, officers=theirs))
    assert unit["officers"] == {ANN}
    assert [its.merged for its in kept] == [None] * (len(theirs) - 1)


def test_an_officer_whom_people_changed_stays_though_the_file_has_them_no_more():
    changed = replace(BOB, email="b@x")
    mine, theirs = replace(LAST, officers=(ANN, changed)), replace(LAST, officers=(ANN,))
    assert told(LAST, mine, theirs) == (
        rows_of(mine),
        (MergedRow("officers", BOB, changed, changed, None),),
    )


def test_what_people_recorded_of_an_officer_goes_with_the_officer():
    mine = replace(
        LAST,
        away=(SICK, replace(SICK, staff_no="2")),
        appointments=(Appointment("1", WED, "Leeds"),),
        links=(Link("1", "2"),),
    )
    unit, kept = told(LAST, mine, replace(LAST, officers=(BOB,)))
    assert unit == rows_of(replace(LAST, officers=(BOB,), away=(replace(SICK, staff_no="2"),)))
    assert [its.recorded for its in kept] == [replace(SICK, staff_no="2")]


def test_what_people_recorded_of_a_site_goes_with_the_site():
    mine = replace(LAST, duties=(Duty(MON, "York", 1), Duty(MON, "Leeds", 1)))
    theirs = replace(LAST, sites=(LEEDS,), teams=(RED,))
    assert told(LAST, mine, theirs)[0] == rows_of(replace(theirs, duties=(Duty(MON, "Leeds", 1),)))


def test_an_appointment_at_home_names_a_site_that_is_always_there():
    mine = replace(LAST, appointments=(Appointment("1", WED, HOME.name),))
    assert told(LAST, mine, LAST)[0] == rows_of(mine)


def test_a_mentor_whom_the_file_takes_away_is_forgotten_or_as_the_file_has_it():
    cyd = officer("3")
    last = replace(LAST, officers=(ANN, BOB, cyd))
    mine = replace(last, officers=(ANN, replace(BOB, mentor="3"), cyd, officer("4", mentor="3")))
    theirs = replace(last, officers=(ANN, replace(BOB, mentor="1")))
    unit, _ = told(last, mine, theirs)
    assert unit["officers"] == {ANN, replace(BOB, mentor="1"), officer("4")}


def test_a_team_or_a_site_without_which_an_officer_could_not_be_stays():
    """People moved Ann to Tan, which meets at York; the file has neither any more."""
    mine = replace(LAST, officers=(officer("5", "Tan", other_sites=("York", "Leeds")), ANN, BOB))
    theirs = replace(LAST, sites=(LEEDS,), teams=(RED,))
    unit, kept = told(LAST, mine, theirs)
    assert unit["teams"] == {RED, TAN}
    assert unit["sites"] == {LEEDS, YORK}
    assert {(its.table, its.recorded) for its in kept if its.table != "officers"} == {
        ("sites", YORK),
        ("teams", TAN),
    }


def test_an_officer_the_file_moves_to_a_site_that_people_took_out_brings_it_back():
    mine = replace(LAST, sites=(LEEDS,), teams=(RED,))
    theirs = replace(LAST, officers=(ANN, replace(BOB, base="York")))
    unit, _ = told(LAST, mine, theirs)
    assert unit["sites"] == {LEEDS, YORK}
    assert unit["officers"] == {ANN, replace(BOB, base="York")}


@st.composite
def units(draw):
    """A unit of at most two sites, teams and officers, in which all that is named is there."""
    sites = draw(st.sets(st.sampled_from("AB"), min_size=1).map(sorted))
    teams = draw(st.sets(st.sampled_from("RT"), min_size=1).map(sorted))
    staff = draw(st.sets(st.sampled_from("12"), min_size=1).map(sorted))
    a_site, a_team, someone = map(st.sampled_from, (sites, teams, staff))

    def person(staff_no):
        return officer(
            staff_no,
            draw(a_team),
            draw(st.sampled_from(("", "a@x"))),
            base=draw(a_site),
            mentor=draw(st.none() | someone),
            other_sites=tuple(draw(st.sets(a_site))),
        )

    return Unit(
        sites=tuple(Site(name, "office", draw(st.sampled_from((1, 2)))) for name in sites),
        teams=tuple(Team(name, draw(a_site)) for name in teams),
        officers=tuple(map(person, staff)),
        away=tuple(Away(name, MON, MON) for name in draw(st.sets(someone))),
        duties=tuple(Duty(MON, name, 1) for name in draw(st.sets(a_site))),
    )


@given(units(), units())
def test_a_file_that_has_not_changed_changes_nothing_and_people_who_have_not_keep_nothing(
    one, other
):
    assert told(one, other, one)[0] == rows_of(other)
    assert told(one, one, other) == (rows_of(other), ())


@given(units(), units(), units())
def test_all_that_is_named_after_a_merge_is_there(last, mine, theirs):
    unit = merge(last, mine, theirs).unit
    known = {(table, name_of(table, row)) for table in REFERRED_TO for row in getattr(unit, table)}
    for table, rows in vars(unit).items():
        for row in rows:
            assert names_in_row(table, row) <= known


@given(units(), units(), units())
def test_what_is_kept_is_all_that_is_not_as_the_file_says(last, mine, theirs):
    merged = merge(last, mine, theirs)
    kept = {its.table for its in merged.rows_of_people}
    assert kept == {its.table for its in find_differences(theirs, merged.unit)}
