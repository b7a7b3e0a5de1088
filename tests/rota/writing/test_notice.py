"""What a person reads about their rota, whole as it is sent."""

from __future__ import annotations

from datetime import date

import pytest

from rota.domain import Period, Seat
from rota.writing import MovedDay, NewDays, ProposedMove, build_notice
from tests.rota_text import FRI, MON, THU, TUE, WED

END = (
    "This message was written by Rota for Leeds. Nobody reads answers to it; "
    "please ask your team manager."
)


def test_a_first_rota_tells_each_day_by_weeks() -> None:
    days = [(TUE, "home"), (MON, "Leeds"), (WED, "Crown Court"), (date(2027, 1, 11), "York")]
    told = NewDays(Period(MON, 2), tuple(Seat("ann", day, site) for day, site in days))
    its = build_notice("Ann Ash", "Leeds", new_days=[told])
    assert its.subject == "Your rota from 4 January 2027 to 17 January 2027"
    assert (
        its.body
        == f"""\
Dear Ann Ash,

Your rota from 4 January 2027 to 17 January 2027 is published:

Week of 4 January 2027
  Monday: Leeds
  Tuesday: home
  Wednesday: Crown Court

Week of 11 January 2027
  Monday: York

{END}
"""
    )


def test_changed_days_are_told_by_date_each_with_its_reason() -> None:
    moved = [
        MovedDay(WED, None, "home", "You are back."),
        MovedDay(MON, "Leeds", None, "You are away."),
        MovedDay(TUE, "home", "Crown Court", ""),
    ]
    its = build_notice("Ann Ash", "Leeds", moved_days=moved)
    assert its.subject == "Your rota has changed for Monday 4 January 2027 and 2 more days"
    assert (
        its.body
        == f"""\
Dear Ann Ash,

Your rota has changed:

Monday 4 January 2027: you are not planned any more; you were to be at Leeds.
You are away.

Tuesday 5 January 2027: at Crown Court instead of at home.

Wednesday 6 January 2027: at home; nothing was planned before.
You are back.

{END}
"""
    )


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        ([FRI], "Your rota has changed for Friday 8 January 2027"),
        ([FRI, THU], "Your rota has changed for Thursday 7 January 2027 and 1 more day"),
        ([FRI, THU, TUE], "Your rota has changed for Tuesday 5 January 2027 and 2 more days"),
    ],
)
def test_the_subject_tells_the_first_day_and_how_many_more(days: list[date], subject: str) -> None:
    moved = [MovedDay(day, "Leeds", "home", "") for day in days]
    assert build_notice("Ann Ash", "Leeds", moved_days=moved).subject == subject


def test_a_manager_is_told_what_waits_by_date_and_officer() -> None:
    proposed = [
        ProposedMove("Cat Cole (103)", TUE, "home", "Leeds", "The office would be empty."),
        ProposedMove("Bob Bly (102)", TUE, "Leeds", "home", ""),
        ProposedMove("Dan Dee (104)", MON, None, "York", "He is new."),
    ]
    its = build_notice("Mel May", "Leeds", proposals=proposed)
    assert its.subject == "3 changes to the rota wait for your decision"
    assert (
        its.body
        == f"""\
Dear Mel May,

3 changes to the rota wait for a manager's decision. Until then all stays as it was published. \
To decide: rota proposals --unit 'Leeds'

Dan Dee (104) on Monday 4 January 2027: at York; nothing was planned before.
He is new.

Bob Bly (102) on Tuesday 5 January 2027: at home instead of at Leeds.

Cat Cole (103) on Tuesday 5 January 2027: at Leeds instead of at home.
The office would be empty.

{END}
"""
    )


def test_a_manager_is_told_of_own_days_and_of_what_waits_in_one_message() -> None:
    its = build_notice(
        "Mel May",
        "Leeds",
        moved_days=[MovedDay(FRI, "Leeds", "York", "York would be empty.")],
        proposals=[ProposedMove("Bob Bly (102)", TUE, "Leeds", "home", "He asked for it.")],
    )
    assert its.subject == (
        "Your rota has changed for Friday 8 January 2027; "
        "1 change to the rota waits for your decision"
    )
    assert (
        its.body
        == f"""\
Dear Mel May,

Your rota has changed:

Friday 8 January 2027: at York instead of at Leeds.
York would be empty.

1 change to the rota waits for a manager's decision. Until then all stays as it was published. \
To decide: rota proposals --unit 'Leeds'

Bob Bly (102) on Tuesday 5 January 2027: at home instead of at Leeds.
He asked for it.

{END}
"""
    )


def test_a_note_stands_before_all_else() -> None:
    its = build_notice(
        "Ann Ash", "Leeds", moved_days=[MovedDay(FRI, "Leeds", "York", "")], note="Sorry for this."
    )
    assert (
        its.body
        == f"""\
Dear Ann Ash,

Sorry for this.

Your rota has changed:

Friday 8 January 2027: at York instead of at Leeds.

{END}
"""
    )


def test_half_days_are_told_by_their_name() -> None:
    seats = (
        Seat("ann", MON, "Leeds", "pm"),
        Seat("ann", MON, "Crown Court", "am"),
        Seat("ann", TUE, "home"),
    )
    first = build_notice("Ann Ash", "Leeds", new_days=[NewDays(Period(MON, 1), seats)])
    assert first.body.splitlines()[5:8] == [
        "  Monday morning: Crown Court",
        "  Monday afternoon: Leeds",
        "  Tuesday: home",
    ]
    moved = [
        MovedDay(MON, None, "home", "", "pm"),
        MovedDay(MON, "Leeds", "Crown Court", "You are owed there.", "am"),
    ]
    later = build_notice("Ann Ash", "Leeds", moved_days=moved)
    assert later.subject == "Your rota has changed for Monday 4 January 2027"
    assert later.body.splitlines()[4:8] == [
        "Monday 4 January 2027, morning: at Crown Court instead of at Leeds.",
        "You are owed there.",
        "",
        "Monday 4 January 2027, afternoon: at home; nothing was planned before.",
    ]
    proposals = [ProposedMove("Bob Ash (2)", TUE, "Leeds", None, "", "am")]
    asked = build_notice("Ann Ash", "Leeds", proposals=proposals)
    assert (
        "Bob Ash (2) on the morning of Tuesday 5 January 2027: not planned instead of at Leeds."
        in asked.body.splitlines()
    )
