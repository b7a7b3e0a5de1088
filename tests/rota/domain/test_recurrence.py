"""On which dates duties and appointments of weekdays are."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Appointment, Duty
from tests.rota_text import MON, TUE, WED, problem

TUESDAYS, MONDAYS_AND_FRIDAYS = frozenset({1}), frozenset({0, 4})

# Good Friday is the 26th and Easter Monday the 29th of March.
AT_EASTER = """
        22 Mar 2027             29 Mar 2027             5 Apr 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     .   .   .   .   *       *   .   .   .   .       .   .   .   .   .
"""


def dates(*rows: Duty) -> list[str]:
    """The dates of the duties around Easter, in their order, as day.month."""
    return [f"{duty.date.day}.{duty.date.month}" for duty in problem(AT_EASTER, duties=rows).duties]


@pytest.mark.parametrize(
    ("first", "last", "every", "found"),
    [
        (None, None, None, ["23.3", "30.3", "6.4"]),
        (date(2027, 3, 24), None, None, ["30.3", "6.4"]),
        (date(2027, 3, 30), date(2027, 3, 30), None, ["30.3"]),
        (None, date(2027, 4, 5), None, ["23.3", "30.3"]),
        (date(2027, 3, 24), date(2027, 3, 29), None, []),
        # Weeks are counted from that of the first day, even where it is no Tuesday itself.
        (date(2027, 3, 24), None, 2, ["6.4"]),
        (date(2027, 3, 19), None, 2, ["30.3"]),
        (date(2027, 3, 9), None, 3, ["30.3"]),
        (date(2027, 3, 9), None, 1, ["23.3", "30.3", "6.4"]),
    ],
)
def test_weekdays_come_in_their_turn_from_the_first_to_the_last_day(first, last, every, found):
    row = Duty(TUESDAYS, "Leeds", 1, first=first, last=last, every=every)
    assert dates(row) == found


def test_weekdays_skip_bank_holidays_and_dates_mean_themselves():
    good_friday, saturday = date(2027, 3, 26), date(2027, 3, 27)
    assert dates(Duty(MONDAYS_AND_FRIDAYS, "Leeds", 1)) == ["22.3", "2.4", "5.4", "9.4"]
    assert dates(Duty(good_friday, "Leeds", 1), Duty(saturday, "Leeds", 1)) == ["26.3", "27.3"]


def test_dates_outside_the_period_are_left_out():
    assert dates(Duty(date(2027, 3, 19), "Leeds", 1), Duty(date(2027, 4, 12), "Leeds", 1)) == []


def test_rows_that_say_the_same_of_a_date_count_once():
    row = Duty(TUESDAYS, "Leeds", 1, last=date(2027, 3, 23))
    day = date(2027, 3, 23)
    assert dates(row, Duty(day, "Leeds", 1)) == ["23.3"]
    assert dates(row, Duty(day, "Leeds", 2), Duty(day, "York", 1)) == ["23.3", "23.3", "23.3"]


def test_each_has_all_that_its_row_says_but_the_weekdays():
    chart = """
            4 Jan 2027
            Mon Tue Wed
    Ann     .   .   .
    """
    row = Duty(frozenset({0, 2}), "Leeds", 2, "court", first=MON, every=1)
    visit = Appointment("ann", TUESDAYS, "York", last=WED)
    asked = problem(chart, duties=[row], appointments=[visit])
    assert asked.duties == (Duty(MON, "Leeds", 2, "court"), Duty(WED, "Leeds", 2, "court"))
    assert asked.appointments == (Appointment("ann", TUE, "York"),)
    assert asked.allowed_sites["ann", MON] == ("Leeds", "home")
    assert asked.allowed_sites["ann", TUE] == ("Leeds", "home", "York")


def test_weekdays_open_a_court_on_their_dates_alone():
    asked = problem(AT_EASTER, duties=[Duty(TUESDAYS, "Crown Court", 1)])
    assert [
        day.day for (_, day), sites in asked.allowed_sites.items() if "Crown Court" in sites
    ] == [
        23,
        30,
        6,
    ]
