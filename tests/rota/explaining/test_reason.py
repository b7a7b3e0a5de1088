from dataclasses import replace
from datetime import date

from rota.domain import Away, Closure, Duty, Link, PublishedSeat, Request
from rota.explaining import Change, Reason
from tests import rota_text
from tests.rota.explaining.example import GENERAL, for_managers, monday, problem, reasons, same
from tests.rota_text import MON, TUE, WED, seat

NEW = {"start_date": date(2026, 11, 2)}


def test_no_changes_need_no_reasons() -> None:
    assert reasons(problem(monday(Ann="O"), on=()), monday(Ann="O")) == ()


def test_a_court_would_be_one_short_since_an_officer_is_sick() -> None:
    published = monday(Ann="C", Bob="O")
    planned = monday(Ann="-", Bob="C")
    unit = problem(
        published,
        on=("cover",),
        duties=[Duty(MON, "Crown Court", 1)],
        away=[
            Away("ann", date(2026, 12, 28), date(2027, 1, 1), "leave"),
            Away("ann", MON, TUE, "sick"),
        ],
    )
    short = (
        "If this stayed as published: Crown Court has 0 officers on Monday 4 January 2027; "
        "its duties ask for at least 1."
    )
    assert reasons(unit, planned) == (
        Reason(
            Change("ann", MON, "Crown Court", None),
            "Ann (ann) is away on Monday 4 January 2027.",
            "Ann (ann) is away (sick) on Monday 4 January 2027.",
        ),
        Reason(
            Change("bob", MON, "Leeds", "Crown Court"),
            f"{short} An officer planned for this is not at work.",
            f"{short} Ann (ann) is away (sick) on Monday 4 January 2027.",
        ),
    )


def test_managers_of_another_team_are_not_told_why_an_officer_is_away() -> None:
    published = monday(Ann="C", Bob="O")
    planned = monday(Ann="-", Bob="C")
    unit = problem(
        published,
        on=("cover",),
        officers={"Ann": {"team": "Red"}},
        duties=[Duty(MON, "Crown Court", 1)],
        away=[Away("ann", MON, MON, "sick")],
    )
    assert reasons(unit, planned)[1] == Reason(
        Change("bob", MON, "Leeds", "Crown Court"),
        "If this stayed as published: Crown Court has 0 officers on Monday 4 January 2027; "
        "its duties ask for at least 1. An officer planned for this is not at work.",
        "If this stayed as published: Crown Court has 0 officers on Monday 4 January 2027; "
        "its duties ask for at least 1. Ann (ann) is away on Monday 4 January 2027.",
    )


def test_a_day_off_of_the_unit_is_the_reason_for_everybody() -> None:
    published = """
            4 Jan 2027
            Mon Tue
    Ann     O   O
    """
    planned = """
            4 Jan 2027
            Mon Tue
    Ann     O   -
    """
    unit = problem(published, on=(), days_off=(TUE,))
    (reason,) = reasons(unit, planned)
    assert reason == same(
        Change("ann", TUE, "Leeds", None),
        "Nobody works on Tuesday 5 January 2027: it is a day off of the unit.",
    )


def test_colleagues_who_are_not_at_work_are_counted_for_staff_and_named_for_managers() -> None:
    """Ann is sick, Bob has left, Cat works no more Mondays, Dan is on leave."""
    published = """
            4 Jan 2027
            Mon Tue
    Ann     C   O
    Bob     C   O
    Cat     C   O
    Dan     C   O
    Fay     O   O
    """
    planned = """
            4 Jan 2027
            Mon Tue
    Ann     -   O
    Bob     -   -
    Cat     -   O
    Dan     -   O
    Fay     C   O
    """
    unit = problem(
        published,
        on=("cover",),
        officers={
            "Bob": {"leave_date": date(2026, 12, 31)},
            "Cat": {"working_days": frozenset({TUE.weekday()})},
        },
        duties=[Duty(MON, "Crown Court", 4)],
        away=[Away("ann", MON, MON, "sick"), Away("dan", MON, MON, "leave")],
    )
    short = (
        "If this stayed as published: Crown Court has 0 officers on Monday 4 January 2027; "
        "its duties ask for at least 4."
    )
    *gone, last = reasons(unit, planned)
    assert gone == [
        Reason(
            Change("ann", MON, "Crown Court", None),
            "Ann (ann) is away on Monday 4 January 2027.",
            "Ann (ann) is away (sick) on Monday 4 January 2027.",
        ),
        same(
            Change("bob", MON, "Crown Court", None),
            "Bob (bob) does not work on Monday 4 January 2027.",
        ),
        same(
            Change("bob", TUE, "Leeds", None), "Bob (bob) does not work on Tuesday 5 January 2027."
        ),
        same(
            Change("cat", MON, "Crown Court", None),
            "Cat (cat) does not work on Monday 4 January 2027.",
        ),
        Reason(
            Change("dan", MON, "Crown Court", None),
            "Dan (dan) is away on Monday 4 January 2027.",
            "Dan (dan) is away (leave) on Monday 4 January 2027.",
        ),
    ]
    assert last == Reason(
        Change("fay", MON, "Leeds", "Crown Court"),
        f"{short} 4 officers planned for this are not at work.",
        f"{short} Ann (ann) is away (sick) on Monday 4 January 2027. "
        "Bob (bob) does not work on Monday 4 January 2027. "
        "Cat (cat) does not work on Monday 4 January 2027. And 1 more.",
    )


def test_an_officer_who_is_not_in_the_unit_any_more_and_a_bank_holiday() -> None:
    published = """
            28 Dec 2026
            Thu Fri
    Ann     O   O
    """
    now = """
            28 Dec 2026
            Thu Fri
    Ann     O   *
    """
    gone = PublishedSeat("40412", date(2026, 12, 31), "Leeds")
    unit = rota_text.problem(now, published=published)
    unit = replace(unit, unit=replace(unit.unit, published=(*unit.unit.published, gone)))
    assert reasons(unit, now) == (
        same(
            Change("40412", date(2026, 12, 31), "Leeds", None),
            "40412 does not work on Thursday 31 December 2026.",
        ),
        same(
            Change("ann", date(2027, 1, 1), "Leeds", None),
            "Ann (ann) does not work on Friday 1 January 2027.",
        ),
    )


def test_a_closure_of_desks_moves_two_people() -> None:
    published = monday(Ann="O", Bob="O", Cat="O")
    planned = monday(Ann="O", Bob="H", Cat="H")
    unit = problem(published, on=("desks",), closures=[Closure("Leeds", MON, MON, 1)])
    says = "If this stayed as published: 2 officers for 1 desk at Leeds on Monday 4 January 2027."
    assert reasons(unit, planned) == (
        same(Change("bob", MON, "Leeds", "home"), says),
        same(Change("cat", MON, "Leeds", "home"), says),
    )


def test_a_new_starter_would_be_without_an_experienced_colleague() -> None:
    """Ned's absence is no reason for want of supervision, Ann's is."""
    published = monday(Ann="O", Bob="H", Ned="O", Nat="O")
    planned = monday(Ann="-", Bob="O", Ned="-", Nat="O")
    unit = problem(
        published,
        on=("supervision",),
        officers={"Ned": NEW, "Nat": NEW},
        away=[Away("ann", MON, MON, "training"), Away("ned", MON, MON, "sick")],
    )
    alone = (
        "If this stayed as published: 1 new starter of Blue at Leeds without experienced "
        "colleagues to turn to on Monday 4 January 2027."
    )
    assert reasons(unit, planned)[1] == Reason(
        Change("bob", MON, "home", "Leeds"),
        f"{alone} An officer planned for this is not at work.",
        f"{alone} Ann (ann) is away (training) on Monday 4 January 2027.",
    )


def test_an_absence_that_leaves_the_court_as_short_as_it_was_is_no_reason() -> None:
    """Ann would not have been at the court, so that it is short without her being away."""
    published = monday(Ann="O", Bob="O")
    planned = monday(Ann="-", Bob="C")
    unit = problem(
        published,
        on=("cover",),
        duties=[Duty(MON, "Crown Court", 1)],
        away=[Away("ann", MON, MON, "sick")],
    )
    assert reasons(unit, planned)[1] == same(
        Change("bob", MON, "Leeds", "Crown Court"),
        "If this stayed as published: Crown Court has 0 officers on Monday 4 January 2027; "
        "its duties ask for at least 1.",
    )


def test_an_officer_too_many_is_not_owed_to_one_who_is_away() -> None:
    """The duty asks for one officer now; Ann's absence makes the court emptier, not fuller."""
    published = monday(Ann="C", Bob="C", Cat="C")
    planned = monday(Ann="-", Bob="C", Cat="O")
    unit = problem(
        published,
        on=("cover",),
        duties=[Duty(MON, "Crown Court", 1)],
        away=[Away("ann", MON, MON, "sick")],
    )
    assert reasons(unit, planned)[1] == same(
        Change("cat", MON, "Crown Court", "Leeds"),
        "If this stayed as published: Crown Court has 2 officers on Monday 4 January 2027; "
        "its duties ask for at most 1.",
    )


def test_of_two_duties_at_a_court_the_one_that_falls_short_names_the_absent() -> None:
    published = monday(Ann="C", Bob="C", Cat="O")
    planned = monday(Ann="-", Bob="C", Cat="C")
    unit = problem(
        published,
        on=("cover",),
        duties=[Duty(MON, "Crown Court", 1), Duty(MON, "Crown Court", 2)],
        away=[Away("ann", MON, MON, "sick")],
    )
    short = (
        "If this stayed as published: Crown Court has 1 officer on Monday 4 January 2027; "
        "its duties ask for at least 2."
    )
    assert reasons(unit, planned)[1] == Reason(
        Change("cat", MON, "Leeds", "Crown Court"),
        f"{short} An officer planned for this is not at work.",
        f"{short} Ann (ann) is away (sick) on Monday 4 January 2027.",
    )


def test_days_of_their_own_absence_ask_for_an_office_day_more() -> None:
    """75 % of 4 days ask for 3, which Ann had; of the 2 days left they ask for 2, and 1 is left."""
    published = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     O   O   H   -   O
    """
    planned = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     -   -   O   -   O
    """
    unit = problem(
        published,
        on=("office-minimum",),
        away=[Away("ann", MON, TUE, "leave")],
        office_percent=75,
    )
    fewer = (
        "If this stayed as published: Ann (ann) has 1 office day from 4 January 2027 to "
        "10 January 2027; at least 2 asked."
    )
    assert reasons(unit, planned)[2] == Reason(
        Change("ann", WED, "home", "Leeds"),
        f"{GENERAL} An officer planned for this is not at work.",
        f"{fewer} Ann (ann) is away (leave) on Monday 4 January 2027.",
    )


def test_an_absence_that_only_hides_how_little_was_published_is_no_reason() -> None:
    """Of 5 days 3 are asked, and 2 were published; without Monday and Tuesday it is 1 of 2."""
    published = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     O   H   H   H   O
    """
    planned = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     -   -   O   H   O
    """
    unit = problem(published, on=("office-minimum",), away=[Away("ann", MON, TUE, "leave")])
    assert reasons(unit, planned)[2] == for_managers(
        Change("ann", WED, "home", "Leeds"),
        "If this stayed as published: Ann (ann) has 1 office day from 4 January 2027 to "
        "10 January 2027; at least 2 asked.",
    )


def test_only_the_day_on_which_the_absent_would_have_met_is_named() -> None:
    """Ann and Bob were to meet on Tuesday; on Monday Bob was to be at home anyway."""
    published = """
            4 Jan 2027
            Mon Tue Wed
    Ann     O   O   O
    Bob     H   O   H
    """
    planned = """
            4 Jan 2027
            Mon Tue Wed
    Ann     -   -   O
    Bob     H   O   O
    """
    unit = problem(
        published,
        on=("links",),
        links=[Link("ann", "bob")],
        away=[Away("ann", MON, TUE, "training")],
    )
    met = (
        "If this stayed as published: Ann (ann) and Bob (bob) share 0 days at the base in the "
        "week of 4 January 2027; at least 1 asked."
    )
    assert reasons(unit, planned)[2] == Reason(
        Change("bob", WED, "home", "Leeds"),
        f"{GENERAL} An officer planned for this is not at work.",
        f"{met} Ann (ann) is away (training) on Tuesday 5 January 2027.",
    )


def test_an_officer_back_from_leave() -> None:
    published = """
            4 Jan 2027
            Mon Tue
    Ann     -   O
    """
    planned = """
            4 Jan 2027
            Mon Tue
    Ann     O   O
    """
    unit = rota_text.problem(planned, published=published)
    assert reasons(unit, planned) == (
        same(
            Change("ann", MON, None, "Leeds"),
            "Ann (ann) had no published seat on Monday 4 January 2027, and works that day now.",
        ),
    )


PUBLISHED_ANYWHERE = """
        4 Jan 2027
        Mon Tue Wed
Ann     C   N   H
"""
IN_LEEDS = """
        4 Jan 2027
        Mon Tue Wed
Ann     O   O   O
"""


def test_sites_that_may_not_be_used_any_more() -> None:
    unit = problem(PUBLISHED_ANYWHERE, on=(), officers={"Ann": {"has_home_office": False}})
    assert reasons(unit, IN_LEEDS) == (
        same(
            Change("ann", MON, "Crown Court", "Leeds"),
            "Ann (ann) may no longer use Crown Court on Monday 4 January 2027: "
            "there is no duty or appointment for this officer that day.",
        ),
        same(
            Change("ann", TUE, "York", "Leeds"),
            "Ann (ann) may no longer use York on Tuesday 5 January 2027: "
            "it is not a site of this officer any more.",
        ),
        same(
            Change("ann", WED, "home", "Leeds"),
            "Ann (ann) may no longer use home on Wednesday 6 January 2027: "
            "this officer has no home office any more.",
        ),
    )


def test_a_site_that_the_unit_has_not_any_more() -> None:
    unit = problem(PUBLISHED_ANYWHERE, on=())
    sites = tuple(site for site in unit.unit.sites if site.name != "York")
    unit = replace(unit, unit=replace(unit.unit, sites=sites))
    assert reasons(unit, IN_LEEDS)[1] == same(
        Change("ann", TUE, "York", "Leeds"),
        "Ann (ann) may no longer use York on Tuesday 5 January 2027: "
        "it is not a site of the unit any more.",
    )


def test_a_seat_locked_elsewhere() -> None:
    published = monday(Ann="H")
    planned = monday(Ann="N")
    unit = problem(published, on=())
    unit = replace(unit, unit=replace(unit.unit, locked=(seat("Ann", MON, "N"),)))
    assert reasons(unit, planned) == (
        same(
            Change("ann", MON, "home", "York"),
            "Ann (ann) may no longer use home on Monday 4 January 2027: "
            "the seat is locked at York.",
        ),
    )


def test_the_most_important_level_gives_the_reason() -> None:
    """At home Bob would leave the court short and miss his minimum, which matters less."""
    published = monday(Bob="H")
    planned = monday(Bob="C")
    unit = problem(
        published,
        on=("cover", "office-minimum"),
        duties=[Duty(MON, "Crown Court", 1)],
        counts=("court",),
    )
    assert reasons(unit, planned) == (
        same(
            Change("bob", MON, "home", "Crown Court"),
            "If this stayed as published: Crown Court has 0 officers on Monday 4 January 2027; "
            "its duties ask for at least 1.",
        ),
    )


def test_a_gap_that_closes_one_as_wide_is_not_the_reason() -> None:
    """Bob can serve one of two duties; that at the court is the one that counts for him."""
    published = monday(Bob="P")
    planned = monday(Bob="C")
    unit = problem(
        published,
        on=("cover", "office-minimum"),
        duties=[Duty(MON, "Crown Court", 1), Duty(MON, "Drug Service", 1)],
        counts=("court",),
    )
    assert reasons(unit, planned) == (
        for_managers(
            Change("bob", MON, "Drug Service", "Crown Court"),
            "If this stayed as published: Bob (bob) has 0 office days from 4 January 2027 to "
            "10 January 2027; at least 1 asked.",
        ),
    )


def test_three_findings_are_told_and_the_others_counted() -> None:
    published = monday(Ann="H")
    planned = monday(Ann="C")
    skills = ("bail", "oral", "trial", "youth")
    unit = problem(
        published,
        on=("cover",),
        officers={"Ann": {"skills": frozenset(skills)}},
        duties=[Duty(MON, "Crown Court", 1, skill) for skill in skills],
    )
    told = [
        f"Crown Court (skill {skill}) has 0 officers on Monday 4 January 2027; "
        "its duties ask for at least 1."
        for skill in skills[:3]
    ]
    assert reasons(unit, planned) == (
        same(
            Change("ann", MON, "home", "Crown Court"),
            f"If this stayed as published: {' '.join(told)} And 1 more.",
        ),
    )


def test_a_request_is_a_reason_that_staff_are_not_told() -> None:
    published = monday(Ann="O")
    planned = monday(Ann="H")
    unit = problem(published, on=("requests",), requests=[Request("ann", MON, "home", 2)])
    assert reasons(unit, planned) == (
        for_managers(
            Change("ann", MON, "Leeds", "home"),
            "If this stayed as published: The request of Ann (ann) for home on Monday "
            "4 January 2027 is not kept.",
        ),
    )


def test_staff_are_told_the_findings_that_are_for_everybody_and_that_there_are_others() -> None:
    """At home Ann would leave the team alone and miss what she asked for."""
    published = monday(Ann="H", Bob="O")
    planned = monday(Ann="O", Bob="O")
    unit = problem(
        published, on=("team-day", "requests"), requests=[Request("ann", MON, "office", 1)]
    )
    alone = (
        "If this stayed as published: Blue lacks 1 member on its fullest day in the week of "
        "4 January 2027."
    )
    asked = "The request of Ann (ann) for office on Monday 4 January 2027 is not kept."
    assert reasons(unit, planned) == (
        Reason(
            Change("ann", MON, "home", "Leeds"),
            f"{alone} A rule about one or two people would be broken.",
            f"{alone} {asked}",
        ),
    )
