"""Why half a day is not as it was published."""

from rota.domain import Away, Duty
from rota.explaining import Change, Reason
from tests.rota.explaining.example import monday, problem, reasons, same
from tests.rota_text import MON

MORNING = Duty(MON, "Crown Court", 1, part="am")
SHORT = (
    "If this stayed as published: Crown Court has 0 officers on the morning of "
    "Monday 4 January 2027; its duties ask for at least 1."
)
NO_DUTY = (
    "Ann (ann) may no longer use Crown Court on the morning of Monday 4 January 2027: "
    "there is no duty or appointment for this officer that morning."
)


def test_a_duty_of_half_a_day_changes_that_half_alone() -> None:
    unit = problem(monday(Ann="O"), on=("cover",), duties=[MORNING])
    assert reasons(unit, monday(Ann="C/O")) == (
        same(Change("ann", MON, "Leeds", "Crown Court", "am"), SHORT),
    )


def test_an_officer_who_is_away_for_half_a_day() -> None:
    away = [Away("ann", MON, MON, "training", "pm")]
    unit = problem(monday(Ann="O"), on=(), away=away)
    assert reasons(unit, monday(Ann="O/-")) == (
        Reason(
            Change("ann", MON, "Leeds", None, "pm"),
            "Ann (ann) is away on the afternoon of Monday 4 January 2027.",
            "Ann (ann) is away (training) on the afternoon of Monday 4 January 2027.",
        ),
    )


def test_an_officer_who_works_mornings_alone_now() -> None:
    unit = problem(monday(Ann="O/-"), on=(), published=monday(Ann="O"))
    assert reasons(unit, monday(Ann="O/-")) == (
        same(
            Change("ann", MON, "Leeds", None, "pm"),
            "Ann (ann) does not work on the afternoon of Monday 4 January 2027.",
        ),
    )


def test_an_officer_who_works_an_afternoon_more() -> None:
    unit = problem(monday(Ann="O"), on=(), published=monday(Ann="O/-"))
    assert reasons(unit, monday(Ann="O")) == (
        same(
            Change("ann", MON, None, "Leeds", "pm"),
            "Ann (ann) had no published seat on the afternoon of Monday 4 January 2027, "
            "and works that afternoon now.",
        ),
    )


def test_a_duty_falls_to_somebody_else_since_an_officer_is_away_that_half() -> None:
    """Ann still works in the afternoon; what is owed in the morning is Bob's now."""
    unit = problem(
        monday(Ann="C/O", Bob="O"),
        on=("cover",),
        duties=[MORNING],
        away=[Away("ann", MON, MON, "sick", "am")],
    )
    assert reasons(unit, monday(Ann="-/O", Bob="C/O")) == (
        Reason(
            Change("ann", MON, "Crown Court", None, "am"),
            "Ann (ann) is away on the morning of Monday 4 January 2027.",
            "Ann (ann) is away (sick) on the morning of Monday 4 January 2027.",
        ),
        Reason(
            Change("bob", MON, "Leeds", "Crown Court", "am"),
            f"{SHORT} An officer planned for this is not at work.",
            f"{SHORT} Ann (ann) is away (sick) on the morning of Monday 4 January 2027.",
        ),
    )


def test_a_half_whose_duty_is_gone_takes_the_other_half_along() -> None:
    """Without a duty both halves are at one site, so that home alone cannot be put back."""
    unit = problem(monday(Ann="C/H"), on=("cover",))
    morning = Change("ann", MON, "Crown Court", "Leeds", "am")
    assert reasons(unit, monday(Ann="O")) == (
        same(morning, NO_DUTY),
        same(
            Change("ann", MON, "home", "Leeds", "pm"),
            "This belongs to a chain of changes with Ann (ann) on the morning of "
            "Monday 4 January 2027. Putting it back makes nothing worse that the rules count, "
            "alone or with all of them; somebody decided on it, or the search was cut short.",
            (morning,),
        ),
    )


def test_half_a_day_that_cannot_be_put_back_alone_is_put_back_with_the_other_half() -> None:
    """Ann cannot be at home in the morning and in Leeds in the afternoon; at court she can."""
    unit = problem(monday(Ann="H"), on=("cover",), duties=[MORNING])
    morning, afternoon = reasons(unit, monday(Ann="C/O"))
    assert morning == same(Change("ann", MON, "home", "Crown Court", "am"), SHORT)
    assert (afternoon.change, afternoon.chain) == (
        Change("ann", MON, "home", "Leeds", "pm"),
        (morning.change,),
    )
