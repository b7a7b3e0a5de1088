import pytest

from rota.domain import Appointment, Duty
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota_text import FRI, MON, SAT, TUE, WED

TRIAL = {"skills": frozenset({"trial"})}
EXTRA = {"takes_extra_days": True}
CALLER = {"other_sites": ("Crown Court",)}
COURT_TEAM = {"base": "Crown Court"}

NOBODY_MAY = "Nobody at work on that day may do it."

ONE_AT_COURT = """
        4 Jan 2027
        Mon
Ann     C
Bob     O
"""

TWO_AT_COURT = """
        4 Jan 2027
        Mon
Ann     C
Bob     C
"""

NOBODY_AT_COURT = """
        4 Jan 2027
        Mon
Ann     O
Bob     H
"""


def least(
    count: int,
    least: int,
    about: str = "Crown Court",
    *,
    day: str = "Monday 4",
    cost: int = 0,
    why: str = "",
) -> Found:
    officers = "1 officer" if count == 1 else f"{count} officers"
    says = f"{about} has {officers} on {day} January 2027; its duties ask for at least {least}."
    return Found(f"{says} {why}".strip(), count, least=least, gap=cost, cost=cost)


def most(
    count: int, most: int, about: str = "Crown Court", *, day: str = "Monday 4", cost: int = 0
) -> Found:
    officers = "1 officer" if count == 1 else f"{count} officers"
    says = f"{about} has {officers} on {day} January 2027; its duties ask for at most {most}."
    return Found(says, count, most=most, gap=cost, cost=cost)


COVER = (
    example(
        "cover",
        JUST_KEPT,
        "one officer for a duty of one",
        ONE_AT_COURT,
        Found(
            "Crown Court has 1 officer on Monday 4 January 2027; its duties ask for at least 1.",
            count=1,
            least=1,
        ),
        Found(
            "Crown Court has 1 officer on Monday 4 January 2027; its duties ask for at most 1.",
            count=1,
            most=1,
        ),
        duties=[Duty(MON, "Crown Court", 1)],
    ),
    example(
        "cover",
        BROKEN,
        "nobody for a duty of two",
        NOBODY_AT_COURT,
        Found(
            "Crown Court has 0 officers on Monday 4 January 2027; its duties ask for at least 2.",
            count=0,
            least=2,
            gap=2,
            cost=2,
        ),
        Found(
            "Crown Court has 0 officers on Monday 4 January 2027; its duties ask for at most 2.",
            count=0,
            most=2,
        ),
        duties=[Duty(MON, "Crown Court", 2)],
    ),
    example(
        "cover",
        BROKEN,
        "two officers for a duty of one",
        TWO_AT_COURT,
        least(2, 1),
        Found(
            "Crown Court has 2 officers on Monday 4 January 2027; its duties ask for at most 1.",
            count=2,
            most=1,
            gap=1,
            cost=1,
        ),
        duties=[Duty(MON, "Crown Court", 1)],
    ),
    example(
        "cover",
        BROKEN,
        "an officer without the skill is no cover, though the court is one of her sites",
        ONE_AT_COURT,
        Found(
            "Crown Court (skill trial) has 0 officers on Monday 4 January 2027; "
            "its duties ask for at least 1.",
            count=0,
            least=1,
            gap=1,
            cost=1,
        ),
        most(1, 1),
        duties=[Duty(MON, "Crown Court", 1, "trial")],
        officers={"Ann": CALLER, "Bob": TRIAL},
    ),
    example(
        "cover",
        JUST_KEPT,
        "an officer with the skill among others is cover",
        ONE_AT_COURT,
        least(1, 1, "Crown Court (skill trial)"),
        most(1, 1),
        duties=[Duty(MON, "Crown Court", 1, "trial")],
        officers={"Ann": {"skills": frozenset({"trial", "youth"})}},
    ),
    example(
        "cover",
        JUST_KEPT,
        "two duties at one site: each is covered, and there is room for both",
        TWO_AT_COURT,
        least(1, 1, "Crown Court (skill trial)"),
        least(2, 1),
        # 1 + 1 = 2 officers needed in all.
        most(2, 2),
        duties=[Duty(MON, "Crown Court", 1, "trial"), Duty(MON, "Crown Court", 1)],
        officers={"Ann": TRIAL},
    ),
    example(
        "cover",
        KEPT,
        "two duties at one site: one officer with the skill is counted for each",
        ONE_AT_COURT,
        least(1, 1, "Crown Court (skill trial)"),
        least(1, 1),
        most(1, 2),
        duties=[Duty(MON, "Crown Court", 1, "trial"), Duty(MON, "Crown Court", 1)],
        officers={"Ann": TRIAL},
    ),
    example(
        "cover",
        BROKEN,
        "two duties with their skills: each names what it lacks",
        ONE_AT_COURT,
        least(1, 1, "Crown Court (skill trial)"),
        least(0, 1, "Crown Court (skill youth)", cost=1, why="Nobody here has the skill youth."),
        most(1, 2),
        duties=[Duty(MON, "Crown Court", 1, "trial"), Duty(MON, "Crown Court", 1, "youth")],
        officers={"Ann": TRIAL},
    ),
    example(
        "cover",
        BROKEN,
        "the duties of another date or another site make no room",
        """
                4 Jan 2027
                Mon Tue
        Ann     C   O
        """,
        least(0, 1, day="Tuesday 5", cost=1),
        least(0, 1, "Drug Service", cost=1),
        most(1, 0, cost=1),
        most(0, 1, "Drug Service"),
        most(0, 1, day="Tuesday 5"),
        duties=[Duty(TUE, "Crown Court", 1), Duty(MON, "Drug Service", 1)],
        officers={"Ann": CALLER},
    ),
    example(
        "cover",
        KEPT,
        "someone based at the court is cover, and is never one too many",
        TWO_AT_COURT,
        least(2, 1),
        # Of the two only Bob is counted.
        most(1, 1),
        duties=[Duty(MON, "Crown Court", 1)],
        officers={"Ann": COURT_TEAM},
    ),
    example(
        "cover",
        KEPT,
        "a court with its own staff alone and no duty is asked nothing",
        ONE_AT_COURT,
        officers={"Ann": COURT_TEAM},
    ),
    example(
        "cover",
        BROKEN,
        "a visitor to a court without a duty is one too many, its own staff are not",
        TWO_AT_COURT,
        most(1, 0, cost=1),
        officers={"Ann": COURT_TEAM, "Bob": CALLER},
    ),
    example(
        "cover",
        KEPT,
        "someone with an appointment there is cover, and is never one too many",
        TWO_AT_COURT,
        least(2, 1),
        # Of the two only Bob is counted.
        most(1, 1),
        duties=[Duty(MON, "Crown Court", 1)],
        appointments=[Appointment("ann", MON, "Crown Court")],
    ),
    example(
        "cover",
        BROKEN,
        "an appointment elsewhere or on another date is no reason to be at the court",
        """
                4 Jan 2027
                Mon Tue
        Ann     C   C
        Bob     C   O
        """,
        # Ann is expected on Tuesday alone, Bob at the Drug Service.
        most(2, 0, cost=2),
        most(0, 0, day="Tuesday 5"),
        officers={"Ann": CALLER, "Bob": CALLER},
        appointments=[
            Appointment("ann", TUE, "Crown Court"),
            Appointment("bob", MON, "Drug Service"),
        ],
    ),
    example(
        "cover",
        BROKEN,
        "partners and prisons are not crowded either",
        """
                4 Jan 2027
                Mon
        Ann     P
        Bob     J
        """,
        most(1, 0, "Drug Service", cost=1),
        most(1, 0, "HMP Leeds", cost=1),
        officers={
            "Ann": {"other_sites": ("Drug Service",)},
            "Bob": {"other_sites": ("HMP Leeds",)},
        },
    ),
    example(
        "cover",
        KEPT,
        "a duty at an office, say at its reception, asks for enough but not for no more",
        """
                4 Jan 2027
                Mon
        Ann     O
        Bob     O
        Cat     O
        """,
        least(3, 2, "Leeds"),
        duties=[Duty(MON, "Leeds", 2)],
    ),
    example(
        "cover",
        BROKEN,
        "a duty at an office with too few",
        ONE_AT_COURT,
        least(1, 2, "Leeds", cost=1),
        most(1, 0, cost=1),
        duties=[Duty(MON, "Leeds", 2)],
        officers={"Ann": CALLER},
    ),
    example(
        "cover",
        BROKEN,
        "a duty at an office that nobody may use opens it to nobody",
        NOBODY_AT_COURT,
        least(0, 1, "York", cost=1, why=NOBODY_MAY),
        duties=[Duty(MON, "York", 1)],
    ),
    example(
        "cover",
        BROKEN,
        "a duty on a day off for which nobody may be asked is broken, and says why",
        NOBODY_AT_COURT,
        least(
            0,
            1,
            day="Friday 8",
            cost=1,
            why="It is an extra day, and nobody may be asked for extra days.",
        ),
        duties=[Duty(MON.replace(day=8), "Crown Court", 1)],
        days_off=(MON.replace(day=8),),
    ),
    example(
        "cover",
        BROKEN,
        "a duty at a weekend that nobody who may be asked can do is broken, and says why",
        NOBODY_AT_COURT,
        least(
            0,
            1,
            day="Saturday 9",
            cost=1,
            about="Crown Court (skill trial)",
            why="It is an extra day, and nobody who may be asked for extra days may do it.",
        ),
        duties=[Duty(SAT, "Crown Court", 1, "trial")],
        officers={"Ann": TRIAL, "Bob": EXTRA},
    ),
    example(
        "cover",
        JUST_KEPT,
        "who may be asked has a seat at a Saturday court, and nobody else need be anywhere",
        """
                4 Jan 2027
                Fri Sat
        Ann     O   C
        Bob     O   -
        """,
        least(1, 1, day="Saturday 9"),
        most(1, 1, day="Saturday 9"),
        duties=[Duty(SAT, "Crown Court", 1)],
        officers={"Ann": EXTRA},
    ),
    example(
        "cover",
        BROKEN,
        "on an extra day a duty in an office has exactly its people, those based there included",
        """
                4 Jan 2027
                Fri Sat
        Ann     O   O
        Bob     O   O
        """,
        least(2, 1, "Leeds", day="Saturday 9"),
        most(2, 1, "Leeds", day="Saturday 9", cost=1),
        duties=[Duty(SAT, "Leeds", 1)],
        officers={"Ann": EXTRA, "Bob": EXTRA},
    ),
    example(
        "cover",
        BROKEN,
        "half a duty on a bank holiday weighs half",
        """
                4 Jan 2027
                Fri
        Ann     -
        Bob     *
        """,
        Found(
            "Crown Court has 0 officers on the morning of Friday 8 January 2027; its duties ask "
            "for at least 1.",
            0,
            least=1,
            gap=0.5,
            cost=0.5,
        ),
        Found(
            "Crown Court has 0 officers on the morning of Friday 8 January 2027; its duties ask "
            "for at most 1.",
            0,
            most=1,
        ),
        duties=[Duty(FRI, "Crown Court", 1, part="am")],
        officers={"Ann": EXTRA},
    ),
    example(
        "cover",
        BROKEN,
        "a duty that nobody is left to do is still said",
        """
                4 Jan 2027
                Mon Tue
        Ann     -   O
        """,
        least(0, 1, cost=1, why=NOBODY_MAY),
        duties=[Duty(MON, "Crown Court", 1)],
    ),
    example(
        "cover",
        KEPT,
        "a duty after the period is not asked for",
        NOBODY_AT_COURT,
        duties=[Duty(MON.replace(day=11), "Crown Court", 1)],
    ),
    example(
        "cover",
        BROKEN,
        "a duty of weekdays is asked for on each of its dates, bank holidays skipped",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     C   O   *
        """,
        least(1, 1),
        least(0, 1, day="Tuesday 5", cost=1),
        most(1, 1),
        most(0, 1, day="Tuesday 5"),
        duties=[Duty(frozenset({0, 1, 2}), "Crown Court", 1, last=WED)],
    ),
    example(
        "cover",
        KEPT,
        "a visitor to another office is never one too many",
        """
                4 Jan 2027
                Mon
        Ann     N
        """,
        officers={"Ann": {"other_sites": ("York",)}},
    ),
    example(
        "cover",
        BROKEN,
        "a locked seat at a court without a duty is one too many",
        ONE_AT_COURT,
        most(1, 0, cost=1),
        published="""
                4 Jan 2027
                Mon
        Ann     C!
        """,
    ),
)

APPOINTMENTS = (
    example(
        "appointments",
        JUST_KEPT,
        "she is there",
        ONE_AT_COURT,
        Found(
            "The appointment of Ann (ann) at Crown Court on Monday 4 January 2027 is kept.",
            count=1,
            least=1,
        ),
        appointments=[Appointment("ann", MON, "Crown Court")],
    ),
    example(
        "appointments",
        KEPT,
        "two officers, at a court and at an office",
        ONE_AT_COURT,
        Found(
            "The appointment of Bob (bob) at Leeds on Monday 4 January 2027 is kept.",
            count=1,
            least=1,
        ),
        Found(
            "The appointment of Ann (ann) at Crown Court on Monday 4 January 2027 is kept.",
            count=1,
            least=1,
        ),
        appointments=[Appointment("bob", MON, "Leeds"), Appointment("ann", MON, "Crown Court")],
    ),
    example(
        "appointments",
        BROKEN,
        "someone else's seat at the site does not help",
        ONE_AT_COURT,
        Found(
            "The appointment of Bob (bob) at Crown Court on Monday 4 January 2027 is not kept.",
            count=0,
            least=1,
            gap=1,
            cost=1,
        ),
        officers={"Ann": CALLER},
        appointments=[Appointment("bob", MON, "Crown Court")],
    ),
    example(
        "appointments",
        BROKEN,
        "being there on another date does not help",
        """
                4 Jan 2027
                Mon Tue
        Ann     C   O
        """,
        Found(
            "The appointment of Ann (ann) at Crown Court on Tuesday 5 January 2027 is not kept.",
            count=0,
            least=1,
            gap=1,
            cost=1,
        ),
        officers={"Ann": CALLER},
        appointments=[Appointment("ann", TUE, "Crown Court")],
    ),
    example(
        "appointments",
        BROKEN,
        "an appointment on a day off cannot be kept, and is said",
        """
                4 Jan 2027
                Mon Tue
        Ann     -   O
        """,
        Found(
            "The appointment of Ann (ann) at Leeds on Monday 4 January 2027 is not kept.",
            count=0,
            least=1,
            gap=1,
            cost=1,
        ),
        appointments=[Appointment("ann", MON, "Leeds")],
    ),
    example(
        "appointments",
        BROKEN,
        "an appointment of weekdays is asked for from its first day on",
        """
                4 Jan 2027
                Mon Tue Wed
        Ann     O   C   O
        """,
        *(
            Found(
                f"The appointment of Ann (ann) at Crown Court on {day} January 2027 is {kept}.",
                count=gap == 0,
                least=1,
                gap=gap,
                cost=gap,
            )
            for day, kept, gap in (("Tuesday 5", "kept", 0), ("Wednesday 6", "not kept", 1))
        ),
        officers={"Ann": CALLER},
        appointments=[Appointment("ann", frozenset({0, 1, 2}), "Crown Court", first=TUE)],
    ),
    example(
        "appointments",
        KEPT,
        "an appointment after the period is not asked for",
        NOBODY_AT_COURT,
        appointments=[Appointment("ann", MON.replace(day=11), "Crown Court")],
    ),
)

EXAMPLES = COVER + APPOINTMENTS


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_example(example: Example) -> None:
    assert judged(example) == example.found
