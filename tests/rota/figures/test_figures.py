"""Each figure on a small rota, its numbers counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from rota.domain import Appointment, Closure, Duty, Rota
from rota.figures import (
    Figure,
    NightChanges,
    build_figures,
    build_night_changes,
    compute_percent,
    format_figure_csv,
)
from rota.writing.charts import Bar, Bars, Columns
from tests.rota_text import FRI, MON, THU, TUE, WED, problem, rota, seat

# Ann has 3 office days of 5, and 60 % of 5 are 3. Bob has 2 of 4, and 60 % of 4 are 2.4, so 3.
# Cyd is based at York and at home on Friday alone. Dan is off on all days but Monday.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   H   H
Bob     O   O   H   H   -
Cyd     N   N   N   N   H
Dan     O   -   -   -   -
"""
PEOPLE: dict[str, dict[str, Any]] = {
    "Cyd": {"team": "Red", "base": "York"},
    "Dan": {"start_date": date(2026, 1, 5)},
}
"""Dan has 11 months of service, and so is a new starter."""


def figure(key: str, chart: str = CHART, **details: Any) -> Figure:
    usual = {"officers": PEOPLE, "teams": {"Red": "York"}}
    its = build_figures(problem(chart, **{**usual, **details}), rota(chart))
    return {figure.key: figure for figure in its}[key]


def bars(its: Figure, number: int = 0) -> tuple[Bar, ...]:
    chart = its.charts[number]
    assert isinstance(chart, Bars)
    return chart.bars


def test_time_at_the_office_by_team_with_those_below_their_minimum() -> None:
    its = figure("office-share-by-team")
    assert its.columns[1:] == (
        "Officers",
        "Working days",
        "Days at the office",
        "Share (%)",
        "Asked (%)",
        "Officers below the minimum",
    )
    assert its.rows == (
        # Asked are 3 + 3 + 3 + 1 of 15 days.
        ("Whole unit", 4, 15, 10, 66, 66, 1),
        ("Blue", 3, 10, 6, 60, 70, 1),
        ("Red", 1, 5, 4, 80, 60, 0),
    )


def test_time_at_the_office_over_many_weeks_counts_them_all() -> None:
    history = """
            28 Dec 2026
            Mon Tue
    Ann     H   H
    Cyd     N   N
    """
    its = figure("office-share-by-team", history=history, over=2)
    # Ann has 3 of 7 days, and 60 % of them are 4.2, so 5; Cyd has 6 of 7, and 5 are asked.
    assert its.rows == (
        ("Whole unit", 4, 19, 12, 63, 73, 2),
        ("Blue", 3, 12, 6, 50, 75, 2),
        ("Red", 1, 7, 6, 85, 71, 0),
    )
    assert (
        "All 2 weeks from 28 December 2026 to 10 January 2027 are counted, earlier days as far as "
        "it is known where officers were. "
    ) in its.says


def test_time_at_the_office_by_base() -> None:
    assert figure("office-share-by-office").rows == (
        ("Leeds", 3, 10, 6, 60, 70, 1),
        ("York", 1, 5, 4, 80, 60, 0),
    )


def test_a_bar_says_how_many_are_below_and_marks_what_is_asked() -> None:
    assert bars(figure("office-share-by-team"))[1:] == (
        Bar("Blue", 60, "60%, 1 below", mark=70, is_short=True),
        Bar("Red", 80, "80%", mark=60),
    )


def test_nothing_is_asked_of_an_officer_with_a_percentage_of_0() -> None:
    people = {**PEOPLE, "Bob": {"office_percent": 0}}
    its = figure("office-share-by-team", officers=people)
    assert its.rows[1] == ("Blue", 2, 6, 4, 66, 66, 0)


def test_the_percentage_of_a_base_is_asked_of_those_based_there() -> None:
    # Ann and Cid have 40 % of 5 and of 1 day, so 2 and 1, Bob his own 60 % of 4 days, so 3.
    people = {**PEOPLE, "Bob": {"office_percent": 60}}
    its = figure("office-share-by-office", officers=people, sites={"O": {"office_percent": 40}})
    assert its.rows[0] == ("Leeds", 3, 10, 6, 60, 60, 1)


def test_a_minimum_in_each_week_is_missed_in_any() -> None:
    chart = """
            4 Jan 2027              11 Jan 2027
            Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
    Ann     O   O   O   O   O       O   O   H   H   H
    """
    assert figure("office-share-by-office", chart, over="period").rows[0][-1] == 0
    assert figure("office-share-by-office", chart, over="week").rows[0][-1] == 1


def test_a_rule_that_is_switched_off_is_counted_all_the_same() -> None:
    its = figure("office-share-by-team", weights={"office-minimum": 0})
    assert its.rows[1] == ("Blue", 3, 10, 6, 60, 70, 1)


def test_desks_on_average_and_at_most_by_weekday() -> None:
    chart = """
            4 Jan 2027      11 Jan 2027
            Mon Tue Wed     Mon Tue
    Ann     O   O   H       O   *
    Bob     O   H   H       H   *
    """
    # On Mondays 2 and 1 are in, on the only Tuesday 1 and on the Wednesday nobody.
    its = figure("desks", chart, desks={"O": 2, "N": None})
    assert its.rows[:3] == (
        ("Leeds", "Monday", 2, 1.5, 2, 2, 1),
        ("Leeds", "Tuesday", 2, 1.0, 1, 1, 0),
        ("Leeds", "Wednesday", 2, 0.0, 0, 2, 0),
    )
    assert its.rows[5] == ("York", "Monday", None, 0.0, 0, 2, 0)
    assert bars(its)[0] == Bar("Monday", 1.5, "1.5, at most 2 of 2", 2)


def test_a_closure_takes_desks_from_one_date() -> None:
    its = figure("desks", desks={"O": 3}, closures=[Closure("Leeds", TUE, TUE, 2)])
    assert its.rows[:2] == (
        ("Leeds", "Monday", 3, 3.0, 3, 1, 1),
        ("Leeds", "Tuesday", 2, 2.0, 2, 1, 1),
    )


def test_new_starters_are_in_company_where_enough_experienced_colleagues_are() -> None:
    # Dan and Eve are new. One experienced colleague is enough for one of them: on Monday Ann is
    # there for both, which leaves one too many; on Tuesday nobody is there for Dan; on Wednesday
    # Ann is for Dan. Cyd, of another team, counts for nobody.
    chart = """
            4 Jan 2027
            Mon Tue Wed
    Ann     O   H   O
    Cyd     O   O   O
    Dan     O   O   O
    Eve     O   H   H
    """
    new = {"start_date": date(2026, 1, 5)}
    people = {"Cyd": {"team": "Red"}, "Dan": new, "Eve": new}
    its = figure("new-starters", chart, officers=people, new_starters_per_experienced=1)
    assert its.rows == (("Blue", 2, 4, 2, 50, 0),)
    assert bars(its) == (Bar("Blue", 50, "2 of 4 days", is_short=True),)
    fewer = figure("new-starters", chart, officers=people, new_starters_per_experienced=2)
    assert fewer.rows == (("Blue", 2, 4, 3, 75, 1),)


def test_team_days_are_held_in_weeks_in_which_all_met() -> None:
    chart = """
            4 Jan 2027      11 Jan 2027     18 Jan 2027
            Mon Tue Wed     Mon Tue Wed     Mon Tue Wed
    Ann     O   O   H       O   O   H       *   *   *
    Bob     H   O   O       H   H   O       *   *   *
    """
    # In the second week each day lacks somebody; in the third nobody works.
    assert figure("team-days", chart, teams={"Blue": "Leeds"}).rows == (("Blue", 2, 1, 50, 1),)


def test_duties_covered_by_the_kind_of_their_site() -> None:
    chart = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     C   C   O   P   O
    Bob     C   O   O   O   O
    """
    duties = [
        Duty(MON, "Crown Court", 2, "trial"),  # Only Ann has the skill.
        Duty(TUE, "Crown Court", 1),
        Duty(THU, "Drug Service", 1),
        Duty(FRI, "HMP Leeds", 2),
    ]
    people = {"Ann": {"skills": frozenset(["trial"])}}
    assert figure("duties", chart, officers=people, duties=duties).rows == (
        ("Court", 2, 3, 2, 1, 66),
        ("Partner", 1, 1, 1, 0, 100),
        ("Prison", 1, 2, 0, 2, 0),
    )


def test_more_people_than_a_duty_needs_make_up_for_no_other() -> None:
    chart = """
            4 Jan 2027
            Mon Tue
    Ann     C   O
    Bob     C   O
    """
    duties = [Duty(MON, "Crown Court", 1), Duty(TUE, "Crown Court", 1)]
    assert figure("duties", chart, duties=duties).rows == (("Court", 2, 2, 1, 1, 50),)


def test_home_days_by_weekday_and_team() -> None:
    its = figure("home-days")
    assert its.rows == (
        ("Whole unit", 15, 5, 0, 0, 33, 66, 100),
        ("Blue", 10, 4, 0, 0, 50, 100, 100),
        ("Red", 5, 1, 0, 0, 0, 0, 100),
    )
    assert bars(its)[3] == Bar("Thursday", 66, "2 of 3 days")


def test_a_weekday_on_which_nobody_works_has_no_share() -> None:
    chart = """
            4 Jan 2027
            Mon Tue
    Ann     O   H
    """
    assert figure("home-days", chart).rows[0] == ("Whole unit", 2, 1, 0, 100, None, None, None)


def test_nights_and_what_each_changed() -> None:
    its = build_night_changes([NightChanges(MON, 0, 0), NightChanges(TUE, 3, 2)])
    assert its.rows == ((MON, 0, 0), (TUE, 3, 2))
    assert its.charts == (
        Columns(
            "Changes by the night",
            "3 seats changed in 2 nights; the most were 3 on Tuesday 5 January 2027.",
            (("4 Jan", 0), ("5 Jan", 3)),
        ),
    )


def test_a_rota_of_nobody_has_nothing_to_show() -> None:
    nobody = problem("\n4 Jan 2027\nMon\n", teams={"Blue": "Leeds"})
    its = build_figures(nobody, rota("\n4 Jan 2027\nMon\n"))
    assert [figure.key for figure in its if figure.rows] == ["desks"]
    assert build_night_changes([]).rows == ()
    assert all(figure.nothing for figure in its)


def test_days_that_are_not_planned_are_told_by_team_and_counted_nowhere_else() -> None:
    # Ann has no seat on Thursday and Friday, and Cyd none on Friday.
    seats = rota(CHART).seats - {
        seat("Ann", THU, "H"),
        seat("Ann", FRI, "H"),
        seat("Cyd", FRI, "H"),
    }
    whole = problem(CHART, officers=PEOPLE, teams={"Red": "York"})
    figures = {
        its.key: its for its in build_figures(whole.leave_unplanned(seats), Rota(frozenset(seats)))
    }
    assert figures["not-planned"].rows == (("Blue", 1, 2, THU), ("Red", 1, 1, FRI))
    # Ann is at the office on all of her 3 days, and 2 are asked.
    assert figures["office-share-by-team"].rows[2] == ("Red", 1, 4, 4, 100, 75, 0)
    assert figure("not-planned").rows == ()


def test_shares_are_rounded_down() -> None:
    assert [compute_percent(199, 200), compute_percent(200, 200), compute_percent(0, 7)] == [
        99,
        100,
        0,
    ]


def test_a_table_for_spreadsheets_holds_no_formulas() -> None:
    chart = """
            4 Jan 2027
            Mon
    Ann     O
    """
    its = figure("team-days", chart, officers={"Ann": {"team": "=1+1"}}, teams={"=1+1": "Leeds"})
    assert format_figure_csv(its) == (
        "Team,Weeks,Weeks with a team day,Share (%),Members missing\n'=1+1,1,1,100,0\n"
    )


def test_dates_in_a_table_for_spreadsheets_are_iso() -> None:
    csv = format_figure_csv(build_night_changes([NightChanges(FRI, 3, 2)]))
    assert csv == "Night,Seats changed,People\n2027-01-08,3,2\n"


# Ann and Bob work 2½ days each, and each is at the office for 1½ of them.
SPLIT = """
        4 Jan 2027
        Mon Tue Wed
Ann     C/O O   -/H
Bob     O/- H   O/O
"""
MORNING = Duty(MON, "Crown Court", 2, part="am")


def test_half_days_are_counted_as_halves() -> None:
    # 60 % of 5 half-days are 3, for each of them. Ann has 3, and Bob 1 and 2.
    assert figure("office-share-by-team", SPLIT, duties=[MORNING]).rows[0] == (
        *("Whole unit", 2, 5, 3, 60, 60, 0),
    )
    assert figure("home-days", SPLIT, duties=[MORNING]).rows[0] == (
        *("Whole unit", 5, 1.5, 0, 50, 33, None, None),
    )
    assert bars(figure("home-days", SPLIT))[2] == Bar("Wednesday", 33, "½ of 1½ days")


def test_a_duty_of_half_a_day_needs_halves_of_people() -> None:
    # One of two is sent on Monday morning; Tuesday's whole day, which is told by half because of
    # an appointment of half a day there, is one duty for which nobody comes.
    duties = [MORNING, Duty(TUE, "Crown Court", 1)]
    appointments = [Appointment("ann", TUE, "Crown Court", "pm")]
    its = figure("duties", SPLIT, duties=duties, appointments=appointments)
    assert its.rows == (("Court", 2, 2, 0.5, 1.5, 25),)
    assert bars(its) == (Bar("Court", 25, "½ of 2 people", is_short=True),)
    assert format_figure_csv(its).splitlines()[1:] == ["Court,2,2,0.5,1.5,25"]


def test_desks_are_those_of_the_fuller_half() -> None:
    # On Monday Bob is in in the morning and Ann in the afternoon; of Wednesday's desks one is
    # closed in the afternoon, when Bob is in.
    closures = [Closure("Leeds", WED, WED, 1, "pm")]
    its = figure("desks", SPLIT, duties=[MORNING], desks={"O": 2}, closures=closures)
    assert its.rows[:3] == (
        ("Leeds", "Monday", 2, 1.0, 1, 1, 0),
        ("Leeds", "Tuesday", 2, 1.0, 1, 1, 0),
        ("Leeds", "Wednesday", 1, 1.0, 1, 1, 1),
    )


def test_half_days_of_new_starters_and_of_team_days_are_halves() -> None:
    # Dan is new: Ann is there on Monday afternoon, nobody on Monday morning.
    chart = """
            4 Jan 2027
            Mon Tue
    Ann     C/O H
    Dan     O   H
    """
    people = {"Dan": {"start_date": date(2026, 1, 5)}}
    assert figure("new-starters", chart, officers=people, duties=[MORNING]).rows == (
        ("Blue", 1, 1, 0.5, 50, 0),
    )
    # On Monday Ann is missing for half a day.
    assert figure("team-days", chart, officers=people, duties=[MORNING]).rows == (
        ("Blue", 1, 0, 0, 0.5),
    )


def test_half_days_that_are_not_planned_are_halves() -> None:
    chart = """
            4 Jan 2027
            Mon Tue Wed
    Ann     O/. O/- .
    """
    its = build_figures(problem(chart).leave_unplanned(rota(chart)), rota(chart))
    (not_planned,) = (figure for figure in its if figure.key == "not-planned")
    assert not_planned.rows == (("Blue", 1, 1.5, MON),)
    assert [str(value) for value in not_planned.rows[0][2:3]] == ["1½"]
