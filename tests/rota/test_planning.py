"""A plan is a rota that was judged; what it costs is known for the example and reference units."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rota.checker import judge
from rota.domain import Request
from rota.planning import Disagreement, Plan, SearchProgress, plan
from rota.reading import read_problem
from rota.rules import LEVELS, RULES
from tests.rota_text import MON, problem
from tests.solver.in_process import MANY_SECONDS
from tests.usual_rules import FIXTURES, under_usual_rules

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
TODAY = date(2026, 12, 28)
FIRST_TUESDAY = date(2027, 3, 23)

WEEK = """
            4 Jan 2027
            Mon
    Ann     .
    Bob     .
    """


def costs_of(result: Plan) -> tuple[int, ...]:
    return tuple(result.judgement.costs[level] for level in LEVELS)


def bounds_of(result: Plan) -> tuple[int, ...]:
    return tuple(result.bounds[level] for level in LEVELS)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("fixture", "today", "costs"),
    [
        ("pair", TODAY, (0, 0, 0, 5, 0, 2)),
        ("every-rule", FIRST_TUESDAY, (1, 3.5, 1, 70, 2, 26.5)),
        ("overbooked", TODAY, (34, 24, 0, 131, 2, 29)),
    ],
)
def test_the_small_fixtures_cost_what_they_are_known_to_cost(fixture, today, costs, workers):
    asked = read_problem(FIXTURES / fixture, today=today).problem
    result = plan(asked, seconds=MANY_SECONDS, seed=0, workers=workers)
    assert costs_of(result) == bounds_of(result) == costs
    assert result.outcome.is_optimal
    assert result.judgement == judge(asked, result.rota)
    assert result.summary(1.23456)["status"] == "optimal"


def test_every_rule_is_broken_where_no_rota_keeps_them_all():
    asked = read_problem(ROOT / "fixtures" / "every-rule", today=FIRST_TUESDAY).problem
    result = plan(asked, seconds=MANY_SECONDS, seed=0, workers=1)
    broken = {breach.rule.key for breach in result.judgement.breaches}
    assert broken == {rule.key for rule in RULES}


@pytest.mark.parametrize(
    ("folder", "costs", "seconds"),
    [
        (FIXTURES / "millbrook", (0, 0, 0, 8, 0, 151), 3),
        (DATA / "hertfordshire", (0, 0, 0, 0, 0, 196), 3),
        (DATA / "northamptonshire", (0, 1, 0, 129, 0, 142), 3),
        (DATA / "leeds", (0, 0, 0, 0, 0, 639), 5),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else None,
)
def test_no_more_is_claimed_of_a_delivery_unit_than_is_known(folder, costs, seconds):
    """However slow the machine: the best known costs lie between the bounds and what was found."""
    if not folder.exists():
        pytest.skip(f"{folder} is not here")
    asked = under_usual_rules(read_problem(folder, today=TODAY).problem)
    result = plan(asked, seconds=seconds, seed=0, workers=2)
    assert costs_of(result) >= costs
    assert tuple(map(min, bounds_of(result), costs)) == bounds_of(result)
    if result.outcome.is_optimal:
        assert costs_of(result) == costs


def test_progress_is_watched():
    seen: list[SearchProgress] = []
    asked = read_problem(FIXTURES / "overbooked", today=TODAY).problem

    def watch(progress: SearchProgress) -> bool:
        seen.append(progress)
        return True

    plan(asked, seconds=MANY_SECONDS, seed=0, workers=1, watch=watch)
    assert [each for each in seen if tuple(each.levels) != LEVELS] == []
    assert seen != []


def test_the_summary_tells_what_was_asked_and_found():
    asked = problem(WEEK, desks={"O": 1})
    result = plan(asked, seconds=MANY_SECONDS, seed=12, workers=1)
    summary = dict(result.summary(2.00049))
    seconds = summary.pop("seconds")
    versions = summary.pop("versions")
    assert summary == {
        "status": "optimal",
        "levels": {
            level: {"cost": cost, "bound": cost}
            for level, cost in zip(LEVELS, (0, 0, 0, 3, 0, 2), strict=True)
        },
        "seed": 12,
        "workers": 1,
        "officers": 2,
        "seats": 2,
    }
    assert seconds == {
        "build": round(result.outcome.build_seconds, 3),
        "solve": round(result.outcome.solve_seconds, 3),
        "total": 2.0,
    }
    assert list(versions) == ["python", "rota", "ortools"]


def test_a_solver_and_a_checker_that_differ_are_told_of():
    """The request is there to be read once: by the solver, and by the checker no more."""
    asked = problem(WEEK)
    requests = iter([Request("ann", MON, "prison", 3)])
    unit = replace(asked.unit, requests=requests)
    with pytest.raises(Disagreement) as told:
        plan(replace(asked, unit=unit), seconds=MANY_SECONDS, seed=0, workers=1)
    assert str(told.value) == (
        "The solver says that people costs 3, the checker 0. "
        "Nothing was written. Please report this."
    )
