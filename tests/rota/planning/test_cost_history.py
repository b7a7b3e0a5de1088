"""What is kept of a search: only what changes, and never more than so much."""

from __future__ import annotations

from rota.planning.cost_history import MOST_POINTS, CostHistory
from solver.search_results import LevelResult, SearchProgress


def at(seconds: float, cost: int, bound: int, working_on: str = "policy") -> SearchProgress:
    """A moment at which the policy, or else the people, had that cost and that bound."""
    levels = {
        "policy": LevelResult(9, 4),
        "people": LevelResult(30, 0),
        working_on: LevelResult(cost, bound),
    }
    return SearchProgress(seconds, working_on, levels)


def history(*points: SearchProgress) -> CostHistory:
    kept = CostHistory()
    for point in points:
        kept.add(point)
    return kept


def test_of_a_search_that_has_not_begun_nothing_is_told() -> None:
    assert history().build_columns() == {"seconds": [], "working_on": [], "bound": [], "costs": {}}


def test_costs_and_the_bound_are_told_by_second() -> None:
    told = history(at(0.04, 12, 0), at(1.26, 9, 4), at(2, 22, 3, "people")).build_columns()
    assert told == {
        "seconds": [0.0, 1.3, 2],
        "working_on": ["policy", "policy", "people"],
        "bound": [0, 4, 3],
        "costs": {"policy": [12, 9, 9], "people": [30, 30, 22]},
    }


def test_moments_at_which_nothing_changed_are_left_out() -> None:
    told = history(
        at(1, 12, 0), at(2, 12, 0), at(3, 12, 1), at(4, 12, 1), at(5, 11, 1)
    ).build_columns()
    assert told["seconds"] == [1, 3, 5]


def test_of_too_many_moments_every_other_one_is_forgotten() -> None:
    told = history(*(at(n, 1000 - n, 0) for n in range(MOST_POINTS + 1))).build_columns()
    # Of the moments 0 to 118 those of even numbers are left, and then 119 and 120.
    assert told["seconds"] == [*range(0, MOST_POINTS, 2), MOST_POINTS - 1, MOST_POINTS]
    long = history(*(at(n, 100_000 - n, 0) for n in range(10_000))).build_columns()
    assert len(long["seconds"]) <= MOST_POINTS
    assert (long["seconds"][0], long["seconds"][-1]) == (0, 9_999)
