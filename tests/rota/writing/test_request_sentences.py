"""What officers ask for, in words."""

from datetime import date

import pytest

from rota.domain import KINDS, WEEKDAYS
from rota.writing.request_notices import build_notice_to_colleague
from rota.writing.request_sentences import say_day_asked, say_leave_asked, say_swap_asked

TUE, THU = date(2027, 1, 5), date(2027, 1, 7)


def test_a_day_is_asked_for_on_a_date_or_on_a_weekday():
    assert say_day_asked("2027-01-05", "office") == "a day at the office on Tuesday 5 January 2027"
    assert say_day_asked("Wed", "home") == "every Wednesday at home"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("weekday", WEEKDAYS)
def test_every_kind_and_weekday_has_words(kind, weekday):
    assert say_day_asked(weekday, kind).startswith("every ")


def test_leave_has_one_day_or_two_ends():
    assert say_leave_asked(TUE, TUE) == "leave on Tuesday 5 January 2027"
    assert say_leave_asked(TUE, THU) == "leave from 5 January 2027 to 7 January 2027"


def test_a_swap_names_the_colleague():
    assert say_swap_asked("Bob", TUE) == "a swap with Bob on Tuesday 5 January 2027"


def test_a_colleague_is_told_both_places():
    its = build_notice_to_colleague(
        "Bob",
        "Blue",
        asker="Ann",
        day=TUE,
        own_site="home",
        asker_site="Leeds",
        note="Please.",
        has_account=True,
    )
    assert its.subject == "Ann asks you for a swap on Tuesday 5 January 2027"
    assert its.body == (
        "Dear Bob,\n\n"
        "Ann asks you for a swap on Tuesday 5 January 2027: you would be at Leeds instead of at "
        "home, and Ann at home.\n\n"
        "Ann writes: Please.\n\n"
        "Please agree or decline on the page Ask. If you agree, a manager decides.\n\n"
        "This message was written by Rota for Blue. Nobody reads answers to it; please ask your "
        "team manager.\n"
    )
