import pytest

from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged

SPO = {"grade": "SPO"}
YORK = {"base": "York"}

IN = """
        4 Jan 2027
        Mon
Ann     O
Bob     O
"""

OUT = """
        4 Jan 2027
        Mon
Ann     H
Bob     O
"""

NONE_IN = Found(
    "0 managers in at Leeds on Monday 4 January 2027; at least 1 asked.",
    count=0,
    least=1,
    gap=1,
    cost=3,
)

ONE_IN = Found(
    "1 manager in at Leeds on Monday 4 January 2027; at least 1 asked.", count=1, least=1
)

EXAMPLES = (
    example(
        "managers-in",
        KEPT,
        "two managers in where one is asked",
        IN,
        Found("2 managers in at Leeds on Monday 4 January 2027; at least 1 asked.", 2, least=1),
        managers_in=1,
        officers={"Ann": SPO, "Bob": SPO},
    ),
    example(
        "managers-in",
        JUST_KEPT,
        "one manager in, one at home",
        OUT,
        ONE_IN,
        managers_in=1,
        officers={"Ann": SPO, "Bob": SPO},
    ),
    example(
        "managers-in",
        BROKEN,
        "the manager is at home",
        OUT,
        NONE_IN,
        managers_in=1,
        officers={"Ann": SPO},
    ),
    example(
        "managers-in",
        BROKEN,
        "two are asked of an office with one manager",
        IN,
        # 2 - 1 = 1 short, at 3 each.
        Found(
            "1 manager in at Leeds on Monday 4 January 2027; at least 2 asked.",
            count=1,
            least=2,
            gap=1,
            cost=3,
        ),
        managers_in=2,
        officers={"Ann": SPO},
    ),
    example(
        "managers-in",
        KEPT,
        "0 switches it off",
        OUT,
        managers_in=0,
        officers={"Ann": SPO},
    ),
    example(
        "managers-in",
        KEPT,
        "an office with no manager at all is left out",
        """
                4 Jan 2027
                Mon
        Ann     O
        Cat     N
        """,
        ONE_IN,
        managers_in=1,
        officers={"Ann": SPO, "Cat": YORK},
    ),
    example(
        "managers-in",
        BROKEN,
        "the manager does not work that day, colleagues do",
        """
                4 Jan 2027
                Mon Tue
        Ann     -   O
        Bob     O   O
        """,
        NONE_IN,
        Found("1 manager in at Leeds on Tuesday 5 January 2027; at least 1 asked.", 1, least=1),
        managers_in=1,
        officers={"Ann": SPO},
    ),
    example(
        "managers-in",
        JUST_KEPT,
        "the manager is the only one based there who works",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     -
        """,
        ONE_IN,
        managers_in=1,
        officers={"Ann": SPO},
    ),
    example(
        "managers-in",
        BROKEN,
        "colleagues at home work too",
        """
                4 Jan 2027
                Mon
        Ann     H
        Bob     H
        """,
        NONE_IN,
        managers_in=1,
        officers={"Ann": SPO},
    ),
    example(
        "managers-in",
        JUST_KEPT,
        "nothing is asked on a date on which nobody based there works",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   -
        Bob     O   -
        Cat     N   O
        """,
        ONE_IN,
        managers_in=1,
        officers={"Ann": SPO, "Cat": {"base": "York", "other_sites": ("Leeds",)}},
    ),
    example(
        "managers-in",
        BROKEN,
        "a visiting manager does not stand in, and a manager who visits is not in",
        """
                4 Jan 2027
                Mon
        Ann     N
        Cat     O
        """,
        NONE_IN,
        Found(
            "0 managers in at York on Monday 4 January 2027; at least 1 asked.",
            count=0,
            least=1,
            gap=1,
            cost=3,
        ),
        managers_in=1,
        officers={
            "Ann": {"grade": "SPO", "other_sites": ("York",)},
            "Cat": {"grade": "SPO", "base": "York", "other_sites": ("Leeds",)},
        },
    ),
    example(
        "managers-in",
        BROKEN,
        "a manager locked elsewhere is not in",
        OUT,
        NONE_IN,
        managers_in=1,
        officers={"Ann": SPO},
        published="""
                4 Jan 2027
                Mon
        Ann     H!
        """,
    ),
    example(
        "managers-in",
        KEPT,
        "a court is not an office",
        """
                4 Jan 2027
                Mon
        Ann     C
        """,
        managers_in=1,
        officers={"Ann": {"grade": "SPO", "base": "Crown Court"}},
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
