from datetime import date

import pytest

from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import MON, THU, TUE, WED

SUNDAY = date(2027, 1, 3)

# Good Friday is 26 March 2027, Easter Monday 29 March.
MAUNDY_THURSDAY = date(2027, 3, 25)


def notice(where: str, when: str, *, kept: bool = True) -> Found:
    says = f"The published seat of Ann (ann) at {where} on {when}, at short notice, is "
    if kept:
        return Found(f"{says}kept.", count=1, least=1)
    return Found(f"{says}not kept.", count=0, least=1, gap=1, cost=1)


def later(where: str, when: str, *, kept: bool = True) -> Found:
    says = f"The published seat of Ann (ann) at {where} on {when} is "
    if kept:
        return Found(f"{says}kept.", count=1, least=1)
    return Found(f"{says}not kept.", count=0, least=1, gap=1, cost=1)


def by_hand(where: str, when: str, *, kept: bool = True) -> Found:
    says = f"The published seat of Ann (ann), moved by hand to {where}, {when} is "
    if kept:
        return Found(f"{says}kept.", count=1, least=1)
    return Found(f"{says}not kept.", count=0, least=1, gap=1, cost=1)


WEEK = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
"""

KEEP_NOTICE = (
    example(
        "keep-notice",
        KEPT,
        "both planning days after today are kept, and no other day is asked",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   O   H   H
        """,
        Found(
            "The published seat of Ann (ann) at Leeds on Tuesday 5 January 2027, "
            "at short notice, is kept.",
            count=1,
            least=1,
        ),
        notice("Leeds", "Wednesday 6 January 2027"),
        published=WEEK,
        today=MON,
    ),
    example(
        "keep-notice",
        JUST_KEPT,
        "one day of notice: tomorrow is kept, the day after is changed",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   H   H   H
        """,
        notice("Leeds", "Tuesday 5 January 2027"),
        published=WEEK,
        today=MON,
        notice_days=1,
    ),
    example(
        "keep-notice",
        BROKEN,
        "the day after tomorrow is changed",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   H   O   O
        """,
        notice("Leeds", "Tuesday 5 January 2027"),
        Found(
            "The published seat of Ann (ann) at Leeds on Wednesday 6 January 2027, "
            "at short notice, is not kept.",
            count=0,
            least=1,
            gap=1,
            cost=1,
        ),
        published=WEEK,
        today=MON,
    ),
    example(
        "keep-notice",
        BROKEN,
        "from Thursday the next two planning days are Friday and, after a weekend, Monday",
        """
                4 Jan 2027  11 Jan 2027
                Thu Fri     Mon Tue
        Ann     O   O       H   H
        """,
        notice("Leeds", "Friday 8 January 2027"),
        notice("Leeds", "Monday 11 January 2027", kept=False),
        published="""
                4 Jan 2027  11 Jan 2027
                Thu Fri     Mon Tue
        Ann     O   O       O   O
        """,
        today=THU,
    ),
    example(
        "keep-notice",
        BROKEN,
        "over Easter they are Tuesday and Wednesday",
        """
                22 Mar 2027     29 Mar 2027
                Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   *       *   O   H   H   H
        """,
        notice("Leeds", "Tuesday 30 March 2027"),
        notice("Leeds", "Wednesday 31 March 2027", kept=False),
        published="""
                22 Mar 2027     29 Mar 2027
                Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   *       *   O   O   O   O
        """,
        today=MAUNDY_THURSDAY,
    ),
    example(
        "keep-notice",
        BROKEN,
        "days between today and the period use notice up",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H
        """,
        # Today is Thursday 31 December; Friday (here no bank holiday) is the first of the two.
        notice("Leeds", "Monday 4 January 2027", kept=False),
        published="""
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        today=date(2026, 12, 31),
    ),
    example(
        "keep-notice",
        KEPT,
        "long before the period nothing is at short notice",
        """
                4 Jan 2027
                Mon
        Ann     H
        """,
        published=WEEK,
        today=date(2026, 12, 30),
    ),
    example(
        "keep-notice",
        KEPT,
        "0 days ask nothing",
        """
                4 Jan 2027
                Mon
        Ann     H
        """,
        published=WEEK,
        today=SUNDAY,
        notice_days=0,
    ),
    example(
        "keep-notice",
        JUST_KEPT,
        "the seat of someone who is away is void",
        """
                4 Jan 2027
                Mon Tue
        Ann     -   O
        """,
        notice("Leeds", "Tuesday 5 January 2027"),
        published=WEEK,
        today=SUNDAY,
    ),
    example(
        "keep-notice",
        BROKEN,
        "a seat that can no longer be used was still promised",
        """
                4 Jan 2027
                Mon
        Ann     O
        """,
        notice("York", "Monday 4 January 2027", kept=False),
        published="""
                4 Jan 2027
                Mon
        Ann     N
        """,
        today=SUNDAY,
    ),
    example(
        "keep-notice",
        KEPT,
        "what was not published was not promised",
        """
                4 Jan 2027
                Mon
        Ann     O
        """,
        today=SUNDAY,
    ),
    example(
        "keep-notice",
        KEPT,
        "a seat moved by hand stands in place of the published one",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   O
        """,
        notice("Leeds", "Tuesday 5 January 2027"),
        by_hand("home", "on Monday 4 January 2027, at short notice,"),
        published=WEEK,
        moved_by_hand="""
                4 Jan 2027
                Mon
        Ann     H
        """,
        today=SUNDAY,
    ),
    example(
        "keep-notice",
        BROKEN,
        "the published seat of a day that was moved by hand is no longer the one to be kept",
        """
                4 Jan 2027
                Mon
        Ann     O
        """,
        by_hand("home", "on Monday 4 January 2027, at short notice,", kept=False),
        published=WEEK,
        moved_by_hand="""
                4 Jan 2027
                Mon
        Ann     H
        """,
        today=SUNDAY,
    ),
)

KEEP_PUBLISHED = (
    example(
        "keep-published",
        KEPT,
        "all days after today and its notice are kept, and no other day is asked",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   H   H   O   O
        """,
        Found(
            "The published seat of Ann (ann) at Leeds on Thursday 7 January 2027 is kept.",
            count=1,
            least=1,
        ),
        later("Leeds", "Friday 8 January 2027"),
        published=WEEK,
        today=MON,
    ),
    example(
        "keep-published",
        JUST_KEPT,
        "without notice days tomorrow is asked, today is not",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        later("Leeds", "Tuesday 5 January 2027"),
        published=WEEK,
        today=MON,
        notice_days=0,
    ),
    example(
        "keep-published",
        BROKEN,
        "one day of two is changed",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   O   O   H
        """,
        later("Leeds", "Thursday 7 January 2027"),
        Found(
            "The published seat of Ann (ann) at Leeds on Friday 8 January 2027 is not kept.",
            count=0,
            least=1,
            gap=1,
            cost=1,
        ),
        published=WEEK,
        today=MON,
    ),
    example(
        "keep-published",
        BROKEN,
        "over Easter it begins on the third planning day",
        """
                22 Mar 2027     29 Mar 2027
                Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   *       *   H   H   H   O
        """,
        later("Leeds", "Thursday 1 April 2027", kept=False),
        later("Leeds", "Friday 2 April 2027"),
        published="""
                22 Mar 2027     29 Mar 2027
                Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   *       *   O   O   O   O
        """,
        today=MAUNDY_THURSDAY,
    ),
    example(
        "keep-published",
        KEPT,
        "a seat that can no longer be used is not asked for",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        later("Leeds", "Tuesday 5 January 2027"),
        # York is not one of her sites any more, nor is there a duty at the court.
        published="""
                4 Jan 2027
                Mon Tue
        Ann     N   O
        """,
    ),
    example(
        "keep-published",
        KEPT,
        "a locked seat can always be used",
        """
                4 Jan 2027
                Mon
        Ann     N
        """,
        later("York", "Monday 4 January 2027"),
        published="""
                4 Jan 2027
                Mon
        Ann     N!
        """,
    ),
    example(
        "keep-published",
        KEPT,
        "the seat of someone who is away is void",
        """
                4 Jan 2027
                Mon Tue
        Ann     -   O
        """,
        later("Leeds", "Tuesday 5 January 2027"),
        published="""
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
    ),
    example(
        "keep-published",
        KEPT,
        "when all is past nothing is asked",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   O   O
        """,
        published=WEEK,
        today=WED,
        notice_days=0,
    ),
    example(
        "keep-published",
        BROKEN,
        "each officer has their own seat to keep",
        """
                4 Jan 2027
                Tue
        Ann     H
        Bob     O
        """,
        later("Leeds", "Tuesday 5 January 2027", kept=False),
        Found(
            "The published seat of Bob (bob) at Leeds on Tuesday 5 January 2027 is kept.",
            count=1,
            least=1,
        ),
        published="""
                4 Jan 2027
                Tue
        Ann     O
        Bob     O
        """,
    ),
    example(
        "keep-published",
        KEPT,
        "a seat moved by hand stands in place of the published one",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   O
        """,
        later("Leeds", "Tuesday 5 January 2027"),
        by_hand("home", "on Monday 4 January 2027"),
        published="""
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        moved_by_hand="""
                4 Jan 2027
                Mon
        Ann     H
        """,
    ),
    example(
        "keep-published",
        BROKEN,
        "a seat moved by hand is to be kept where nothing is published, too",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        by_hand("home", "on Monday 4 January 2027", kept=False),
        moved_by_hand="""
                4 Jan 2027
                Mon
        Ann     H
        """,
    ),
    example(
        "keep-published",
        JUST_KEPT,
        "a seat moved by hand to where one may no longer be gives way to the published one",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        later("Leeds", "Monday 4 January 2027"),
        later("Leeds", "Tuesday 5 January 2027"),
        published="""
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        moved_by_hand="""
                4 Jan 2027
                Mon
        Ann     N
        """,
    ),
    example(
        "keep-published",
        KEPT,
        "what was moved by hand on days that are history now asks nothing",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        later("Leeds", "Tuesday 5 January 2027"),
        published="""
                4 Jan 2027
                Mon Tue
        Ann     O   O
        """,
        moved_by_hand="""
                4 Jan 2027
                Mon
        Ann     O
        """,
        today=MON,
        notice_days=0,
    ),
)

EXAMPLES = KEEP_NOTICE + KEEP_PUBLISHED


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found


@pytest.mark.parametrize("today", [SUNDAY, MON, TUE, WED])
def test_a_published_seat_after_today_is_asked_for_by_exactly_one_of_the_two_rules(
    today: date,
) -> None:
    both = [
        example(key, KEPT, "all kept", WEEK, published=WEEK, today=today)
        for key in ("keep-notice", "keep-published")
    ]
    # Monday 4 to Friday 8 January are published.
    after_today = [day for day in range(4, 9) if day > today.day]
    asked = [found.says for one in both for found in judged(one)]
    assert len(asked) == len(after_today)
