import pytest

from rota.domain import Duty, Request
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import MON, TUE

HOME_MONDAY = """
        4 Jan 2027
        Mon Tue
Ann     H   O
"""

OFFICE_MONDAY = """
        4 Jan 2027
        Mon Tue
Ann     O   H
"""


def wish(kind: str, day: str = "Monday 4 January 2027", *, missed: int = 0) -> Found:
    """A request that is met, or one that is missed at that cost."""
    says = f"The request of Ann (ann) for {kind} on {day} is "
    if missed:
        return Found(f"{says}not kept.", count=0, least=1, gap=1, cost=missed)
    return Found(f"{says}kept.", count=1, least=1)


EXAMPLES = (
    example(
        "requests",
        JUST_KEPT,
        "at home on the date she asked for",
        HOME_MONDAY,
        Found(
            "The request of Ann (ann) for home on Monday 4 January 2027 is kept.",
            count=1,
            least=1,
        ),
        requests=[Request("ann", MON, "home")],
    ),
    example(
        "requests",
        BROKEN,
        "at the office on the date she asked for at home",
        OFFICE_MONDAY,
        Found(
            "The request of Ann (ann) for home on Monday 4 January 2027 is not kept.",
            count=0,
            least=1,
            gap=1,
            cost=1,
        ),
        requests=[Request("ann", MON, "home")],
    ),
    example(
        "requests",
        BROKEN,
        "a miss is one gap that costs as much as the request is strong",
        OFFICE_MONDAY,
        Found(
            "The request of Ann (ann) for home on Monday 4 January 2027 is not kept.",
            count=0,
            least=1,
            gap=1,
            cost=3,
        ),
        requests=[Request("ann", MON, "home", strength=3)],
    ),
    example(
        "requests",
        KEPT,
        "two wishes met",
        HOME_MONDAY,
        wish("home"),
        wish("office", "Tuesday 5 January 2027"),
        requests=[Request("ann", MON, "home", 2), Request("ann", TUE, "office")],
    ),
    example(
        "requests",
        KEPT,
        "by weekday, in each week",
        """
                4 Jan 2027  11 Jan 2027
                Mon Tue     Mon Tue
        Ann     H   O       H   H
        """,
        wish("home"),
        wish("home", "Monday 11 January 2027"),
        requests=[Request("ann", 0, "home")],
    ),
    example(
        "requests",
        BROKEN,
        "by weekday, missed in one week",
        """
                4 Jan 2027  11 Jan 2027
                Mon Tue     Mon Tue
        Ann     H   O       O   H
        """,
        wish("home"),
        wish("home", "Monday 11 January 2027", missed=2),
        requests=[Request("ann", 0, "home", 2)],
    ),
    example(
        "requests",
        BROKEN,
        "of two alike the stronger counts, the first one",
        OFFICE_MONDAY,
        wish("home", missed=3),
        requests=[Request("ann", MON, "home", 3), Request("ann", MON, "home", 2)],
    ),
    example(
        "requests",
        BROKEN,
        "of two alike the stronger counts, the second one",
        OFFICE_MONDAY,
        wish("home", missed=3),
        requests=[Request("ann", MON, "home", 2), Request("ann", MON, "home", 3)],
    ),
    example(
        "requests",
        BROKEN,
        "a date and its weekday are alike",
        """
                4 Jan 2027  11 Jan 2027
                Mon Tue     Mon Tue
        Ann     O   O       O   O
        """,
        wish("home", missed=2),
        wish("home", "Monday 11 January 2027", missed=1),
        requests=[Request("ann", 0, "home", 1), Request("ann", MON, "home", 2)],
    ),
    example(
        "requests",
        BROKEN,
        "two kinds on one date are not alike, and only one can be met",
        OFFICE_MONDAY,
        wish("home", missed=1),
        wish("office"),
        requests=[Request("ann", MON, "home", 1), Request("ann", MON, "office", 2)],
    ),
    example(
        "requests",
        BROKEN,
        "a colleague's wish is their own, and so is their seat",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     H
        """,
        wish("home", missed=1),
        Found("The request of Bob (bob) for home on Monday 4 January 2027 is kept.", 1, least=1),
        requests=[Request("ann", MON, "home"), Request("bob", MON, "home")],
    ),
    example(
        "requests",
        KEPT,
        "any site of the kind will do",
        """
                4 Jan 2027
                Mon Tue
        Ann     N   C
        """,
        wish("office"),
        wish("court", "Tuesday 5 January 2027"),
        requests=[Request("ann", MON, "office"), Request("ann", TUE, "court")],
        officers={"Ann": {"other_sites": ("York",)}},
        duties=[Duty(TUE, "Crown Court", 1)],
    ),
    example(
        "requests",
        KEPT,
        "nothing is asked on days off, nor outside the period",
        """
                4 Jan 2027
                Mon Tue
        Ann     -   O
        """,
        requests=[
            Request("ann", MON, "home"),
            Request("ann", 0, "home"),
            Request("ann", MON.replace(day=12), "home"),
        ],
    ),
    example(
        "requests",
        BROKEN,
        "a wish that cannot be met is missed",
        OFFICE_MONDAY,
        wish("partner", missed=2),
        requests=[Request("ann", MON, "partner", 2)],
    ),
    example(
        "requests",
        BROKEN,
        "a locked seat does not silence the wish",
        OFFICE_MONDAY,
        wish("home", missed=1),
        requests=[Request("ann", MON, "home")],
        published="""
                4 Jan 2027
                Mon
        Ann     O!
        """,
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
