import pytest

from rota.domain import Closure, Duty
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import MON, TUE, WED

ALONE = """
        4 Jan 2027
        Mon
Ann     O
Bob     H
"""

PAIR = """
        4 Jan 2027
        Mon
Ann     O
Bob     O
"""

EXAMPLES = (
    example(
        "desks",
        KEPT,
        "one officer, two desks; home is no place with desks",
        ALONE,
        Found("1 officer for 2 desks at Leeds on Monday 4 January 2027.", count=1, most=2),
        desks={"O": 2},
    ),
    example(
        "desks",
        JUST_KEPT,
        "two officers, two desks",
        PAIR,
        Found("2 officers for 2 desks at Leeds on Monday 4 January 2027.", count=2, most=2),
        desks={"O": 2},
    ),
    example(
        "desks",
        BROKEN,
        "three officers, one desk",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     O
        Cat     O
        """,
        # 3 - 1 = 2 too many.
        Found(
            "3 officers for 1 desk at Leeds on Monday 4 January 2027.",
            count=3,
            most=1,
            gap=2,
            cost=2,
        ),
        desks={"O": 1},
    ),
    example(
        "desks",
        KEPT,
        "a blank number of desks is no limit",
        PAIR,
        desks={"O": None},
    ),
    example(
        "desks",
        BROKEN,
        "a closure takes desks away, on its date alone",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        Bob     O   O
        """,
        Found(
            "2 officers for 1 desk at Leeds on Monday 4 January 2027.",
            count=2,
            most=1,
            gap=1,
            cost=1,
        ),
        Found("2 officers for 2 desks at Leeds on Tuesday 5 January 2027.", count=2, most=2),
        desks={"O": 2},
        closures=[Closure("Leeds", MON, MON, 1)],
    ),
    example(
        "desks",
        BROKEN,
        "a closure with no desks closes an office that has no limit",
        ALONE,
        Found(
            "1 officer for 0 desks at Leeds on Monday 4 January 2027.",
            count=1,
            most=0,
            gap=1,
            cost=1,
        ),
        desks={"O": None},
        closures=[Closure("Leeds", MON, MON, 0)],
    ),
    example(
        "desks",
        JUST_KEPT,
        "a closure may also bring desks in",
        PAIR,
        Found("2 officers for 2 desks at Leeds on Monday 4 January 2027.", count=2, most=2),
        desks={"O": 1},
        closures=[Closure("Leeds", MON, MON, 2)],
    ),
    example(
        "desks",
        JUST_KEPT,
        "the closure of another site, or of another date, changes nothing",
        PAIR,
        Found("2 officers for 2 desks at Leeds on Monday 4 January 2027.", count=2, most=2),
        desks={"O": 2},
        closures=[Closure("York", MON, MON, 0), Closure("Leeds", TUE, TUE, 0)],
    ),
    example(
        "desks",
        BROKEN,
        "a closure holds from its first day to its last, both included",
        """
                4 Jan 2027
                Mon Tue Wed Thu
        Ann     O   O   O   O
        Bob     O   O   O   O
        """,
        Found("2 officers for 2 desks at Leeds on Monday 4 January 2027.", count=2, most=2),
        Found(
            "2 officers for 1 desk at Leeds on Tuesday 5 January 2027.", 2, most=1, gap=1, cost=1
        ),
        Found(
            "2 officers for 1 desk at Leeds on Wednesday 6 January 2027.", 2, most=1, gap=1, cost=1
        ),
        Found("2 officers for 2 desks at Leeds on Thursday 7 January 2027.", count=2, most=2),
        desks={"O": 2},
        closures=[Closure("Leeds", TUE, WED, 1)],
    ),
    example(
        "desks",
        BROKEN,
        "a court may have desks too; the office has its own count",
        """
                4 Jan 2027
                Mon
        Ann     C
        Bob     C
        Cat     O
        """,
        Found("1 officer for 1 desk at Leeds on Monday 4 January 2027.", count=1, most=1),
        Found(
            "2 officers for 1 desk at Crown Court on Monday 4 January 2027.",
            count=2,
            most=1,
            gap=1,
            cost=1,
        ),
        desks={"O": 1, "C": 1},
        duties=[Duty(MON, "Crown Court", 2)],
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
