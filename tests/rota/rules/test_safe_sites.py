import pytest

from rota.domain import Duty, Presence
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import MON, SAT, TUE

FIRST_AID = {"skills": frozenset({"first aid"})}
WITH_BOB = {"officers": {"Bob": FIRST_AID}}
AT_LEEDS = [Presence("Leeds", "first aid")]
NOT_ALONE = {"sites": {"O": {"may_be_alone": False}}}
EXTRA = {"takes_extra_days": True}

BOTH_IN = """
        4 Jan 2027
        Mon
Ann     O
Bob     O
"""
ANN_IN = """
        4 Jan 2027
        Mon
Ann     O
Bob     H
"""
BOB_IN = """
        4 Jan 2027
        Mon
Ann     H
Bob     O
"""
NOBODY_IN = """
        4 Jan 2027
        Mon
Ann     H
Bob     H
"""
MORNING_AT_COURT = """
        4 Jan 2027
        Mon
Ann     O
Bob     C/O
"""
SATURDAY = """
        4 Jan 2027
        Mon Sat
Ann     H   O
Bob     H   -
"""


def skilled(number: str, when: str, count: int, least: int = 1, gap: float = 0) -> Found:
    says = (
        f"Leeds (skill first aid) has {number} {when}; at least {least} asked while anybody is "
        "there."
    )
    return Found(says, count=count, least=least, gap=gap, cost=gap)


def company(number: str, when: str, count: int, gap: float = 0) -> Found:
    says = f"{number} at Leeds {when}; nobody is to be there alone."
    return Found(says, count=count, least=2, gap=gap, cost=4 * gap)


ON_MONDAY = "on Monday 4 January 2027"
ON_SATURDAY = "on Saturday 9 January 2027"
MORNING, AFTERNOON = (
    f"on the {half} of Monday 4 January 2027" for half in ("morning", "afternoon")
)

PRESENCE_EXAMPLES = (
    example(
        "presence",
        KEPT,
        "two first aiders in where one is asked",
        BOTH_IN,
        skilled("2 people", ON_MONDAY, 2),
        presence=AT_LEEDS,
        officers={"Ann": FIRST_AID, "Bob": FIRST_AID},
    ),
    example(
        "presence",
        JUST_KEPT,
        "one first aider in with somebody else",
        BOTH_IN,
        skilled("1 person", ON_MONDAY, 1),
        presence=AT_LEEDS,
        **WITH_BOB,
    ),
    example(
        "presence",
        BROKEN,
        "the first aider is at home",
        ANN_IN,
        skilled("0 people", ON_MONDAY, 0, gap=1),
        presence=AT_LEEDS,
        **WITH_BOB,
    ),
    example(
        "presence",
        KEPT,
        "nobody is there who would need one",
        NOBODY_IN,
        skilled("0 people", ON_MONDAY, 0),
        presence=AT_LEEDS,
        **WITH_BOB,
    ),
    example(
        "presence",
        BROKEN,
        "a first aider by themselves is one of two",
        BOB_IN,
        # 2 - 1 = 1 is missing.
        skilled("1 person", ON_MONDAY, 1, least=2, gap=1),
        presence=[Presence("Leeds", "first aid", 2)],
        **WITH_BOB,
    ),
    example(
        "presence",
        BROKEN,
        "of two rows about one skill the one that asks for most holds",
        ANN_IN,
        skilled("0 people", ON_MONDAY, 0, least=2, gap=2),
        presence=[Presence("Leeds", "first aid", 2, frozenset({0})), *AT_LEEDS],
        **WITH_BOB,
    ),
    example(
        "presence",
        BROKEN,
        "a date and weekdays are those days alone",
        """
                4 Jan 2027
                Mon Tue Wed Thu
        Ann     O   O   O   O
        Bob     H   H   H   H
        """,
        skilled("0 people", ON_MONDAY, 0, gap=1),
        skilled("0 people", "on Tuesday 5 January 2027", 0, gap=1),
        presence=[
            Presence("Leeds", "first aid", when=frozenset({0})),
            Presence("Leeds", "first aid", when=TUE),
        ],
        **WITH_BOB,
    ),
    example(
        "presence",
        KEPT,
        "nothing is asked on a day on which nobody with the skill works",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        Bob     -   O
        """,
        skilled("1 person", "on Tuesday 5 January 2027", 1),
        presence=AT_LEEDS,
        **WITH_BOB,
    ),
    example(
        "presence",
        KEPT,
        "nothing is asked where who has the skill is locked elsewhere",
        """
                4 Jan 2027
                Mon Tue
        Ann     O   O
        Bob     H   O
        """,
        skilled("1 person", "on Tuesday 5 January 2027", 1),
        presence=AT_LEEDS,
        published="""
                4 Jan 2027
                Mon
        Bob     H!
        """,
        **WITH_BOB,
    ),
    example(
        "presence",
        BROKEN,
        "an extra day needs a first aider too",
        SATURDAY,
        skilled("0 people", ON_MONDAY, 0),
        skilled("0 people", ON_SATURDAY, 0, gap=1),
        presence=AT_LEEDS,
        duties=[Duty(SAT, "Leeds", 1)],
        officers={"Ann": EXTRA, "Bob": {**EXTRA, **FIRST_AID}},
    ),
)

ALONE_EXAMPLES = (
    example(
        "nobody-alone",
        KEPT,
        "three are in",
        BOTH_IN + "Cat     O\n",
        company("3 people", ON_MONDAY, 3),
        **NOT_ALONE,
    ),
    example(
        "nobody-alone",
        JUST_KEPT,
        "two are in",
        BOTH_IN,
        company("2 people", ON_MONDAY, 2),
        **NOT_ALONE,
    ),
    example(
        "nobody-alone",
        KEPT,
        "nobody is in",
        NOBODY_IN,
        company("0 people", ON_MONDAY, 0),
        **NOT_ALONE,
    ),
    example(
        "nobody-alone",
        BROKEN,
        "one is in",
        ANN_IN,
        # One is missing, at 4.
        company("1 person", ON_MONDAY, 1, gap=1),
        **NOT_ALONE,
    ),
    example(
        "nobody-alone",
        BROKEN,
        "on an extra day nobody is to be alone either",
        SATURDAY,
        company("0 people", ON_MONDAY, 0),
        company("1 person", ON_SATURDAY, 1, gap=1),
        duties=[Duty(SAT, "Leeds", 1)],
        officers={"Ann": EXTRA},
        **NOT_ALONE,
    ),
)

HALF_EXAMPLES = (
    example(
        "presence",
        BROKEN,
        "a morning without a first aider is half of a day",
        MORNING_AT_COURT,
        skilled("0 people", MORNING, 0, gap=0.5),
        skilled("1 person", AFTERNOON, 1),
        presence=AT_LEEDS,
        duties=[Duty(MON, "Crown Court", 1, part="am")],
        **WITH_BOB,
    ),
    example(
        "presence",
        KEPT,
        "in a half in which nobody with the skill works nothing is asked",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     -/O
        """,
        skilled("1 person", AFTERNOON, 1),
        presence=AT_LEEDS,
        **WITH_BOB,
    ),
    example(
        "nobody-alone",
        BROKEN,
        "whoever stays for the morning is alone for half of the day",
        MORNING_AT_COURT,
        company("1 person", MORNING, 1, gap=0.5),
        company("2 people", AFTERNOON, 2),
        duties=[Duty(MON, "Crown Court", 1, part="am")],
        **NOT_ALONE,
    ),
)
"""They stand with those of the other rules that have halves."""

EXAMPLES = (*PRESENCE_EXAMPLES, *ALONE_EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
