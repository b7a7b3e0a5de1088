from datetime import date

import pytest

from rota.domain import Period, Week, in_words
from rota.domain.calendar import count_whole_months

MONDAY = date(2027, 1, 4)


def test_a_period_is_whole_weeks_from_a_monday_to_a_sunday() -> None:
    period = Period(MONDAY, 2)
    assert period.last == date(2027, 1, 17)
    assert str(period) == "2027-01-04/2027-01-17"


def test_a_period_holds_its_first_and_its_last_day_and_none_outside() -> None:
    period = Period(MONDAY, 1)
    days = [date(2027, 1, day) for day in (3, 4, 10, 11)]
    assert [day in period for day in days] == [False, True, True, False]


def test_periods_overlap_that_share_a_day() -> None:
    one = Period(date(2027, 1, 4), 2)  # To Sunday the 17th.
    assert one.overlaps(one)
    for first, weeks, is_overlapping in (
        (date(2026, 12, 28), 1, False),
        (date(2026, 12, 28), 2, True),
        (date(2027, 1, 11), 1, True),
        (date(2027, 1, 18), 4, False),
    ):
        other = Period(first, weeks)
        assert (one.overlaps(other), other.overlaps(one)) == (is_overlapping, is_overlapping)
    assert one.has_days_of(date(2027, 1, 17), date(2027, 2, 1))
    assert not one.has_days_of(date(2027, 1, 18), date(2027, 2, 1))


def test_the_weekdays_of_a_period_are_its_mondays_to_fridays() -> None:
    days = [day.day for day in Period(MONDAY, 2).weekdays()]
    assert days == [4, 5, 6, 7, 8, 11, 12, 13, 14, 15]


def test_a_period_that_starts_on_another_day_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a period starts on a Monday; 2027-01-05 is not one$"):
        Period(date(2027, 1, 5), 1)


def test_a_period_without_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a period has at least 1 week, not 0$"):
        Period(MONDAY, 0)


@pytest.mark.parametrize(
    ("day", "monday", "name"),
    [
        (date(2027, 1, 4), date(2027, 1, 4), "2027-W01"),
        (date(2027, 1, 10), date(2027, 1, 4), "2027-W01"),
        # The ISO year turns with the week: 1 January 2027 is a Friday of the last week of 2026.
        (date(2027, 1, 1), date(2026, 12, 28), "2026-W53"),
        (date(2025, 12, 31), date(2025, 12, 29), "2026-W01"),
    ],
)
def test_a_day_lies_in_the_iso_week_of_its_monday(day: date, monday: date, name: str) -> None:
    assert Week.of(day) == Week(monday)
    assert str(Week.of(day)) == name


def test_weeks_are_in_order_of_time() -> None:
    assert Week(date(2026, 12, 28)) < Week(MONDAY)


def test_dates_weeks_and_periods_are_said_with_their_preposition() -> None:
    assert in_words(MONDAY) == "on Monday 4 January 2027"
    assert in_words(Week(MONDAY)) == "in the week of 4 January 2027"
    assert in_words(Period(MONDAY, 4)) == "from 4 January 2027 to 31 January 2027"


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 4), date(2027, 1, 4), 12),
        (date(2026, 1, 5), date(2027, 1, 4), 11),
        (date(2026, 1, 3), date(2027, 1, 4), 12),
        (date(2026, 12, 28), date(2027, 1, 4), 0),
        (date(2027, 1, 4), date(2027, 1, 4), 0),
        # 31 February never comes: the month is whole on 1 March.
        (date(2027, 1, 31), date(2027, 2, 28), 0),
        (date(2027, 1, 31), date(2027, 3, 1), 1),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2027, 1, 5), date(2027, 1, 4), -1),
    ],
)
def test_months_are_whole_on_the_same_day_of_the_month(
    first: date, last: date, months: int
) -> None:
    assert count_whole_months(first, last) == months
