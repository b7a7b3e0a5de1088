"""Why somebody has a duty of an extra day now, or has it no longer."""

from __future__ import annotations

from rota.domain import Away, Duty
from rota.explaining import Change, Reason
from tests.rota.explaining.example import problem, reasons, same
from tests.rota_text import SAT

EXTRA = {"takes_extra_days": True}
BOTH = {"Ann": EXTRA, "Bob": EXTRA}
COURT = [Duty(SAT, "Crown Court", 1)]
ANN_GOES = """
        4 Jan 2027
        Mon Sat
Ann     O   C
Bob     O   -
"""
BOB_GOES = """
        4 Jan 2027
        Mon Sat
Ann     O   -
Bob     O   C
"""
ANN_IS_OUT = Change("ann", SAT, "Crown Court", None)
BOB_IS_IN = Change("bob", SAT, None, "Crown Court")
SHORT = (
    "If this stayed as published: Crown Court has 0 officers on Saturday 9 January 2027; "
    "its duties ask for at least 1."
)


def test_somebody_goes_for_who_is_away() -> None:
    unit = problem(
        ANN_GOES, on=["cover"], duties=COURT, officers=BOTH, away=[Away("ann", SAT, SAT, "sick")]
    )
    assert reasons(unit, BOB_GOES) == (
        Reason(
            ANN_IS_OUT,
            "Ann (ann) is away on Saturday 9 January 2027.",
            "Ann (ann) is away (sick) on Saturday 9 January 2027.",
        ),
        Reason(
            BOB_IS_IN,
            f"{SHORT} An officer planned for this is not at work.",
            f"{SHORT} Ann (ann) is away (sick) on Saturday 9 January 2027.",
        ),
    )


def test_who_may_not_be_asked_any_more_is_told_so() -> None:
    unit = problem(ANN_GOES, on=["cover"], duties=COURT, officers={"Bob": EXTRA})
    assert reasons(unit, BOB_GOES)[0] == same(
        ANN_IS_OUT, "Ann (ann) is not to be asked for extra days any more."
    )


def test_one_too_many_is_taken_off() -> None:
    both_go = ANN_GOES.replace("Bob     O   -", "Bob     O   C")
    unit = problem(both_go, on=["cover"], duties=COURT, officers=BOTH)
    assert reasons(unit, BOB_GOES) == (
        same(
            ANN_IS_OUT,
            "If this stayed as published: Crown Court has 2 officers on Saturday 9 January 2027; "
            "its duties ask for at most 1.",
        ),
    )
