"""How terms change from a day on."""

from dataclasses import replace
from datetime import date

import pytest

from rota.domain import EarlierTerms, Site, Team, Unit, WorkingPattern
from rota.records.terms import drop_starts, hold_from, take_terms_of_files
from rota.records.timeline import read_timelines
from tests.rota_text import officer

LEEDS, YORK = Site("Leeds", "office", 8), Site("York", "office", 2)
BLUE = Team("Blue", "Leeds")
ANN = officer("Ann")
UNIT = Unit(sites=(LEEDS, YORK), teams=(BLUE,), officers=(ANN,))
FIRST, SECOND, THIRD = date(2027, 1, 4), date(2027, 1, 18), date(2027, 2, 1)


def changed(unit: Unit, day: date, since: date | None = None, **values: object) -> Unit:
    """The unit with these values of Ann, whose row perhaps tells from when they hold."""
    (ann,) = unit.officers
    return hold_from(unit, replace(unit, officers=(replace(ann, since=since, **values),)), day)


def told(unit: Unit, attribute: str) -> list[tuple[date, object]]:
    """Ann's values of the attribute with the days from which they hold."""
    timeline = read_timelines(unit, "officers")["ann"]
    return [(terms.since, getattr(terms.row, attribute)) for terms in timeline]


def test_a_change_holds_from_its_day_and_the_terms_before_stay() -> None:
    unit = changed(UNIT, FIRST, base="York")
    assert unit.officers == (replace(ANN, base="York", since=FIRST),)
    assert unit.earlier == (EarlierTerms(ANN, FIRST),)


def test_a_row_tells_its_own_day() -> None:
    assert told(changed(UNIT, FIRST, since=SECOND, base="York"), "base") == [
        (date.min, "Leeds"),
        (SECOND, "York"),
    ]


def test_a_second_change_of_a_day_takes_the_place_of_the_first() -> None:
    unit = changed(changed(UNIT, FIRST, base="York"), FIRST, base="Hull")
    assert told(unit, "base") == [(date.min, "Leeds"), (FIRST, "Hull")]


def test_what_is_taken_back_leaves_no_trace() -> None:
    assert changed(changed(UNIT, FIRST, base="York"), FIRST, base="Leeds") == UNIT


def test_names_and_first_and_last_days_hold_at_all_times() -> None:
    unit = changed(changed(UNIT, FIRST, base="York"), SECOND, name="Ann Hill", leave_date=THIRD)
    assert told(unit, "name") == [(date.min, "Ann Hill"), (FIRST, "Ann Hill")]
    assert told(unit, "leave_date") == [(date.min, THIRD), (FIRST, THIRD)]


def test_an_earlier_change_of_something_else_goes_on_in_later_terms() -> None:
    unit = changed(changed(UNIT, THIRD, base="York"), FIRST, team="Red")
    assert told(unit, "team") == [(date.min, "Blue"), (FIRST, "Red"), (THIRD, "Red")]
    assert told(unit, "base") == [(date.min, "Leeds"), (FIRST, "Leeds"), (THIRD, "York")]


def test_a_correction_from_the_first_day_on_changes_all_terms() -> None:
    unit = changed(changed(UNIT, THIRD, base="York"), ANN.start_date, grade="PSO")
    assert told(unit, "grade") == [(date.min, "PSO"), (THIRD, "PSO")]


def test_weeks_of_a_pattern_take_turns_as_before_when_something_else_changes() -> None:
    fortnight = WorkingPattern.parse("Mon Tue / Wed Thu")
    unit = changed(
        replace(UNIT, officers=(replace(ANN, working_days=fortnight),)), FIRST, base="York"
    )
    days = [date(2027, 1, 4 + n) for n in range(28) if (4 + n) < 32]
    (now,), (before,) = unit.officers, [terms.row for terms in unit.earlier]
    assert [now.find_part_worked(day) for day in days] == [
        before.find_part_worked(day) for day in days
    ]


def test_a_new_pattern_is_counted_from_the_day_on_which_it_begins() -> None:
    pattern = WorkingPattern.parse("Mon / Tue")
    later = changed(UNIT, THIRD, base="York")
    unit = changed(later, FIRST, since=FIRST, working_days=pattern)
    worked = [
        day
        for day in (FIRST, date(2027, 1, 12), SECOND, date(2027, 2, 1), date(2027, 2, 9))
        if read_row(unit, day).find_part_worked(day) is not None
    ]
    assert worked == [FIRST, date(2027, 1, 12), SECOND, date(2027, 2, 1), date(2027, 2, 9)]


def read_row(unit: Unit, day: date):
    timeline = read_timelines(unit, "officers")["ann"]
    return next(terms.row for terms in timeline if terms.since <= day < terms.until)


def test_who_is_removed_was_there_until_then_unless_they_are_forgotten() -> None:
    without = replace(UNIT, officers=())
    assert hold_from(UNIT, without, FIRST).earlier == (EarlierTerms(ANN, FIRST),)
    assert hold_from(UNIT, without, FIRST, forgotten=["ann"]).earlier == ()


def test_who_was_removed_stays_so_when_something_else_changes() -> None:
    gone = hold_from(UNIT, replace(UNIT, officers=()), FIRST)
    other = hold_from(gone, replace(gone, sites=(LEEDS,)), SECOND)
    assert EarlierTerms(ANN, FIRST) in other.earlier
    assert EarlierTerms(YORK, SECOND) in other.earlier


def test_who_comes_back_is_there_from_that_day_and_was_not_between() -> None:
    gone = hold_from(UNIT, replace(UNIT, officers=()), FIRST)
    back = hold_from(gone, replace(gone, officers=(ANN,)), THIRD)
    timeline = read_timelines(back, "officers")["ann"]
    assert [(terms.since, terms.until) for terms in timeline] == [
        (date.min, FIRST),
        (THIRD, date.max),
    ]
    assert hold_from(back, back, THIRD) == back


def test_nothing_changes_where_nothing_is_other() -> None:
    unit = changed(changed(UNIT, FIRST, base="York"), THIRD, team="Red")
    assert hold_from(unit, unit, SECOND) == unit


# What files say


def of_files(*rows, sites=(LEEDS, YORK)) -> Unit:
    """A unit as files tell it, with these terms of Ann in turn."""
    *before, last = rows
    ends = [row.since for row in (*before, last)[1:]]
    earlier = tuple(EarlierTerms(row, until) for row, until in zip(before, ends, strict=True))
    return Unit(sites=sites, teams=(BLUE,), officers=(last,), earlier=earlier)


def test_what_files_change_without_a_day_holds_from_the_import_on() -> None:
    unit = take_terms_of_files(UNIT, UNIT, of_files(replace(ANN, base="York")), FIRST)
    assert told(unit, "base") == [(date.min, "Leeds"), (FIRST, "York")]


def test_the_same_files_again_change_nothing() -> None:
    new = of_files(replace(ANN, base="York"))
    once = take_terms_of_files(UNIT, UNIT, new, FIRST)
    assert take_terms_of_files(new, once, new, SECOND) == once


def test_what_people_changed_stays_though_files_change_something_else() -> None:
    recorded = changed(UNIT, FIRST, base="York")
    unit = take_terms_of_files(UNIT, recorded, of_files(replace(ANN, team="Red")), SECOND)
    assert told(unit, "base") == [(date.min, "Leeds"), (FIRST, "York"), (SECOND, "York")]
    assert told(unit, "team") == [(date.min, "Blue"), (FIRST, "Blue"), (SECOND, "Red")]


def test_what_files_tell_with_a_day_holds_from_that_day_even_if_it_is_over() -> None:
    new = of_files(ANN, replace(ANN, base="York", since=FIRST))
    unit = take_terms_of_files(UNIT, UNIT, new, SECOND)
    assert told(unit, "base") == [(date.min, "Leeds"), (FIRST, "York")]


def test_a_row_of_files_that_is_gone_again_takes_its_change_along() -> None:
    new = of_files(ANN, replace(ANN, base="York", since=THIRD))
    recorded = take_terms_of_files(UNIT, UNIT, new, FIRST)
    assert told(take_terms_of_files(new, recorded, UNIT, SECOND), "base")[-1] == (
        date.min,
        "Leeds",
    )


@pytest.mark.parametrize("day", [FIRST, SECOND])
def test_without_starts_only_what_lasts_is_left(day: date) -> None:
    unit = changed(UNIT, day, base="York")
    assert drop_starts(unit) == replace(UNIT, officers=(replace(ANN, base="York"),))
