from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rota.checker import Misfit, count, judge
from rota.domain import Closure, Duty, Policy, Problem, Request, Rota, Seat, Unit
from rota.rules import LEVELS, RULES, Gathering, Limit, Safeguard, Term
from tests.conftest import times
from tests.random_problems import every_rota, how_many_rotas, problems, rotas
from tests.rota_text import MON, THU, TUE, problem, rota, seat

CHART = """
        4 Jan 2027
        Mon Tue
Ann     O   H
Bob     H   O
"""


def misfits(chart: str, problem: Problem) -> tuple[Misfit, ...]:
    return judge(problem, rota(chart)).misfits


def test_a_rota_with_one_allowed_seat_on_each_working_day_has_no_misfits() -> None:
    assert misfits(CHART, problem(CHART)) == ()


def test_an_officer_without_a_seat() -> None:
    without = """
            4 Jan 2027
            Mon Tue
    Ann     O   .
    Bob     H   O
    """
    assert misfits(without, problem(CHART)) == (
        Misfit(
            Seat("ann", TUE, ""),
            "Ann (ann) has no seat on Tuesday 5 January 2027; allowed: Leeds, home.",
        ),
    )


def test_an_officer_with_two_seats() -> None:
    twice = Rota.of([*rota(CHART), seat("Ann", MON, "H")])
    assert judge(problem(CHART), twice).misfits == (
        Misfit(
            Seat("ann", MON, "home"),
            "Ann (ann) has 2 seats on Monday 4 January 2027: Leeds, home.",
        ),
    )


def test_a_seat_at_a_site_that_the_officer_may_not_use() -> None:
    at_court = """
            4 Jan 2027
            Mon Tue
    Ann     C   H
    Bob     H   O
    """
    assert misfits(at_court, problem(CHART)) == (
        Misfit(
            Seat("ann", MON, "Crown Court"),
            "Ann (ann) may not use Crown Court on Monday 4 January 2027; allowed: Leeds, home.",
        ),
    )


def test_a_seat_at_home_of_someone_without_a_home_office() -> None:
    assert misfits(CHART, problem(CHART, officers={"Ann": {"has_home_office": False}})) == (
        Misfit(
            Seat("ann", TUE, "home"),
            "Ann (ann) may not use home on Tuesday 5 January 2027; allowed: Leeds.",
        ),
    )


def test_a_duty_opens_its_court_on_its_date() -> None:
    at_court = """
            4 Jan 2027
            Mon Tue
    Ann     C   C
    Bob     H   O
    """
    assert misfits(at_court, problem(CHART, duties=[Duty(TUE, "Crown Court", 1)])) == (
        Misfit(
            Seat("ann", MON, "Crown Court"),
            "Ann (ann) may not use Crown Court on Monday 4 January 2027; allowed: Leeds, home.",
        ),
    )


def test_a_seat_of_somebody_unknown() -> None:
    stranger = Rota.of([*rota(CHART), seat("Zoe", MON, "O")])
    assert judge(problem(CHART), stranger).misfits == (
        Misfit(
            Seat("zoe", MON, "Leeds"),
            "zoe is not an officer here; seat on Monday 4 January 2027.",
        ),
    )


def test_a_seat_at_a_site_that_is_unknown_leaves_the_officer_with_that_seat() -> None:
    lost = Rota.of([*rota(CHART).seats - {seat("Ann", MON, "O")}, Seat("ann", MON, "Hull")])
    assert judge(problem(CHART), lost).misfits == (
        Misfit(
            Seat("ann", MON, "Hull"),
            "Hull is not a site here; seat of Ann (ann) on Monday 4 January 2027.",
        ),
    )


def test_a_seat_on_a_day_off() -> None:
    on_thursday = Rota.of([*rota(CHART), seat("Ann", THU, "O")])
    assert judge(problem(CHART), on_thursday).misfits == (
        Misfit(
            Seat("ann", THU, "Leeds"),
            "Ann (ann) does not work on Thursday 7 January 2027, yet is at Leeds.",
        ),
    )


def test_a_seat_outside_the_period() -> None:
    later = Rota.of([*rota(CHART), seat("Bob", date(2027, 1, 11), "H")])
    assert judge(problem(CHART), later).misfits == (
        Misfit(
            Seat("bob", date(2027, 1, 11), "home"),
            "A seat of Bob (bob) on Monday 11 January 2027 lies outside the period.",
        ),
    )


def test_a_locked_seat_that_was_moved() -> None:
    locked = problem(
        CHART,
        published="""
                4 Jan 2027
                Mon
        Ann     N!
        """,
    )
    assert misfits(CHART, locked) == (
        Misfit(
            Seat("ann", MON, "Leeds"),
            "Ann (ann) may not use Leeds on Monday 4 January 2027; allowed: York.",
        ),
    )


def test_a_past_seat_that_was_moved() -> None:
    begun = problem(
        CHART,
        published="""
                4 Jan 2027
                Mon Tue
        Bob     O   H
        """,
        today=MON,
    )
    # Tuesday's may still be moved.
    assert misfits(CHART, begun) == (
        Misfit(
            Seat("bob", MON, "home"),
            "Bob (bob) may not use home on Monday 4 January 2027; allowed: Leeds.",
        ),
    )


def test_misfits_are_all_told_by_officer_and_date_those_of_seats_first() -> None:
    wrong = Rota.of([seat("Bob", TUE, "C"), seat("Ann", MON, "H"), seat("Ann", MON, "O")])
    assert [misfit.seat for misfit in judge(problem(CHART), wrong).misfits] == [
        Seat("bob", TUE, "Crown Court"),
        Seat("ann", MON, "home"),
        Seat("ann", TUE, ""),
        Seat("bob", MON, ""),
    ]


def test_costs_are_added_up_by_level_in_the_order_of_the_levels() -> None:
    chart = """
            4 Jan 2027
            Mon Tue Wed Thu Fri
    Ann     O   H   H   H   O
    Bob     O   H   H   O   H
    """
    judgement = judge(
        problem(
            chart,
            desks={"O": 1},
            duties=[Duty(MON, "Crown Court", 2)],
            requests=[Request("ann", MON, "home", 3)],
            published="""
                    4 Jan 2027
                    Mon Tue Wed Thu Fri
            Ann     H   O   O   O   O
            Bob     O   O   H   H   H
            """,
            today=date(2027, 1, 3),
        ),
        rota(chart),
    )
    assert list(judgement.costs.items()) == [
        # Two officers at one desk on Monday.
        ("limit", 1),
        # Nobody at the court of two.
        ("cover", 2),
        # Ann on Monday and Tuesday, Bob on Tuesday.
        ("notice", 3),
        # Each has 2 of 3 office days, at 3, and 3 of 2 home days, at 2.
        ("policy", 2 * 3 + 2 * 2),
        # Ann on Wednesday and Thursday, Bob on Thursday.
        ("stability", 3),
        # Both are in on Monday, and at home on one edge of the week at most; the request.
        ("people", 3),
    ]


def test_breaches_are_the_findings_with_a_gap_in_their_order() -> None:
    chart = """
            4 Jan 2027
            Mon Tue
    Ann     O   O
    Bob     O   H
    """
    judgement = judge(
        problem(chart, desks={"O": 2}, closures=[Closure("Leeds", MON, MON, 1)]), rota(chart)
    )
    desks = [finding for finding in judgement.findings if finding.rule.key == "desks"]
    assert [(finding.when, finding.is_breach) for finding in desks] == [(MON, True), (TUE, False)]
    assert [finding.says for finding in judgement.breaches] == [
        "2 officers for 1 desk at Leeds on Monday 4 January 2027.",
        "Bob (bob) has 1 office day from 4 January 2027 to 10 January 2027; at least 2 asked.",
    ]


def test_a_missing_seat_counts_nowhere() -> None:
    nobody = judge(problem(CHART, office_percent=100, over="week"), Rota.of([]))
    short = [finding for finding in nobody.breaches if finding.rule.key == "office-minimum"]
    # Each works two days and has a seat on neither.
    assert [(finding.about, finding.count, finding.gap) for finding in short] == [
        ("Ann (ann)", 0, 2),
        ("Bob (bob)", 0, 2),
    ]


def test_an_empty_problem_is_kept_by_the_empty_rota() -> None:
    nothing = Problem(
        unit=Unit(sites=(), teams=(), officers=()), policy=Policy(start=MON), today=MON
    )
    judgement = judge(nothing, Rota.of([]))
    assert judgement.misfits == ()
    assert judgement.findings == ()
    assert judgement.breaches == ()
    assert judgement.costs == dict.fromkeys(LEVELS, 0)


def test_a_unit_of_which_nobody_works_needs_no_seat() -> None:
    nobody_works = """
            4 Jan 2027
            Mon
    Ann     -
    """
    judgement = judge(problem(nobody_works), rota(nobody_works))
    assert judgement.misfits == ()
    assert judgement.breaches == ()


ANN, BOB = seat("Ann", MON, "O"), seat("Bob", MON, "O")


@pytest.mark.parametrize(
    ("least", "most", "seats", "expected"),
    [
        # 2 · Ann - 3 · Bob, counted and its distance from the bounds
        (None, None, {ANN, BOB}, (-1, 0)),
        (1, None, {ANN}, (2, 0)),
        (2, None, {ANN}, (2, 0)),
        (5, None, {ANN}, (2, 3)),
        (None, 2, {ANN}, (2, 0)),
        (None, 0, {ANN}, (2, 2)),
        (-1, 1, {BOB}, (-3, 2)),
        (-1, 1, {ANN}, (2, 1)),
        (-1, 1, set(), (0, 0)),
    ],
)
def test_the_gap_of_a_limit_is_how_far_its_sum_lies_outside(
    least: int | None, most: int | None, seats: set[Seat], expected: tuple[int, int]
) -> None:
    limit = Limit("Leeds", MON, (Term(2, ANN), Term(-3, BOB)), least, most)
    assert count(limit, seats) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    # In half-days: the least is 6, and Ann's day adds 2. Counts and gaps are in days.
    [(0, (1, 2)), (3, (2.5, 0.5)), (4, (3, 0)), (7, (4.5, 0))],
)
def test_what_there_was_before_counts_as_well(before: int, expected: tuple[float, float]) -> None:
    limit = Limit("Ann", MON, (Term(2, ANN),), least=6, counts_half_days=True, before=before)
    assert count(limit, {ANN}) == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        # Absences are 0 1 2: one occasion is complete.
        (1, (1, 0)),
        (2, (1, 1)),
        (3, (1, 3)),
    ],
)
def test_the_gap_of_a_gathering_is_the_absences_on_its_best_occasions(
    times: int, expected: tuple[int, int]
) -> None:
    nobody = ((seat("Ann", TUE, "O"),), (seat("Bob", TUE, "O"),))
    one = ((seat("Ann", THU, "O"),), (seat("Bob", THU, "O"),))
    gathering = Gathering("Blue", MON, times, (nobody, one, ((ANN,), (BOB,))))
    assert count(gathering, {ANN, BOB, seat("Bob", THU, "O")}) == expected


@pytest.mark.parametrize("times", [0, 2])
def test_a_gathering_asks_for_at_least_one_and_at_most_all_of_its_occasions(times: int) -> None:
    with pytest.raises(ValueError, match=rf"^{times} times on 1 occasions$"):
        Gathering("Blue", MON, times, (((ANN,), (BOB,)),))


@settings(max_examples=times(33, soak=2000), deadline=None)
@given(st.data())
def test_a_finding_costs_its_weight_times_its_gap(data: st.DataObject) -> None:
    drawn = data.draw(problems(has_draft=True))
    drawn_rota = data.draw(rotas(drawn))
    judgement = judge(drawn, drawn_rota)
    assert judgement.misfits == ()
    assert list(judgement.costs) == list(LEVELS)
    assert sum(judgement.costs.values()) == sum(f.weight * f.gap for f in judgement.findings)
    for finding in judgement.findings:
        below = 0 if finding.least is None else finding.least - finding.count
        above = 0 if finding.most is None else finding.count - finding.most
        requirement = finding.requirement
        if isinstance(requirement, Safeguard) and drawn_rota.seats.isdisjoint(requirement.there):
            below = 0  # Nothing is asked while nobody is there.
        # A gathering may lack several people on one occasion that is not complete.
        assert (finding.gap > 0) == (max(below, above) > 0)


@settings(max_examples=times(16, soak=1000), deadline=None)
@given(problems(max_officers=2, max_weeks=1, max_rotas=64))
def test_every_rota_of_a_tiny_problem_is_different_and_fits(tiny: Problem) -> None:
    found = list(every_rota(tiny))
    assert len(found) == len({drawn.seats for drawn in found}) == how_many_rotas(tiny)
    assert how_many_rotas(tiny) <= 64
    unweighted = replace(tiny.policy, weights={rule.key: 0 for rule in RULES})
    free = replace(tiny, policy=unweighted)
    assert all(judge(free, drawn).misfits == judge(free, drawn).findings == () for drawn in found)


def test_what_a_date_had_too_many_of_is_not_new_in_half_of_it() -> None:
    """Two are at one desk all day, and then in the morning alone; but three are new there."""
    names = ("Ann", "Bob", "Cat")
    whole = "".join(f"    {name}     {mark}\n" for name, mark in zip(names, "OOH", strict=True))
    half = whole.replace("Bob     O", "Bob     O/-")
    before, after, worse = (
        judge(problem(f"{WEEK}{chart}", desks={"O": 1}, rules=["desks"]), rota(f"{WEEK}{chart}"))
        for chart in (whole, half, half.replace("Cat     H", "Cat     O"))
    )
    assert [breach.gap for breach in before.breaches] == [1]
    assert [breach.gap for breach in after.breaches] == [0.5]
    assert after.list_breaches_added_to(before) == ()
    assert [str(breach.when) for breach in before.list_breaches_added_to(after)] == ["2027-01-04"]
    assert [str(breach.when) for breach in worse.list_breaches_added_to(before)] == [
        "2027-01-04 am"
    ]


WEEK = """
            4 Jan 2027
            Mon
"""
