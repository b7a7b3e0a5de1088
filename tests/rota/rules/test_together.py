import pytest

from rota.domain import Link
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import MON

WEEK = "in the week of 4 January 2027"
NEXT_WEEK = "in the week of 11 January 2027"


def team(count: int, gap: int = 0, week: str = WEEK, name: str = "Blue") -> Found:
    members = "1 member" if gap == 1 else f"{gap} members"
    says = f"{name} lacks {members} on its fullest day {week}."
    return Found(says, count, least=1, gap=gap, cost=2 * gap)


TEAM_DAY = (
    example(
        "team-day",
        KEPT,
        "all are in on two days",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   O   O
        Bob     O   O   H
        """,
        Found(
            "Blue lacks 0 members on its fullest day in the week of 4 January 2027.",
            count=2,
            least=1,
        ),
    ),
    example(
        "team-day",
        JUST_KEPT,
        "all are in on one day",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   H   O
        Bob     O   O   H
        """,
        team(1),
    ),
    example(
        "team-day",
        BROKEN,
        "one is absent on the fullest day",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   O   H
        Bob     H   O   O
        Cat     H   H   O
        """,
        # Absences are 2 1 1.
        Found(
            "Blue lacks 1 member on its fullest day in the week of 4 January 2027.",
            count=0,
            least=1,
            gap=1,
            cost=2,
        ),
    ),
    example(
        "team-day",
        BROKEN,
        "nobody comes at all",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H
        Bob     H   H
        """,
        team(0, gap=2),
    ),
    example(
        "team-day",
        BROKEN,
        "a member away on the fullest day is absent",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   O
        Bob     O   O
        Cat     O   -
        """,
        # Absences are 1 1.
        team(0, gap=1),
    ),
    example(
        "team-day",
        BROKEN,
        "members who share no day cannot meet, and it is said",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   -
        Bob     -   O
        """,
        team(0, gap=1),
    ),
    example(
        "team-day",
        BROKEN,
        "a member away all week is left out, in that week",
        """
                4 Jan 2027  11 Jan 2027
                Mon Tue     Mon Tue
        Ann     O   H       O   H
        Bob     -   -       H   O
        """,
        team(1),
        team(0, gap=1, week=NEXT_WEEK),
    ),
    example(
        "team-day",
        KEPT,
        "nothing is asked in a week in which no member works",
        """
                4 Jan 2027  11 Jan 2027
                Mon Tue     Mon Tue
        Ann     -   -       O   H
        """,
        team(1, week=NEXT_WEEK),
    ),
    example(
        "team-day",
        JUST_KEPT,
        "a member who may not use the team's office is left out",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     N   N
        """,
        team(1),
        officers={"Bob": {"base": "York"}},
    ),
    example(
        "team-day",
        BROKEN,
        "a member who may use it on some other day is not",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     H   O
        """,
        team(0, gap=1),
        published="""
                4 Jan 2027
                Mon
        Bob     H!
        """,
    ),
    example(
        "team-day",
        JUST_KEPT,
        "a member who is locked elsewhere all week is left out",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     H   H
        """,
        team(1),
        published="""
                4 Jan 2027
                Mon Tue
        Bob     H!  H!
        """,
    ),
    example(
        "team-day",
        JUST_KEPT,
        "the office is the team's, not the members'; each team has its own day",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     O   H
        Cat     O   N
        Dan     H   N
        """,
        team(1),
        # At York absences are 2 0.
        team(1, name="Red"),
        teams={"Red": "York"},
        officers={
            "Cat": {"team": "Red", "other_sites": ("York",)},
            "Dan": {"team": "Red", "base": "York"},
        },
    ),
    example(
        "team-day",
        KEPT,
        "a team without members is asked nothing",
        """
                4 Jan 2027
                Mon
        Ann     O
        """,
        team(1),
        teams={"Red": "York"},
    ),
    example(
        "team-day",
        BROKEN,
        "a bank holiday is no day to meet",
        """
                29 Mar 2027
                Mon Tue Wed
        Ann     *   O   H
        Bob     *   H   O
        """,
        # Absences are 1 1.
        team(0, gap=1, week="in the week of 29 March 2027"),
    ),
)

LINK = Link("ann", "bob", "co-defendants")
BOTH_OFFICES = {"other_sites": ("York", "Leeds")}


def linked(count: int, gap: int = 0, week: str = WEEK) -> Found:
    days = "1 day" if count == 1 else f"{count} days"
    says = f"Ann (ann) and Bob (bob) share {days} at the base {week}; at least 1 asked."
    return Found(says, count, least=1, gap=gap, cost=2 * gap)


LINKS = (
    example(
        "links",
        KEPT,
        "two days shared",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   O   H
        Bob     O   O   H
        """,
        Found(
            "Ann (ann) and Bob (bob) share 2 days at the base in the week of 4 January 2027; "
            "at least 1 asked.",
            count=2,
            least=1,
        ),
        links=[LINK],
    ),
    example(
        "links",
        JUST_KEPT,
        "one day shared",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   O   H
        Bob     H   O   H
        """,
        linked(1),
        links=[LINK],
    ),
    example(
        "links",
        BROKEN,
        "they miss each other",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   H   H
        Bob     H   O   H
        """,
        # Absences are 1 1 2.
        Found(
            "Ann (ann) and Bob (bob) share 0 days at the base in the week of 4 January 2027; "
            "at least 1 asked.",
            count=0,
            least=1,
            gap=1,
            cost=2,
        ),
        links=[LINK],
    ),
    example(
        "links",
        BROKEN,
        "neither is at the base all week",
        """
                4 Jan 2027
                Mon Tue
        Ann     H   H
        Bob     H   H
        """,
        linked(0, gap=2),
        links=[LINK],
    ),
    example(
        "links",
        BROKEN,
        "the base is that of the first, not of the second",
        """
                4 Jan 2027
                Mon Tue
        Ann     N   O
        Bob     N   N
        """,
        # At Leeds absences are 2 1.
        linked(0, gap=1),
        links=[LINK],
        officers={"Ann": BOTH_OFFICES, "Bob": {"base": "York", "other_sites": ("Leeds",)}},
    ),
    example(
        "links",
        JUST_KEPT,
        "told the other way round it is the base of the other",
        """
                4 Jan 2027
                Mon Tue
        Ann     N   O
        Bob     N   N
        """,
        Found(
            f"Bob (bob) and Ann (ann) share 1 day at the base {WEEK}; at least 1 asked.",
            count=1,
            least=1,
        ),
        links=[Link("bob", "ann")],
        officers={"Ann": BOTH_OFFICES, "Bob": {"base": "York", "other_sites": ("Leeds",)}},
    ),
    example(
        "links",
        KEPT,
        "with no common date nothing is asked",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   -
        Bob     -   O
        """,
        links=[LINK],
    ),
    example(
        "links",
        KEPT,
        "nor where the second may not use the base of the first",
        """
                4 Jan 2027
                Mon Tue
        Ann     N   H
        Bob     N   H
        """,
        links=[LINK],
        officers={"Ann": BOTH_OFFICES, "Bob": {"base": "York"}},
    ),
    example(
        "links",
        BROKEN,
        "a date on which both work but one is locked elsewhere is no common date",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     H   H
        """,
        # On Monday Bob is fixed at home; on Tuesday both are absent.
        linked(0, gap=2),
        links=[LINK],
        published="""
                4 Jan 2027
                Mon
        Bob     H!
        """,
    ),
    example(
        "links",
        BROKEN,
        "each week is asked by itself, if it has a common date",
        """
                4 Jan 2027  11 Jan 2027     18 Jan 2027
                Mon Tue     Mon Tue         Mon Tue
        Ann     O   O       O   H           O   -
        Bob     O   O       H   O           -   O
        """,
        linked(2),
        linked(0, gap=1, week=NEXT_WEEK),
        links=[LINK],
    ),
    example(
        "links",
        BROKEN,
        "a past date on which they met counts; each link has its own finding",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   H
        Bob     O   H
        Cat     H   O
        """,
        linked(1),
        # On Monday Cat is fixed at home; on Tuesday Ann is absent.
        Found(
            f"Cat (cat) and Ann (ann) share 0 days at the base {WEEK}; at least 1 asked.",
            count=0,
            least=1,
            gap=1,
            cost=2,
        ),
        links=[LINK, Link("cat", "ann")],
        published="""
                4 Jan 2027
                Mon
        Ann     O
        Bob     O
        Cat     H
        """,
        today=MON,
    ),
)

EXAMPLES = TEAM_DAY + LINKS


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
