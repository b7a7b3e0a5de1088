"""Rota's judgement of whole units against a judge that reads the same files by itself."""

import random
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rota.checker import judge
from rota.domain import Problem, Rota, Seat, list_halves
from rota.planning import plan
from rota.reading import read_problem
from rota.rules import LEVELS, RULES
from rota.writing import write_rota, write_unit
from tests.conftest import times
from tests.long_hand import WEIGHTS, LongHand, Taken, taken_in
from tests.random_problems import problems, rotas
from tests.rota.writing.test_unit_folder import readable
from tests.usual_rules import under_usual_rules

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
UNITS = {
    "pair": (ROOT / "fixtures/pair", date(2026, 12, 28)),
    "every-rule": (ROOT / "fixtures/every-rule", date(2027, 3, 23)),
    "overbooked": (ROOT / "fixtures/overbooked", date(2026, 12, 28)),
    "millbrook": (ROOT / "fixtures/millbrook", date(2026, 12, 28)),
    "northamptonshire": (SHARED / "northamptonshire", date(2026, 12, 28)),
    "leeds-short": (SHARED / "leeds-short", date(2026, 12, 28)),
}


WEEKLY = {
    "duties": (
        "date,site,needed,skill,first,last,every\n"
        "Mon Wed Fri,Eastgate Magistrates' Court,2,court,2027-03-24,,\n"
        "Tue,Eastgate Magistrates' Court,1,court,2027-03-19,,2\n"
        "Thu,Tannery Row,1,,,2027-03-31,\n2027-03-26,Eastgate Magistrates' Court,1,court,,,\n"
    ),
    "appointments": (
        "staff_no,date,site,first,last,every\n"
        "204,Tue Thu,Eastgate Magistrates' Court,2027-03-23,2027-04-01,\n"
        "207,Wed,Tannery Row,2027-03-17,,2\n"
    ),
}
"""Duties and appointments of weekdays, around Good Friday, for the unit that breaks every rule."""


def with_weekly_rows(folder: Path) -> Path:
    """A copy of the unit that breaks every rule, with duties and appointments of weekdays."""
    shutil.copytree(ROOT / "fixtures/every-rule", folder)
    for table, text in WEEKLY.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(params=[*UNITS, "weekly"])
def unit(request, tmp_path) -> tuple[Problem, LongHand]:
    if request.param == "weekly":
        folder, today = with_weekly_rows(tmp_path / "weekly"), date(2027, 3, 23)
    else:
        folder, today = UNITS[request.param]
    if not folder.exists():
        pytest.skip(f"{folder.name} is not here")
    problem = under_usual_rules(read_problem(folder, today=today).problem)
    return problem, LongHand(folder, today, problem.bank_holidays)


def by_rule(problem: Problem, rota: Rota) -> dict[str, float]:
    costs: dict[str, float] = Counter()
    for breach in judge(problem, rota).breaches:
        costs[breach.rule.key] += breach.cost
    return dict(costs)


def test_both_know_the_same_ways_to_spend_a_day(unit):
    problem, long_hand = unit
    compare_ways(problem, long_hand)


def compare_ways(problem: Problem, long_hand: LongHand) -> None:
    ways = {
        key: [by_half(option.seats) for option in options]
        for key, options in problem.day_options.items()
    }
    assert ways.keys() == long_hand.ways.keys()
    for key, of_day in ways.items():
        counterparts = [
            {half: site for half, site in way.items() if site} for way in long_hand.ways[key]
        ]
        assert sorted(of_day, key=str) == sorted(counterparts, key=str)


def by_half(seats) -> dict[str, str]:
    return {half: seat.site for seat in seats for half in list_halves(seat.part)}


def draw_rota(chance: random.Random, problem: Problem) -> tuple[Rota, Taken]:
    """Any way to spend each day, as Rota has it and as the other judge does."""
    options = [chance.choice(options) for options in problem.day_options.values()]
    seats = [seat for option in options for seat in option.seats]
    taken = {
        (*seat.officer_day, half): seat.site for seat in seats for half in list_halves(seat.part)
    }
    return Rota.of(seats), taken


@pytest.mark.parametrize("seed", range(5))
def test_both_count_the_same_on_any_rota(unit, seed):
    problem, long_hand = unit
    rota, taken = draw_rota(random.Random(seed), problem)
    assert by_rule(problem, rota) == long_hand.costs(taken)


@pytest.mark.parametrize("seed", range(3))
def test_both_count_the_same_where_people_moved_seats_by_hand(unit, seed):
    problem, long_hand = unit
    chance = random.Random(seed)
    places = [place for place in problem.allowed_sites if chance.random() < 1 / 4]
    anywhere = (*problem.sites, "nowhere that is known")
    long_hand.moved_by_hand = {place: chance.choice(anywhere) for place in places}
    moved = tuple(
        Seat(*place, site, problem.parts_planned[place])
        for place, site in long_hand.moved_by_hand.items()
    )
    problem = replace(problem, unit=replace(problem.unit, moved_by_hand=moved))
    rota, taken = draw_rota(chance, problem)
    assert by_rule(problem, rota) == long_hand.costs(taken)


def test_both_count_the_same_on_a_plan_as_it_was_written(unit, tmp_path):
    problem, long_hand = unit
    result = plan(problem, seconds=3, seed=0, workers=2)
    write_rota(tmp_path / "rota.csv", problem, result.rota)
    costs = long_hand.costs(taken_in(tmp_path / "rota.csv"))
    levels = dict.fromkeys(LEVELS, 0)
    for rule in RULES:
        levels[rule.level] += costs.get(rule.key, 0)
    assert levels == {name: level.cost for name, level in result.outcome.levels.items()}


def test_the_long_hand_judge_knows_every_rule():
    assert {rule.key: rule.weight for rule in RULES} == WEIGHTS


@settings(max_examples=times(25, soak=1500), deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_count_the_same_in_any_unit_with_half_days_and_extra_days(data):
    drawn = data.draw(problems(has_halves=True, has_extra_days=True))
    with TemporaryDirectory() as name:
        write_unit(Path(name), readable(drawn.unit), drawn.policy)
        problem = read_problem(Path(name), today=drawn.today).problem
        long_hand = LongHand(Path(name), problem.today, problem.bank_holidays)
    compare_ways(problem, long_hand)
    rota = data.draw(rotas(problem))
    taken = {
        (*seat.officer_day, half): seat.site for seat in rota for half in list_halves(seat.part)
    }
    assert by_rule(problem, rota) == long_hand.costs(taken)
