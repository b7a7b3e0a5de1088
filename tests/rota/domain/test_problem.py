from dataclasses import replace
from datetime import date

import pytest

from rota.domain import Appointment, Away, Duty, Problem, Request, Seat, Week
from tests.rota_text import FRI, MON, THU, TUE, WED, problem, seat

ANN = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     .   .   .   .   .
"""

ANN_MONDAY = """
        4 Jan 2027
        Mon
Ann     .
"""

EASTER = """
        22 Mar 2027             29 Mar 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     .   .   .   .   *       *   .   .   .   .
"""


def days(problem: Problem) -> tuple[date, ...]:
    return problem.working_days["ann"]


def sites(problem: Problem, day: date = MON) -> tuple[str, ...]:
    return problem.allowed_sites["ann", day]


def test_the_dates_are_the_weekdays_without_bank_holidays() -> None:
    assert [day.day for day in problem(EASTER).dates] == [22, 23, 24, 25, 30, 31, 1, 2]


def test_a_week_of_bank_holidays_is_a_week_without_dates() -> None:
    nothing = problem(ANN_MONDAY, weeks=2)
    off = replace(nothing, bank_holidays=frozenset((MON, TUE, WED, THU, FRI)))
    assert list(off.weeks.items()) == [
        (Week(MON), ()),
        (Week(date(2027, 1, 11)), tuple(date(2027, 1, day) for day in range(11, 16))),
    ]


def test_a_working_day_lies_in_the_pattern() -> None:
    assert days(problem(ANN, officers={"Ann": {"working_days": frozenset((0, 2))}})) == (MON, WED)


def test_a_bank_holiday_is_no_working_day() -> None:
    assert [day.day for day in days(problem(EASTER))] == [22, 23, 24, 25, 30, 31, 1, 2]


def test_a_day_off_of_the_unit_is_like_a_bank_holiday() -> None:
    off = problem(ANN, days_off=(TUE, date(2027, 1, 9)), today=MON, notice_days=2)
    assert days(off) == (MON, WED, THU, FRI)
    assert off.dates == (MON, WED, THU, FRI)
    assert off.notice == {WED, THU}
    assert [off.is_day_off(day) for day in (MON, TUE, date(2027, 1, 9))] == [False, True, False]
    both = replace(off, bank_holidays=frozenset((TUE,)))
    assert not both.is_day_off(TUE)


def test_days_away_are_no_working_days() -> None:
    assert days(problem(ANN, away=[Away("ann", TUE, THU)])) == (MON, FRI)


def test_spells_away_may_overlap_and_reach_beyond_the_period() -> None:
    spells = [
        Away("ann", date(2026, 12, 1), MON),
        Away("ann", MON, TUE, "sick"),
        Away("ann", FRI, date(2027, 2, 1)),
    ]
    assert days(problem(ANN, away=spells)) == (WED, THU)


def test_someone_else_may_be_away() -> None:
    both = ANN + "Bob     .   .   .   .   .\n"
    assert days(problem(both, away=[Away("bob", MON, FRI)])) == (MON, TUE, WED, THU, FRI)


def test_working_days_begin_with_the_start_date_and_end_with_the_leave_date() -> None:
    assert days(problem(ANN, officers={"Ann": {"start_date": TUE, "leave_date": THU}})) == (
        TUE,
        WED,
        THU,
    )


def test_the_working_weeks_of_an_officer_leave_out_those_without_a_working_day() -> None:
    chart = """
            4 Jan 2027  11 Jan 2027     18 Jan 2027
            Mon Tue     Mon Tue         Mon Tue
    Ann     .   -       -   -           .   .
    """
    assert dict(problem(chart).working_weeks["ann"]) == {
        Week(MON): (MON,),
        Week(date(2027, 1, 18)): (date(2027, 1, 18), date(2027, 1, 19)),
    }


def test_an_officer_may_use_base_other_sites_and_home_in_this_order() -> None:
    assert sites(problem(ANN)) == ("Leeds", "home")
    assert sites(problem(ANN, officers={"Ann": {"other_sites": ("York", "HMP Leeds")}})) == (
        "Leeds",
        "York",
        "HMP Leeds",
        "home",
    )
    assert sites(problem(ANN, officers={"Ann": {"has_home_office": False}})) == ("Leeds",)


@pytest.mark.parametrize("site", ["Crown Court", "Drug Service", "HMP Leeds"])
def test_a_duty_opens_its_site_on_its_date(site: str) -> None:
    called = problem(ANN, duties=[Duty(MON, site, 1)])
    assert sites(called) == ("Leeds", "home", site)
    assert sites(called, TUE) == ("Leeds", "home")


def test_a_duty_with_a_skill_opens_its_site_to_those_who_hold_it() -> None:
    duties = [Duty(MON, "Crown Court", 1, "trial")]
    assert sites(problem(ANN, duties=duties)) == ("Leeds", "home")
    skilled = {"Ann": {"skills": frozenset(("trial", "youth"))}}
    assert sites(problem(ANN, duties=duties, officers=skilled)) == ("Leeds", "home", "Crown Court")


def test_a_duty_at_an_office_does_not_open_it() -> None:
    assert sites(problem(ANN, duties=[Duty(MON, "York", 1)])) == ("Leeds", "home")


def test_an_appointment_opens_its_site_whatever_its_kind_on_its_date() -> None:
    called = problem(ANN, appointments=[Appointment("ann", MON, "York")])
    assert sites(called) == ("Leeds", "home", "York")
    assert sites(called, TUE) == ("Leeds", "home")


def test_a_site_that_is_open_for_two_reasons_stands_once() -> None:
    called = problem(
        ANN,
        duties=[Duty(MON, "Crown Court", 1), Duty(MON, "Crown Court", 2)],
        appointments=[Appointment("ann", MON, "Crown Court")],
        officers={"Ann": {"other_sites": ("Crown Court",)}},
    )
    assert sites(called) == ("Leeds", "Crown Court", "home")


def test_a_locked_seat_is_the_only_site_wherever_it_is() -> None:
    locked = problem(
        ANN,
        published="""
                4 Jan 2027
                Mon Tue
        Ann     J!  .
        """,
    )
    assert sites(locked) == ("HMP Leeds",)
    assert sites(locked, TUE) == ("Leeds", "home")


def test_the_lock_of_a_draft_holds_against_what_is_published_but_not_against_history() -> None:
    begun = problem(
        ANN,
        published="""
                4 Jan 2027
                Mon Tue Wed
        Ann     H   H   H!
        """,
        today=MON,
    )
    held = tuple(Seat("ann", day, "HMP Leeds") for day in (MON, TUE, WED))
    drafted = replace(begun, unit=replace(begun.unit, locked=held))
    assert [sites(drafted, day) for day in (MON, TUE, WED, THU)] == [
        ("home",),
        ("HMP Leeds",),
        ("HMP Leeds",),
        ("Leeds", "home"),
    ]


def test_days_are_fixed_until_today_once_something_is_published() -> None:
    chart = """
            4 Jan 2027
            Mon Tue
    Ann     O   H
    """
    assert problem(chart, today=MON, published=chart).fixed_until == MON
    assert problem(chart, today=MON).fixed_until == date.min


def test_published_seats_up_to_and_including_today_are_fixed() -> None:
    begun = problem(
        ANN,
        published="""
                4 Jan 2027
                Mon Tue Wed
        Ann     N   H   H
        """,
        today=TUE,
    )
    assert [sites(begun, day) for day in (MON, TUE, WED)] == [
        ("York",),
        ("home",),
        ("Leeds", "home"),
    ]


def test_a_past_day_without_a_published_seat_is_free() -> None:
    assert sites(problem(ANN, today=FRI)) == ("Leeds", "home")


def test_the_published_seat_of_someone_who_does_not_work_is_void() -> None:
    away = problem(
        ANN,
        away=[Away("ann", MON, MON)],
        published="""
                4 Jan 2027
                Mon Tue
        Ann     O!  O
        """,
    )
    assert list(away.published) == [("ann", TUE)]
    assert ("ann", MON) not in away.allowed_sites
    assert [seat for seat in away.seats if seat.date == MON] == []


def test_an_officer_may_use_a_site_on_a_working_day_only() -> None:
    chart = problem(ANN_MONDAY)
    ann = chart.officers["ann"]
    assert chart.may_use(ann, MON, "Leeds")
    assert not chart.may_use(ann, MON, "York")
    assert not chart.may_use(ann, TUE, "Leeds")


def test_the_seats_are_those_of_every_officer_day_and_allowed_site() -> None:
    chart = problem(
        """
                4 Jan 2027
                Mon Tue
        Ann     .   .
        Bob     .   -
        """,
        officers={"Bob": {"has_home_office": False}},
    )
    assert chart.seats == (
        Seat("ann", MON, "Leeds"),
        Seat("ann", MON, "home"),
        Seat("ann", TUE, "Leeds"),
        Seat("ann", TUE, "home"),
        Seat("bob", MON, "Leeds"),
    )
    assert chart.seats_at == {
        ("Leeds", MON): (Seat("ann", MON, "Leeds"), Seat("bob", MON, "Leeds")),
        ("home", MON): (Seat("ann", MON, "home"),),
        ("Leeds", TUE): (Seat("ann", TUE, "Leeds"),),
        ("home", TUE): (Seat("ann", TUE, "home"),),
    }


@pytest.mark.parametrize(
    ("today", "notice_days", "expected"),
    [
        (date(2027, 3, 22), 2, {date(2027, 3, 23), date(2027, 3, 24)}),
        (date(2027, 3, 22), 0, set()),
        # Before the period: Friday the 19th, then over the weekend to its Monday.
        (date(2027, 3, 18), 2, {date(2027, 3, 19), date(2027, 3, 22)}),
        # From a Saturday, and over Good Friday and Easter Monday.
        (date(2027, 3, 20), 1, {date(2027, 3, 22)}),
        (date(2027, 3, 24), 2, {date(2027, 3, 25), date(2027, 3, 30)}),
        # Beyond the end of the period.
        (date(2027, 4, 2), 1, {date(2027, 4, 5)}),
    ],
)
def test_notice_is_the_next_planning_days_after_today(
    today: date, notice_days: int, expected: set[date]
) -> None:
    assert problem(EASTER, today=today, notice_days=notice_days).notice == expected


def test_new_starters_and_the_experienced_are_told_by_the_first_day_of_the_period() -> None:
    chart = """
            4 Jan 2027
            Mon
    Ann     .
    Bob     .
    Cat     .
    Dan     .
    Eve     .
    Fay     .
    """
    started = {
        "Ann": date(2025, 10, 5),  # 14 whole months
        "Bob": date(2025, 10, 4),  # 15
        "Cat": date(2025, 1, 5),  # 23
        "Dan": date(2025, 1, 4),  # 24
        "Eve": date(2027, 1, 6),  # not yet
    }
    details = {name: {"start_date": start} for name, start in started.items()}
    team = problem(chart, officers={**details, "Fay": {"grade": "PQIP"}})
    assert team.new_starters == {"ann", "eve"}
    assert team.experienced == {"dan"}


def test_days_without_a_seat_are_left_unplanned_and_not_worked() -> None:
    # Bob is off on Tuesday, so that Monday alone is not planned.
    chart = """
            4 Jan 2027
            Mon Tue
    Ann     O   H
    Bob     .   -
    """
    whole = problem(chart)
    seats = [seat("Ann", MON, "O"), seat("Ann", TUE, "H")]
    judged = whole.leave_unplanned(seats)
    assert judged.not_planned == {("bob", MON, "")}
    assert judged.working_days == {"ann": (MON, TUE), "bob": ()}
    assert [place for place in whole.allowed_sites if place not in judged.allowed_sites] == [
        ("bob", MON)
    ]
    # What is whole is left as it is, and what was not planned before stays so.
    assert judged.leave_unplanned(seats) is judged
    assert judged.leave_unplanned(seats[:1]).not_planned == {("ann", TUE, ""), ("bob", MON, "")}


def test_teams_have_their_members_and_may_have_none() -> None:
    chart = problem(ANN_MONDAY + "Bob     .\n", teams={"Red": "York", "Green": "Leeds"})
    assert {name: [str(m) for m in members] for name, members in chart.teams.items()} == {
        "Blue": ["Ann (ann)", "Bob (bob)"],
        "Red": [],
        "Green": [],
    }


def test_home_is_a_site_of_every_unit() -> None:
    assert problem(ANN_MONDAY).sites["home"].kind == "home"


def test_a_problem_is_equal_to_one_of_the_same_tables() -> None:
    assert problem(ANN) == problem(ANN)
    assert problem(ANN) != problem(ANN, requests=[Request("ann", MON, "home")])


def test_a_seat_moved_by_hand_stands_as_far_as_it_can_be_used() -> None:
    """Ann is away on Monday afternoon, and all of Tuesday."""
    away = [Away("ann", MON, MON, part="pm"), Away("ann", TUE, TUE)]
    moved = """
        4 Jan 2027
        Mon Tue Wed
Ann     H   H   H
"""
    assert problem(ANN, away=away, moved_by_hand=moved).by_hand == {
        ("ann", MON): (seat("Ann", MON, "H")._replace(part="am"),),
        ("ann", WED): (seat("Ann", WED, "H"),),
    }
