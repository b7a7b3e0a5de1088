"""Officers and desks."""

from dataclasses import replace

from rota.domain import Closure, Policy, Rota, Site
from rota.writing.occupancy import Occupancy, count_occupancy
from tests.rota.writing.small_unit import COURT, FRI, HOUSE, MON, THU, TUE


def test_offices_and_no_courts_on_planning_days(problem, rota):
    assert count_occupancy(problem, rota) == {
        HOUSE: {
            MON: Occupancy(1, 2),
            TUE: Occupancy(2, 2),
            THU: Occupancy(3, 2),
            FRI: Occupancy(0, 2),
        }
    }


def test_a_closure_counts_even_when_the_rule_is_switched_off(problem):
    unit = replace(problem.unit, closures=(Closure(HOUSE, MON, MON, 0),))
    off = replace(problem, unit=unit, policy=Policy(start=MON, weeks=1, weights={"desks": 0}))
    assert count_occupancy(off, Rota.of([]))[HOUSE][MON] == Occupancy(0, 0)


def test_a_court_with_desks_is_shown_and_an_office_without_limit_too(problem, rota):
    sites = (Site(HOUSE, "office"), Site(COURT, "court", 1))
    those = count_occupancy(replace(problem, unit=replace(problem.unit, sites=sites)), rota)
    assert (those[HOUSE][THU], those[COURT][MON]) == (Occupancy(3, None), Occupancy(1, 1))


def test_full_is_not_over_and_nobody_in_no_desks_is_neither():
    its = [Occupancy(2, 2), Occupancy(3, 2), Occupancy(0, 0), Occupancy(3, None)]
    assert [(o.is_full, o.is_over) for o in its] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]
