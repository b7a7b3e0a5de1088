from datetime import date

import pytest

from rota.domain import Duty
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import MON, THU

NEW = {"start_date": date(2026, 6, 1)}  # 7 whole months before 4 January 2027
MENTORED = {**NEW, "mentor": "bob"}

NEW_AND_OLD = """
        4 Jan 2027
        Mon
Ann     O
Bob     O
"""

NEW_ALONE = """
        4 Jan 2027
        Mon
Ann     O
Bob     H
"""


def balance(count: int, about: str = "Blue at Leeds", day: str = "Monday 4") -> Found:
    gap = max(count, 0)
    starters = "1 new starter" if gap == 1 else f"{gap} new starters"
    says = f"{starters} of {about} without experienced colleagues to turn to on {day} January 2027."
    return Found(says, count, most=0, gap=gap, cost=4 * gap)


SUPERVISION = (
    example(
        "supervision",
        KEPT,
        "one new starter, one experienced colleague",
        NEW_AND_OLD,
        # 1 - 2 · 1 = -1: there would be room for one more.
        Found(
            "0 new starters of Blue at Leeds without experienced colleagues to turn to "
            "on Monday 4 January 2027.",
            count=-1,
            most=0,
        ),
        officers={"Ann": NEW},
    ),
    example(
        "supervision",
        JUST_KEPT,
        "two new starters, one experienced colleague",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     O
        Cat     O
        """,
        # 2 - 2 · 1 = 0
        balance(0),
        officers={"Ann": NEW, "Cat": NEW},
    ),
    example(
        "supervision",
        BROKEN,
        "four new starters, one experienced colleague: the gap is in new starters",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     O
        Cat     O
        Dan     O
        Eve     O
        """,
        # 4 - 2 · 1 = 2 new starters too many, at 4 each.
        Found(
            "2 new starters of Blue at Leeds without experienced colleagues to turn to "
            "on Monday 4 January 2027.",
            count=2,
            most=0,
            gap=2,
            cost=8,
        ),
        officers=dict.fromkeys(("Ann", "Cat", "Dan", "Eve"), NEW),
    ),
    example(
        "supervision",
        BROKEN,
        "the experienced colleague is at home",
        NEW_ALONE,
        Found(
            "1 new starter of Blue at Leeds without experienced colleagues to turn to "
            "on Monday 4 January 2027.",
            count=1,
            most=0,
            gap=1,
            cost=4,
        ),
        officers={"Ann": NEW},
    ),
    example(
        "supervision",
        BROKEN,
        "on another date does not help",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     H   O
        """,
        balance(1),
        balance(-2, day="Tuesday 5"),
        officers={"Ann": NEW},
    ),
    example(
        "supervision",
        BROKEN,
        "a PQIP is never experienced",
        NEW_AND_OLD,
        balance(1),
        officers={"Ann": NEW, "Bob": {"grade": "PQIP"}},
    ),
    example(
        "supervision",
        BROKEN,
        "a PQIP may be a new starter",
        NEW_ALONE,
        balance(1),
        officers={"Ann": {**NEW, "grade": "PQIP"}},
    ),
    example(
        "supervision",
        BROKEN,
        "one day short of 15 months is still new",
        NEW_ALONE,
        balance(1),
        officers={"Ann": {"start_date": date(2025, 10, 5)}},
    ),
    example(
        "supervision",
        KEPT,
        "15 months to the day is new no longer",
        NEW_ALONE,
        officers={"Ann": {"start_date": date(2025, 10, 4)}},
    ),
    example(
        "supervision",
        BROKEN,
        "one day short of 24 months is not yet experienced",
        NEW_AND_OLD,
        balance(1),
        officers={"Ann": NEW, "Bob": {"start_date": date(2025, 1, 5)}},
    ),
    example(
        "supervision",
        KEPT,
        "24 months to the day is experienced",
        NEW_AND_OLD,
        balance(-1),
        officers={"Ann": NEW, "Bob": {"start_date": date(2025, 1, 4)}},
    ),
    example(
        "supervision",
        BROKEN,
        "the months are the policy's",
        NEW_AND_OLD,
        # Ann has 7 months of 8, Bob has 84 of 85.
        balance(1),
        new_starter_months=8,
        experienced_months=85,
        officers={"Ann": NEW, "Bob": {"start_date": date(2020, 1, 4)}},
    ),
    example(
        "supervision",
        BROKEN,
        "who starts within the period is new on the first day in",
        """
                4 Jan 2027
                Thu Fri
        Ann     O   H
        """,
        balance(1, day="Thursday 7"),
        balance(0, day="Friday 8"),
        officers={"Ann": {"start_date": THU}},
    ),
    example(
        "supervision",
        BROKEN,
        "the experienced colleague of another team does not help",
        NEW_AND_OLD,
        balance(1),
        officers={"Ann": NEW, "Bob": {"team": "Red"}},
    ),
    example(
        "supervision",
        BROKEN,
        "nor at another office; each office has its own balance",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     N
        """,
        balance(1),
        # 0 - 2 · 1 = -2
        balance(-2, "Blue at York"),
        officers={"Ann": {**NEW, "other_sites": ("York",)}, "Bob": {"base": "York"}},
    ),
    example(
        "supervision",
        BROKEN,
        "the policy may ask one experienced colleague for each",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     O
        Cat     O
        """,
        # 2 - 1 · 1 = 1
        balance(1),
        new_starters_per_experienced=1,
        officers={"Ann": NEW, "Cat": NEW},
    ),
    example(
        "supervision",
        BROKEN,
        "with 0 no new starter may come in at all",
        NEW_AND_OLD,
        # 1 - 0 · 1 = 1
        balance(1),
        new_starters_per_experienced=0,
        officers={"Ann": NEW},
    ),
    example(
        "supervision",
        KEPT,
        "a new starter at a court is not in an office",
        """
                4 Jan 2027
                Mon
        Ann     C
        """,
        balance(0),
        officers={"Ann": NEW},
        duties=[Duty(MON, "Crown Court", 1)],
    ),
    example(
        "supervision",
        KEPT,
        "nothing is asked where there are no new starters",
        NEW_AND_OLD,
    ),
)


def shared(count: int, least: int, gap: int = 0, week: str = "4 January 2027") -> Found:
    days = "1 office day" if count == 1 else f"{count} office days"
    says = f"Ann (ann) and mentor Bob (bob) share {days} in the week of {week}"
    return Found(f"{says}; at least {least} asked.", count, least=least, gap=gap, cost=2 * gap)


MENTOR_DAYS = (
    example(
        "mentor-days",
        KEPT,
        "three days shared",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   O   H   H
        Bob     O   O   O   O   H
        """,
        Found(
            "Ann (ann) and mentor Bob (bob) share 3 office days in the week of 4 January 2027; "
            "at least 2 asked.",
            count=3,
            least=2,
        ),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        JUST_KEPT,
        "two days shared",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   O   H   H
        Bob     O   H   O   O   H
        """,
        shared(2, 2),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        BROKEN,
        "one day shared; on the next best the mentor is absent",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     H   O   O   H   H
        Bob     H   H   O   O   H
        """,
        # Absences are 2 1 0 1 2; of the two fewest 0 + 1 = 1, at 2 each.
        Found(
            "Ann (ann) and mentor Bob (bob) share 1 office day in the week of 4 January 2027; "
            "at least 2 asked.",
            count=1,
            least=2,
            gap=1,
            cost=2,
        ),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        BROKEN,
        "one day shared; on all others both are absent",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     H   H   O
        Bob     H   H   O
        """,
        # Absences are 2 2 0; 0 + 2 = 2.
        shared(1, 2, gap=2),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        BROKEN,
        "they miss each other",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   H   H
        Bob     H   O   H
        """,
        # Absences are 1 1 2; 1 + 1 = 2.
        shared(0, 2, gap=2),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        JUST_KEPT,
        "with one common date one is asked",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   O   -
        Bob     -   O   O
        """,
        shared(1, 1),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        BROKEN,
        "the one common date is missed",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   H   -
        Bob     -   O   O
        """,
        shared(0, 1, gap=1),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        KEPT,
        "with no common date nothing is asked",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   -   -
        Bob     -   O   O
        """,
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        KEPT,
        "nor where the mentor may not use the new starter's base",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   O
        Bob     N   H
        """,
        officers={"Ann": MENTORED, "Bob": {"base": "York"}},
    ),
    example(
        "mentor-days",
        JUST_KEPT,
        "the new starter's base, not the mentor's, is where they should share the days",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     N   O   O
        Bob     N   O   O
        """,
        # Absences at Leeds are 2 0 0.
        shared(2, 2),
        officers={
            "Ann": {**MENTORED, "other_sites": ("York",)},
            "Bob": {"base": "York", "other_sites": ("Leeds",)},
        },
    ),
    example(
        "mentor-days",
        JUST_KEPT,
        "a date on which one of them is locked elsewhere is no common date",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   O
        Bob     O   O
        """,
        shared(1, 1),
        officers={"Ann": MENTORED},
        published="""
                4 Jan 2027
                Mon
        Ann     H!
        """,
    ),
    example(
        "mentor-days",
        BROKEN,
        "each week is asked by itself, however much is shared in another",
        """
                4 Jan 2027      11 Jan 2027     18 Jan 2027
                Mon Tue Wed     Mon Tue Wed     Mon Tue Wed
        Ann     O   O   O       O   H   H       -   -   -
        Bob     O   O   O       H   H   H       O   O   O
        """,
        shared(3, 2),
        # Absences are 1 2 2; 1 + 2 = 3.
        shared(0, 2, gap=3, week="11 January 2027"),
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        BROKEN,
        "the number of days is the policy's",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   O   H
        Bob     O   O   H
        """,
        # Absences are 0 0 2.
        shared(2, 3, gap=2),
        mentor_days_per_week=3,
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        KEPT,
        "0 days ask nothing",
        NEW_ALONE,
        mentor_days_per_week=0,
        officers={"Ann": MENTORED},
    ),
    example(
        "mentor-days",
        KEPT,
        "who is new no longer keeps a mentor, but is asked nothing",
        NEW_ALONE,
        officers={"Ann": {"start_date": date(2025, 10, 4), "mentor": "bob"}},
    ),
    example(
        "mentor-days",
        KEPT,
        "a new starter without a mentor is asked nothing",
        NEW_ALONE,
        officers={"Ann": NEW},
    ),
)

EXAMPLES = SUPERVISION + MENTOR_DAYS


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
