"""Worked examples of every rule with half-days: what is counted of a half weighs half."""

from datetime import date

import pytest

from rota.domain import Appointment, Closure, Duty, Link, Request
from rota.rules import RULES, Rule
from tests.rota.rules.example import BROKEN, JUST_KEPT, Example, Found, example, judged
from tests.rota.rules.test_safe_sites import HALF_EXAMPLES
from tests.rota_text import MON

MORNING_AT_COURT = [Duty(MON, "Crown Court", 1, part="am")]
SPLIT = """
        4 Jan 2027
        Mon
Ann     C/O
Bob     O
"""
MORNINGS = """
        4 Jan 2027
        Mon
Ann     O/-
Bob     O
"""
MORNING, AFTERNOON = (
    f"on the {half} of Monday 4 January 2027" for half in ("morning", "afternoon")
)
PERIOD, WEEK = "from 4 January 2027 to 10 January 2027", "in the week of 4 January 2027"
NEW = {"start_date": date(2026, 11, 2)}

LOCKED_AT_COURT = """
                4 Jan 2027
                Mon
        Ann     C!
        """

EXAMPLES = (
    example(
        "desks",
        BROKEN,
        "of a split day, too many in the afternoon alone",
        SPLIT,
        Found(f"1 officer for 1 desk at Leeds {MORNING}.", count=1, most=1),
        # 2 - 1 = 1 too many, for half a day.
        Found(f"2 officers for 1 desk at Leeds {AFTERNOON}.", count=2, most=1, gap=0.5, cost=0.5),
        desks={"O": 1},
        duties=MORNING_AT_COURT,
    ),
    example(
        "desks",
        JUST_KEPT,
        "a closure of an afternoon in which fewer work",
        MORNINGS,
        Found(f"2 officers for 2 desks at Leeds {MORNING}.", count=2, most=2),
        Found(f"1 officer for 1 desk at Leeds {AFTERNOON}.", count=1, most=1),
        desks={"O": 2},
        closures=[Closure("Leeds", MON, MON, 1, "pm")],
    ),
    example(
        "desks",
        BROKEN,
        "a closure of an afternoon in which nobody is there for half a day",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     O
        """,
        Found(f"2 officers for 2 desks at Leeds {MORNING}.", count=2, most=2),
        # 2 - 1 = 1 too many, for half a day.
        Found(f"2 officers for 1 desk at Leeds {AFTERNOON}.", count=2, most=1, gap=0.5, cost=0.5),
        desks={"O": 2},
        closures=[Closure("Leeds", MON, MON, 1, "pm")],
    ),
    example(
        "cover",
        JUST_KEPT,
        "a duty of a morning",
        SPLIT,
        Found(
            f"Crown Court has 1 officer {MORNING}; its duties ask for at least 1.",
            count=1,
            least=1,
        ),
        Found(f"Crown Court has 1 officer {MORNING}; its duties ask for at most 1.", 1, most=1),
        duties=MORNING_AT_COURT,
    ),
    example(
        "cover",
        BROKEN,
        "somebody held at court all day for a duty of a morning",
        LOCKED_AT_COURT,
        Found(
            f"Crown Court has 1 officer {MORNING}; its duties ask for at least 1.",
            count=1,
            least=1,
        ),
        Found(f"Crown Court has 1 officer {MORNING}; its duties ask for at most 1.", 1, most=1),
        # 1 - 0 = 1 too many, for half a day.
        Found(
            f"Crown Court has 1 officer {AFTERNOON}; its duties ask for at most 0.",
            count=1,
            most=0,
            gap=0.5,
            cost=0.5,
        ),
        published=LOCKED_AT_COURT,
        duties=MORNING_AT_COURT,
    ),
    example(
        "cover",
        BROKEN,
        "a duty of a whole day that is done in the morning alone",
        """
                4 Jan 2027
                Mon
        Ann     C/-
        Bob     O
        """,
        Found(f"Crown Court has 1 officer {MORNING}; its duties ask for at least 1.", 1, least=1),
        Found(
            f"Crown Court has 0 officers {AFTERNOON}; its duties ask for at least 1.",
            count=0,
            least=1,
            gap=0.5,
            cost=0.5,
        ),
        Found(f"Crown Court has 1 officer {MORNING}; its duties ask for at most 1.", 1, most=1),
        Found(f"Crown Court has 0 officers {AFTERNOON}; its duties ask for at most 1.", 0, most=1),
        duties=[Duty(MON, "Crown Court", 1)],
    ),
    example(
        "appointments",
        JUST_KEPT,
        "an appointment of an afternoon",
        """
                4 Jan 2027
                Mon
        Ann     O/N
        """,
        Found(f"The appointment of Ann (ann) at York {AFTERNOON} is kept.", count=0.5, least=0.5),
        appointments=[Appointment("ann", MON, "York", "pm")],
    ),
    example(
        "appointments",
        BROKEN,
        "an appointment of a whole day of which half is worked",
        MORNINGS,
        Found(
            "The appointment of Ann (ann) at Leeds on Monday 4 January 2027 is not kept.",
            count=0.5,
            least=1,
            gap=0.5,
            cost=0.5,
        ),
        appointments=[Appointment("ann", MON, "Leeds")],
    ),
    example(
        "keep-notice",
        BROKEN,
        "half of a published day is moved at short notice",
        SPLIT,
        Found(
            "The published seat of Ann (ann) at Leeds on Monday 4 January 2027, at short notice, "
            "is not kept.",
            count=0.5,
            least=1,
            gap=0.5,
            cost=0.5,
        ),
        duties=MORNING_AT_COURT,
        published="4 Jan 2027\nMon\nAnn O",
        today=date(2027, 1, 3),
    ),
    example(
        "keep-published",
        JUST_KEPT,
        "both halves of a published day are as they were",
        SPLIT,
        Found(
            f"The published seat of Ann (ann) at Crown Court {MORNING} is kept.",
            count=0.5,
            least=0.5,
        ),
        Found(
            f"The published seat of Ann (ann) at Leeds {AFTERNOON} is kept.", count=0.5, least=0.5
        ),
        duties=MORNING_AT_COURT,
        published="4 Jan 2027\nMon\nAnn C/O",
    ),
    example(
        "keep-published",
        BROKEN,
        "half of a published day is moved",
        SPLIT,
        Found(
            "The published seat of Ann (ann) at Leeds on Monday 4 January 2027 is not kept.",
            count=0.5,
            least=1,
            gap=0.5,
            cost=0.5,
        ),
        duties=MORNING_AT_COURT,
        published="4 Jan 2027\nMon\nAnn O",
    ),
    example(
        "office-minimum",
        BROKEN,
        "a share of half-days is rounded up to half-days",
        """
                4 Jan 2027
                Mon Tue
        Ann     O/- H
        """,
        # 60 % of 3 halves are 1.8, so 2 halves; of whole days it would be 60 % of 2, so 2 days.
        Found(
            f"Ann (ann) has ½ office day {PERIOD}; at least 1 asked.",
            count=0.5,
            least=1,
            gap=0.5,
            cost=1.5,
        ),
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "two of three half-days",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O/- -/O H/-
        """,
        Found(f"Ann (ann) has 1 office day {PERIOD}; at least 1 asked.", count=1, least=1),
    ),
    example(
        "home-maximum",
        BROKEN,
        "a day and a half at home, one day allowed",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H/-
        """,
        Found(
            f"Ann (ann) has 1½ days at home {WEEK}; at most 1 allowed.",
            count=1.5,
            most=1,
            gap=0.5,
            cost=1,
        ),
        home_days_per_week=1,
    ),
    example(
        "supervision",
        BROKEN,
        "a new starter is alone while the colleague is at court",
        """
                4 Jan 2027
                Mon
        Ann     C/O
        Ned     O
        """,
        Found(
            f"1 new starter of Blue at Leeds without experienced colleagues to turn to {MORNING}.",
            count=1,
            most=0,
            gap=0.5,
            cost=2,
        ),
        # 1 - 2 * 1.
        Found(
            "0 new starters of Blue at Leeds without experienced colleagues to turn to "
            f"{AFTERNOON}.",
            count=-1,
            most=0,
        ),
        duties=MORNING_AT_COURT,
        officers={"Ned": NEW},
    ),
    example(
        "mentor-days",
        JUST_KEPT,
        "as many halves as both work",
        """
                4 Jan 2027
                Mon
        Ann     O/-
        Ned     O
        """,
        Found(
            f"Ned (ned) and mentor Ann (ann) share ½ office day {WEEK}; at least ½ asked.",
            count=0.5,
            least=0.5,
        ),
        officers={"Ned": {**NEW, "mentor": "ann"}},
    ),
    example(
        "mentor-days",
        BROKEN,
        "twice as many halves are asked as days, and each absence weighs half",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O/- O   O
        Ned     O   O   H
        """,
        # Of 5 halves that both work 4 are asked; both are there in 3, and Ned lacks in the fourth.
        Found(
            f"Ned (ned) and mentor Ann (ann) share 1½ office days {WEEK}; at least 2 asked.",
            count=1.5,
            least=2,
            gap=0.5,
            cost=1,
        ),
        officers={"Ned": {**NEW, "mentor": "ann"}},
    ),
    example(
        "managers-in",
        BROKEN,
        "no manager in the afternoon",
        MORNINGS,
        Found(f"1 manager in at Leeds {MORNING}; at least 1 asked.", count=1, least=1),
        Found(
            f"0 managers in at Leeds {AFTERNOON}; at least 1 asked.",
            count=0,
            least=1,
            gap=0.5,
            cost=1.5,
        ),
        officers={"Ann": {"grade": "SPO"}},
        managers_in=1,
    ),
    example(
        "managers-in",
        JUST_KEPT,
        "nothing is asked in a half in which nobody works",
        """
                4 Jan 2027
                Mon
        Ann     O/-
        Bob     O/-
        """,
        Found(f"1 manager in at Leeds {MORNING}; at least 1 asked.", count=1, least=1),
        officers={"Ann": {"grade": "SPO"}},
        managers_in=1,
    ),
    example(
        "team-day",
        BROKEN,
        "a half that is not worked is half an absence",
        MORNINGS,
        Found(f"Blue lacks ½ member on its fullest day {WEEK}.", count=0, least=1, gap=0.5, cost=1),
    ),
    example(
        "requests",
        JUST_KEPT,
        "a request for an afternoon",
        """
                4 Jan 2027
                Mon
        Ann     H
        """,
        Found(f"The request of Ann (ann) for home {AFTERNOON} is kept.", count=0.5, least=0.5),
        requests=[Request("ann", MON, "home", 2, "pm")],
    ),
    example(
        "requests",
        BROKEN,
        "of a day that is wished for, what is worked counts",
        MORNINGS,
        # A gap of half a day at the strength of 2.
        Found(
            f"The request of Ann (ann) for home {MORNING} is not kept.",
            count=0,
            least=0.5,
            gap=0.5,
            cost=1,
        ),
        requests=[Request("ann", MON, "home", 2)],
    ),
    example(
        "home-edges",
        BROKEN,
        "half of three half-days, rounded up to a half-day",
        """
                4 Jan 2027
                Mon Fri
        Ann     H/- H
        """,
        # 50 % of 3 halves are 1.5, so 2 halves.
        Found(
            f"Ann (ann) is at home on 1½ Mondays and Fridays {PERIOD}; at most 1 allowed.",
            count=1.5,
            most=1,
            gap=0.5,
            cost=0.5,
        ),
    ),
    example(
        "links",
        JUST_KEPT,
        "the one half that both work",
        MORNINGS,
        Found(
            f"Ann (ann) and Bob (bob) share ½ day at the base {WEEK}; at least ½ asked.",
            count=0.5,
            least=0.5,
        ),
        links=[Link("ann", "bob")],
    ),
    example(
        "links",
        BROKEN,
        "a day is two halves",
        """
                4 Jan 2027
                Mon Tue
        Ann     O/- O
        Bob     O   H
        """,
        # Two of the three halves that both work are asked; both are there in one.
        Found(
            f"Ann (ann) and Bob (bob) share ½ day at the base {WEEK}; at least 1 asked.",
            count=0.5,
            least=1,
            gap=0.5,
            cost=1,
        ),
        links=[Link("ann", "bob")],
    ),
    *HALF_EXAMPLES,
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_rule_has_an_example_with_halves(rule: Rule) -> None:
    assert any(shown.rule == rule.key for shown in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_example_has_halves(example: Example) -> None:
    unit = example.problem.unit
    rows = (*unit.away, *unit.duties, *unit.appointments, *unit.requests, *unit.closures)
    has_halves = any(row.part for row in rows) or any(example.problem.parts_worked.values())
    assert has_halves
