"""What rules ask on extra days, and what they leave alone then."""

from __future__ import annotations

import pytest

from rota.checker import find_misfits, judge
from rota.domain import Closure, Duty, Rota
from tests.rota.rules.example import BROKEN, JUST_KEPT, Example, Found, example, judged
from tests.rota_text import FRI, MON, SAT, SUN, problem, rota, seat

EXTRA = {"takes_extra_days": True}
NEW = {"takes_extra_days": True, "start_date": FRI.replace(year=2026, month=11)}
AT_LEEDS = [Duty(SAT, "Leeds", 1)]
AT_COURT = [Duty(SAT, "Crown Court", 1)]

SATURDAY_IN = """
        4 Jan 2027
        Mon Fri Sat
Ann     H   H   O
"""
SATURDAY_COURT = """
        4 Jan 2027
        Mon Fri Sat
Ann     O   O   C
Bob     O   O   -
"""
NOBODY_ON_SATURDAY = SATURDAY_COURT.replace("C", "-")
MOVED = "The published seat of Ann (ann) at Crown Court on Saturday 9 January 2027"

EXAMPLES = (
    example(
        "office-minimum",
        BROKEN,
        "an extra day at the office counts for nothing, neither worked nor there",
        SATURDAY_IN,
        Found(
            "Ann (ann) has 0 office days from 4 January 2027 to 10 January 2027; at least 2 asked.",
            0,
            least=2,
            gap=2,
            cost=6,
        ),
        duties=AT_LEEDS,
        officers={"Ann": EXTRA},
    ),
    example(
        "home-maximum",
        JUST_KEPT,
        "an extra day at home counts for nothing",
        """
                4 Jan 2027
                Mon Fri Sat
        Ann     H   H   H
        """,
        Found(
            "Ann (ann) has 2 days at home in the week of 4 January 2027; at most 2 allowed.",
            2,
            most=2,
        ),
        duties=[Duty(SAT, "home", 1)],
        officers={"Ann": EXTRA},
    ),
    example(
        "desks",
        BROKEN,
        "an extra day has the desks that a closure leaves",
        """
                4 Jan 2027
                Mon Sat
        Ann     H   O
        """,
        Found("0 officers for 20 desks at Leeds on Monday 4 January 2027.", 0, most=20),
        Found(
            "1 officer for 0 desks at Leeds on Saturday 9 January 2027.", 1, most=0, gap=1, cost=1
        ),
        duties=AT_LEEDS,
        officers={"Ann": EXTRA},
        closures=[Closure("Leeds", SAT, SUN, 0)],
    ),
    example(
        "supervision",
        BROKEN,
        "a new starter needs somebody experienced in an office on an extra day too",
        """
                4 Jan 2027
                Mon Sat
        Ann     H   O
        """,
        Found(
            "0 new starters of Blue at Leeds without experienced colleagues to turn to "
            "on Monday 4 January 2027.",
            0,
            most=0,
        ),
        Found(
            "1 new starter of Blue at Leeds without experienced colleagues to turn to "
            "on Saturday 9 January 2027.",
            1,
            most=0,
            gap=1,
            cost=4,
        ),
        duties=AT_LEEDS,
        officers={"Ann": NEW},
    ),
    example(
        "keep-notice",
        BROKEN,
        "an extra day before the last planning day of the notice is at short notice",
        NOBODY_ON_SATURDAY,
        Found(f"{MOVED}, at short notice, is not kept.", 0, least=1, gap=1, cost=1),
        duties=AT_COURT,
        officers={"Ann": EXTRA},
        published="""
                4 Jan 2027
                Sat
        Ann     C
        """,
        today=FRI,
        notice_days=1,
    ),
    example(
        "keep-published",
        BROKEN,
        "a later seat on an extra day is kept if it can be",
        NOBODY_ON_SATURDAY,
        Found(f"{MOVED} is not kept.", 0, least=1, gap=1, cost=1),
        duties=AT_COURT,
        officers={"Ann": EXTRA},
        published="""
                4 Jan 2027
                Sat
        Ann     C
        """,
        today=MON,
        notice_days=1,
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found


def test_people_need_not_meet_on_an_extra_day() -> None:
    """They are at Leeds together on Saturday alone, which is no team day."""
    chart = """
            4 Jan 2027
            Mon Sat
    Ann     H   O
    Bob     O   O
    """
    its = problem(
        chart,
        rules=["team-day"],
        duties=[Duty(SAT, "Leeds", 2)],
        officers={"Ann": EXTRA, "Bob": EXTRA},
    )
    (finding,) = judge(its, rota(chart)).breaches
    assert finding.gap == 1


AN_EXTRA_DAY = problem(
    SATURDAY_COURT,
    duties=[Duty(SAT, "Crown Court", 1), Duty(SAT, "Drug Service", 1, part="am")],
    officers={"Ann": EXTRA},
)


@pytest.mark.parametrize(
    ("seats", "says"),
    [
        ([], []),
        ([seat("Ann", SAT, "P", "am")], []),
        (
            [seat("Bob", SAT, "C")],
            [
                "Bob (bob) is not to be asked for extra days on Saturday 9 January 2027, "
                "yet is at Crown Court."
            ],
        ),
        (
            [seat("Ann", SAT, "O")],
            [
                "Ann (ann) may not use Leeds on Saturday 9 January 2027; "
                "allowed: Crown Court, Drug Service."
            ],
        ),
        (
            [seat("Ann", SAT, "C", "pm")],
            [
                "Ann (ann) has half of a duty that takes all day on Saturday 9 January 2027: "
                "Crown Court."
            ],
        ),
        (
            [seat("Ann", SAT, "C"), seat("Ann", SAT, "P", "am")],
            ["Ann (ann) has 2 seats on Saturday 9 January 2027: Crown Court, Drug Service."],
        ),
        (
            [seat("Ann", SUN, "C")],
            ["Ann (ann) does not work on Sunday 10 January 2027, yet is at Crown Court."],
        ),
    ],
)
def test_on_an_extra_day_one_has_a_duty_or_no_seat(seats: list, says: list[str]) -> None:
    others = rota(NOBODY_ON_SATURDAY).seats
    assert [its.says for its in find_misfits(AN_EXTRA_DAY, Rota.of([*others, *seats]))] == says
