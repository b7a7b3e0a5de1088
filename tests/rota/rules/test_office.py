from datetime import date

import pytest

from rota.domain import Away, Closure, Duty
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import MON, THU, TUE, WED

ALL_WEEK = {"working_days": frozenset(range(5))}
FAR = date(2027, 1, 31)
NO_HOME = {"has_home_office": False}

ONE_WEEK = "from 4 January 2027 to 10 January 2027"
TWO_WEEKS = "from 4 January 2027 to 17 January 2027"
FIRST_WEEK = "in the week of 4 January 2027"
SECOND_WEEK = "in the week of 11 January 2027"

COURT_WEEK = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   C   O   H   H
"""

UNEVEN_WEEKS = """
        4 Jan 2027          11 Jan 2027
        Mon Tue Wed Thu     Mon Tue Wed Thu
Ann     O   O   O   H       O   O   H   H
"""


def office(count: int, least: int, when: str = ONE_WEEK, *, gap: int = 0) -> Found:
    days = "1 office day" if count == 1 else f"{count} office days"
    says = f"Ann (ann) has {days} {when}; at least {least} asked."
    return Found(says, count, least=least, gap=gap, cost=3 * gap)


OFFICE_MINIMUM = (
    example(
        "office-minimum",
        KEPT,
        "four of five days",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   O   O   H
        """,
        # 60 % of 5 days = 3
        Found(
            "Ann (ann) has 4 office days from 4 January 2027 to 10 January 2027; at least 3 asked.",
            count=4,
            least=3,
        ),
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "three of five days",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   H   O   H   O
        """,
        office(3, 3),
    ),
    example(
        "office-minimum",
        BROKEN,
        "one of five days",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   H   H   H   H
        """,
        # 3 - 1 = 2 days short, at 3 each.
        Found(
            "Ann (ann) has 1 office day from 4 January 2027 to 10 January 2027; at least 3 asked.",
            count=1,
            least=3,
            gap=2,
            cost=6,
        ),
    ),
    example(
        "office-minimum",
        BROKEN,
        "a part of a day is rounded up",
        """
                4 Jan 2027
                Mon Tue Wed Thu
        Ann     O   O   H   H
        """,
        # 60 % of 4 days = 2.4, so 3
        office(2, 3, gap=1),
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "over the period one week makes up for another, and only the whole is rounded",
        UNEVEN_WEEKS,
        # 60 % of 8 days = 4.8, so 5
        office(5, 5, TWO_WEEKS),
        over="period",
    ),
    example(
        "office-minimum",
        BROKEN,
        "over the week each week is asked and rounded by itself",
        UNEVEN_WEEKS,
        # 60 % of 4 days = 2.4, so 3 each week
        office(3, 3, FIRST_WEEK),
        office(2, 3, SECOND_WEEK, gap=1),
        over="week",
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "over the week, a week without a working day is not asked",
        """
                4 Jan 2027      11 Jan 2027     18 Jan 2027
                Mon Tue Wed     Mon Tue Wed     Mon Tue Wed
        Ann     O   O   H       -   -   -       O   H   O
        """,
        # 60 % of 3 days = 1.8, so 2
        office(2, 2, FIRST_WEEK),
        office(2, 2, "in the week of 18 January 2027"),
        over="week",
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "an officer's own percentage replaces the policy's",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   H   H   H
        """,
        # 30 % of 5 days = 1.5, so 2
        office(2, 2),
        officers={"Ann": {"office_percent": 30}},
    ),
    example(
        "office-minimum",
        KEPT,
        "an own percentage of 0 asks nothing",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H
        """,
        officers={"Ann": {"office_percent": 0}},
    ),
    example(
        "office-minimum",
        BROKEN,
        "an own percentage of 100 asks for every day; the policy's holds for the others",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     O   H
        """,
        office(1, 2, gap=1),
        # 50 % of 2 days = 1
        Found(f"Bob (bob) has 1 office day {ONE_WEEK}; at least 1 asked.", 1, least=1),
        office_percent=50,
        officers={"Ann": {"office_percent": 100}},
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "the percentage of their base replaces the policy's for those who have none of their own",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   H   H   H
        Bob     O   H   H   H   H
        Cat     N   N   N   H   H
        """,
        # Ann 40 % of 5 days = 2, Bob 20 % = 1, Cat 60 % = 3
        office(2, 2),
        Found(f"Bob (bob) has 1 office day {ONE_WEEK}; at least 1 asked.", 1, least=1),
        Found(f"Cat (cat) has 3 office days {ONE_WEEK}; at least 3 asked.", 3, least=3),
        sites={"O": {"office_percent": 40}},
        officers={"Bob": {"office_percent": 20}, "Cat": {"base": "York"}},
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "a day on which their only office is closed is not asked of them",
        """
                4 Jan 2027              11 Jan 2027
                Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   H   H   H       H   H   H   H   H
        """,
        # Three days are left of the first week: 60 % of 3 = 1.8, so 2. The second has none.
        office(2, 2, FIRST_WEEK),
        over="week",
        closures=[Closure("Leeds", WED, THU, 0), Closure("Leeds", date(2027, 1, 9), FAR, 0)],
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "over the period too, and nobody has to make up for it",
        """
                4 Jan 2027              11 Jan 2027
                Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   O   H   H       H   H   H   H   H
        """,
        # 60 % of 5 of 10 days = 3
        office(3, 3, "from 4 January 2027 to 17 January 2027"),
        closures=[Closure("Leeds", date(2027, 1, 9), FAR, 0)],
    ),
    example(
        "office-minimum",
        BROKEN,
        "an other site that is open counts if its kind does; one desk left is enough",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     H   H   H
        Bob     H   H   H
        Cat     H   H   H
        Dan     H   H   H
        """,
        # Ann may use York, and Dan's base has one desk: 60 % of 3 days = 1.8, so 2 of each. Bob has
        # no other office than a court, and both offices of Cat are closed but on Wednesday: 1.
        office(0, 2, gap=2),
        Found(
            f"Cat (cat) has 0 office days {ONE_WEEK}; at least 1 asked.", 0, least=1, gap=1, cost=3
        ),
        Found(
            f"Dan (dan) has 0 office days {ONE_WEEK}; at least 2 asked.", 0, least=2, gap=2, cost=6
        ),
        officers={
            "Ann": {"other_sites": ("York",)},
            "Bob": {"other_sites": ("Crown Court",)},
            "Cat": {"other_sites": ("HMP Leeds",)},
            "Dan": {"base": "Drug Service"},
        },
        counts=("office", "prison"),
        desks={"P": 1},
        closures=[Closure("Leeds", MON, WED, 0), Closure("HMP Leeds", MON, TUE, 0)],
    ),
    example(
        "office-minimum",
        KEPT,
        "a seat on a day that is not asked still counts, also at a court where courts count",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     C   O   H
        """,
        # Tuesday alone is asked: 60 % of 1 day, so 1. No duty makes the court open.
        office(2, 1),
        counts=("office", "court"),
        duties=[Duty(MON, "Crown Court", 1)],
        closures=[Closure("Leeds", MON, MON, 0), Closure("Leeds", WED, WED, 0)],
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "an office with no desk for good asks nothing of those who have no other",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H
        Bob     N   N
        """,
        Found(f"Bob (bob) has 2 office days {ONE_WEEK}; at least 2 asked.", 2, least=2),
        officers={"Bob": {"other_sites": ("York",)}},
        desks={"O": 0},
    ),
    example(
        "office-minimum",
        BROKEN,
        "it is that of the base, not of where somebody is; 0 asks nothing",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H
        Bob     O   H
        """,
        # Bob is based at York: 60 % of 2 days = 1.2, so 2
        Found(
            f"Bob (bob) has 1 office day {ONE_WEEK}; at least 2 asked.", 1, least=2, gap=1, cost=3
        ),
        sites={"O": {"office_percent": 0}},
        officers={"Bob": {"base": "York", "other_sites": ("Leeds",)}},
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "the base counts, even where it is a court",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     C   C   C   H   H
        """,
        office(3, 3),
        officers={"Ann": {"base": "Crown Court"}},
    ),
    example(
        "office-minimum",
        BROKEN,
        "a day at a court that is not her base is no office day",
        COURT_WEEK,
        office(1, 3, gap=2),
        duties=[Duty(MON, "Crown Court", 1), Duty(TUE, "Crown Court", 1)],
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "unless the policy counts courts",
        COURT_WEEK,
        office(3, 3),
        counts=("office", "court"),
        duties=[Duty(MON, "Crown Court", 1), Duty(TUE, "Crown Court", 1)],
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "any office counts",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     N   O   N   H   H
        """,
        office(3, 3),
        officers={"Ann": {"other_sites": ("York",)}},
    ),
    example(
        "office-minimum",
        BROKEN,
        "unless the policy counts none but the base",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     N   O   N   H   H
        """,
        office(1, 3, gap=2),
        counts=(),
        officers={"Ann": {"other_sites": ("York",)}},
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "published days that are past count, as office days and as working days",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     N   H   O   O   H
        """,
        # York on Monday counts, though York is not one of her sites any more.
        office(3, 3),
        published="""
                4 Jan 2027
                Mon Tue Wed
        Ann     N   H   O
        """,
        today=WED,
    ),
    example(
        "office-minimum",
        BROKEN,
        "who starts on Thursday works two days of the first week",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     -   -   -   O   H
        """,
        # 60 % of 2 days = 1.2, so 2
        office(1, 2, gap=1),
        officers={"Ann": {**ALL_WEEK, "start_date": THU}},
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "who leaves on Tuesday still works that day",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   -   -   -
        """,
        # 60 % of 2 days = 1.2, so 2
        office(2, 2),
        officers={"Ann": {**ALL_WEEK, "leave_date": TUE}},
    ),
    example(
        "office-minimum",
        KEPT,
        "who has left is asked nothing",
        """
                4 Jan 2027
                Mon
        Ann     -
        """,
        officers={"Ann": {**ALL_WEEK, "leave_date": date(2027, 1, 3)}},
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "days away are no working days, the first and the last included",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   -   -   O   H
        """,
        # 60 % of 3 days = 1.8, so 2
        office(2, 2),
        officers={"Ann": ALL_WEEK},
        away=[Away("ann", TUE, WED, "sick")],
    ),
    example(
        "office-minimum",
        JUST_KEPT,
        "a bank holiday is no working day",
        """
                29 Mar 2027
                Mon Tue Wed Thu Fri
        Ann     *   O   O   O   H
        """,
        # 60 % of 4 days = 2.4, so 3
        office(3, 3, "from 29 March 2027 to 4 April 2027"),
    ),
)


def home(count: int, most: int, when: str = FIRST_WEEK, *, gap: int = 0) -> Found:
    days = "1 day" if count == 1 else f"{count} days"
    says = f"Ann (ann) has {days} at home {when}; at most {most} allowed."
    return Found(says, count, most=most, gap=gap, cost=2 * gap)


HOME_MAXIMUM = (
    example(
        "home-maximum",
        KEPT,
        "one day at home",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   H   O   O
        """,
        Found(
            "Ann (ann) has 1 day at home in the week of 4 January 2027; at most 2 allowed.",
            count=1,
            most=2,
        ),
    ),
    example(
        "home-maximum",
        JUST_KEPT,
        "two days at home",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     H   O   H   O   O
        """,
        home(2, 2),
    ),
    example(
        "home-maximum",
        BROKEN,
        "four days at home",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     H   H   H   H   O
        """,
        # 4 - 2 = 2 too many, at 2 each.
        Found(
            "Ann (ann) has 4 days at home in the week of 4 January 2027; at most 2 allowed.",
            count=4,
            most=2,
            gap=2,
            cost=4,
        ),
    ),
    example(
        "home-maximum",
        BROKEN,
        "one week does not make up for another",
        """
                4 Jan 2027      11 Jan 2027
                Mon Tue Wed     Mon Tue Wed
        Ann     H   H   H       O   O   H
        """,
        home(3, 2, gap=1),
        home(1, 2, SECOND_WEEK),
    ),
    example(
        "home-maximum",
        BROKEN,
        "with 0 no day at home is allowed",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   O
        """,
        home(1, 0, gap=1),
        home_days_per_week=0,
    ),
    example(
        "home-maximum",
        JUST_KEPT,
        "a day on which no other site is open to them is not counted",
        """
                4 Jan 2027              11 Jan 2027
                Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     H   H   H   H   O       H   H   H   H   H
        """,
        # Leeds is closed from Tuesday to Wednesday, and all of the second week.
        home(2, 2),
        closures=[Closure("Leeds", TUE, WED, 0), Closure("Leeds", date(2027, 1, 9), FAR, 0)],
    ),
    example(
        "home-maximum",
        BROKEN,
        "another site that is open counts, whatever its kind; so does one that has a desk left",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     H   H   H   O   O
        Bob     H   H   H   O   O
        """,
        home(3, 2, gap=1),
        Found(
            f"Bob (bob) has 3 days at home {FIRST_WEEK}; at most 2 allowed.",
            3,
            most=2,
            gap=1,
            cost=2,
        ),
        officers={
            "Ann": {"other_sites": ("Crown Court",)},
            "Bob": {"base": "York", "other_sites": ("Leeds",)},
        },
        closures=[Closure("Leeds", MON, WED, 0), Closure("York", MON, WED, 1)],
    ),
    example(
        "home-maximum",
        BROKEN,
        "an officer's own number replaces the policy's, be it more, less or 0",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     H   H   H   H   O
        Bob     H   H   O   O   O
        Cat     H   O   O   O   O
        """,
        home(4, 4),
        Found(f"Bob (bob) has 2 days at home {FIRST_WEEK}; at most 2 allowed.", 2, most=2),
        Found(
            f"Cat (cat) has 1 day at home {FIRST_WEEK}; at most 0 allowed.",
            1,
            most=0,
            gap=1,
            cost=2,
        ),
        officers={"Ann": {"home_days_per_week": 4}, "Cat": {"home_days_per_week": 0}},
    ),
    example(
        "home-maximum",
        BROKEN,
        "locked days at home count too, and those of someone without a home office",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H
        Bob     H   O
        """,
        home(2, 1, gap=1),
        Found(f"Bob (bob) has 1 day at home {FIRST_WEEK}; at most 1 allowed.", 1, most=1),
        home_days_per_week=1,
        officers={"Bob": NO_HOME},
        published="""
                4 Jan 2027
                Mon
        Ann     H!
        Bob     H!
        """,
    ),
    example(
        "home-maximum",
        KEPT,
        "who has no home office is asked nothing",
        """
                4 Jan 2027
                Mon
        Ann     O
        """,
        officers={"Ann": NO_HOME},
    ),
)


def edges(count: int, most: int, when: str = ONE_WEEK, *, gap: int = 0) -> Found:
    days = "1 Monday or Friday" if count == 1 else f"{count} Mondays and Fridays"
    says = f"Ann (ann) is at home on {days} {when}; at most {most} allowed."
    return Found(says, count, most=most, gap=gap, cost=gap)


HOME_EDGES = (
    example(
        "home-edges",
        KEPT,
        "neither Monday nor Friday at home",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   H   H   H   O
        """,
        # 50 % of 2 days = 1
        Found(
            "Ann (ann) is at home on 0 Mondays and Fridays "
            "from 4 January 2027 to 10 January 2027; at most 1 allowed.",
            count=0,
            most=1,
        ),
    ),
    example(
        "home-edges",
        JUST_KEPT,
        "Friday at home",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     O   O   O   O   H
        """,
        Found(
            "Ann (ann) is at home on 1 Monday or Friday "
            "from 4 January 2027 to 10 January 2027; at most 1 allowed.",
            count=1,
            most=1,
        ),
    ),
    example(
        "home-edges",
        BROKEN,
        "Monday and Friday at home",
        """
                4 Jan 2027
                Mon Tue Wed Thu Fri
        Ann     H   O   O   O   H
        """,
        # 2 - 1 = 1
        Found(
            "Ann (ann) is at home on 2 Mondays and Fridays "
            "from 4 January 2027 to 10 January 2027; at most 1 allowed.",
            count=2,
            most=1,
            gap=1,
            cost=1,
        ),
    ),
    example(
        "home-edges",
        JUST_KEPT,
        "a part of a day is rounded up, and the period is taken as a whole",
        """
                29 Mar 2027         5 Apr 2027
                Mon Tue Wed Fri     Mon Tue Wed Fri
        Ann     *   H   H   O       H   O   O   H
        """,
        # 50 % of 3 days = 1.5, so 2
        edges(2, 2, "from 29 March 2027 to 11 April 2027"),
    ),
    example(
        "home-edges",
        BROKEN,
        "only Mondays and Fridays that are worked are taken",
        """
                4 Jan 2027          11 Jan 2027
                Mon Tue Thu Fri     Mon Tue Thu Fri
        Ann     H   O   O   -       -   O   O   H
        """,
        # 50 % of 2 days = 1
        edges(2, 1, TWO_WEEKS, gap=1),
    ),
    example(
        "home-edges",
        BROKEN,
        "with 0 % none is allowed",
        """
                4 Jan 2027
                Mon Fri
        Ann     H   H
        """,
        edges(2, 0, gap=2),
        home_edge_percent=0,
    ),
    example(
        "home-edges",
        JUST_KEPT,
        "with 100 % all are allowed",
        """
                4 Jan 2027
                Mon Fri
        Ann     H   H
        """,
        edges(2, 2),
        home_edge_percent=100,
    ),
    example(
        "home-edges",
        KEPT,
        "a Friday on which home cannot be used is still a working Friday",
        """
                4 Jan 2027
                Mon Fri
        Ann     H   O
        """,
        # 100 % of 2 days = 2
        edges(1, 2),
        home_edge_percent=100,
        published="""
                4 Jan 2027
                Fri
        Ann     O!
        """,
    ),
    example(
        "home-edges",
        KEPT,
        "who works neither Mondays nor Fridays is asked nothing",
        """
                4 Jan 2027
                Tue Wed Thu
        Ann     H   H   H
        """,
    ),
    example(
        "home-edges",
        KEPT,
        "nor is who has no home office",
        """
                4 Jan 2027
                Mon Fri
        Ann     O   O
        """,
        officers={"Ann": NO_HOME},
    ),
)

EXAMPLES = OFFICE_MINIMUM + HOME_MAXIMUM + HOME_EDGES


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
