from datetime import date

import pytest

from rota.domain import Request
from tests.rota_text import FRI, MON, THU, TUE, WED, officer


@pytest.mark.parametrize(
    ("day", "employed"), [(MON, False), (TUE, True), (WED, True), (THU, True), (FRI, False)]
)
def test_an_officer_is_employed_from_the_start_to_the_last_day_worked(
    day: date, employed: bool
) -> None:
    ann = officer("Ann", start_date=TUE, leave_date=THU)
    assert ann.is_employed(day) == employed


def test_an_officer_without_a_leave_date_stays() -> None:
    assert officer("Ann", start_date=TUE).is_employed(date(2060, 1, 1))


def test_an_officer_is_said_by_name_and_staff_number() -> None:
    assert str(officer("Ann")) == "Ann (ann)"


def test_a_request_speaks_of_its_date_alone() -> None:
    request = Request("ann", TUE, "home")
    assert [request.asks_for(day) for day in (MON, TUE, WED)] == [False, True, False]
    assert not request.asks_for(date(2027, 1, 12))


def test_a_request_by_weekday_speaks_of_every_such_day() -> None:
    mondays = Request("ann", 0, "home")
    days = (MON, TUE, date(2027, 1, 11))
    assert [mondays.asks_for(day) for day in days] == [True, False, True]
