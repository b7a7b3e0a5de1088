"""Officers and desks."""

from dataclasses import replace

from rota.domain import Closure, Policy, Rota, Seat, Site
from rota.writing.occupancy import (
    DesksOfHalf,
    Occupancy,
    count_occupancy,
    count_occupancy_after,
)
from tests.rota.writing.small_unit import COURT, FRI, HALVES, HOUSE, MON, SPLIT_ROTA, THU, TUE


def test_offices_and_no_courts_on_planning_days(problem, rota):
    assert count_occupancy(problem, rota) == {
        HOUSE: {
            MON: Occupancy.of_day(1, 2),
            TUE: Occupancy.of_day(2, 2),
            THU: Occupancy.of_day(3, 2),
            FRI: Occupancy.of_day(0, 2),
        }
    }


def test_a_closure_counts_even_when_the_rule_is_switched_off(problem):
    unit = replace(problem.unit, closures=(Closure(HOUSE, MON, MON, 0),))
    off = replace(problem, unit=unit, policy=Policy(start=MON, weeks=1, weights={"desks": 0}))
    assert count_occupancy(off, Rota.of([]))[HOUSE][MON] == Occupancy.of_day(0, 0)


def test_a_court_with_desks_is_shown_and_an_office_without_limit_too(problem, rota):
    sites = (Site(HOUSE, "office"), Site(COURT, "court", 1))
    those = count_occupancy(replace(problem, unit=replace(problem.unit, sites=sites)), rota)
    assert (those[HOUSE][THU], those[COURT][MON]) == (
        Occupancy.of_day(3, None),
        Occupancy.of_day(1, 1),
    )


def test_full_is_not_over_and_nobody_in_no_desks_is_neither():
    its = [
        Occupancy.of_day(2, 2),
        Occupancy.of_day(3, 2),
        Occupancy.of_day(0, 0),
        Occupancy.of_day(3, None),
    ]
    assert [(o.is_full, o.is_over) for o in its] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]


def test_halves_are_counted_apart_and_the_fuller_one_is_that_of_the_day():
    # On Monday Bob and Cid are in, in the afternoon Ann too; on Thursday Ann, in the morning Cid.
    days = count_occupancy(HALVES, SPLIT_ROTA)[HOUSE]
    assert days == {
        MON: Occupancy(DesksOfHalf(2, 2), DesksOfHalf(3, 2)),
        TUE: Occupancy.of_day(2, 2),
        THU: Occupancy(DesksOfHalf(2, 2), DesksOfHalf(1, 2)),
        FRI: Occupancy.of_day(0, 2),
    }
    assert (days[MON].officers, days[MON].is_over, days[MON].average) == (3, True, 2.5)
    assert (days[THU].officers, days[THU].is_full, days[THU].average) == (2, True, 1.5)


def test_a_half_with_fewer_desks_is_the_fuller_one_if_too_many_are_in():
    closed = replace(HALVES.unit, closures=(Closure(HOUSE, MON, MON, 0, "am"),))
    monday = count_occupancy(replace(HALVES, unit=closed), SPLIT_ROTA)[HOUSE][MON]
    assert monday == Occupancy(DesksOfHalf(2, 0), DesksOfHalf(3, 2))
    assert (monday.officers, monday.desks) == (2, 0)


def test_a_seat_of_half_a_day_moves_in_its_half_alone():
    before = count_occupancy(HALVES, SPLIT_ROTA)
    given_up, taken = Seat("1", MON, HOUSE, "pm"), Seat("3", THU, HOUSE)
    after = Rota.of(
        [*(s for s in SPLIT_ROTA if s not in (given_up, taken._replace(part="am"))), taken]
    )
    assert count_occupancy_after(
        before, seats_taken=[taken], seats_given_up=[given_up, taken._replace(part="am")]
    ) == count_occupancy(HALVES, after)
