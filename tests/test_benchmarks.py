"""The measurements themselves, on the smallest unit: what they say of seconds is not looked at."""

from collections import Counter
from datetime import date, timedelta

from rota.reading import read_problem
from rota.rules import LEVELS
from rota.store.databases.database import Database
from solver.search_results import LevelResult
from tests.benchmarks.by_highs import relax, run_highs
from tests.benchmarks.by_plain_cp_sat import run_plain_cp_sat
from tests.benchmarks.by_rota import run_rota
from tests.benchmarks.comparison import MEGABYTE
from tests.benchmarks.databases import SQLITE, address
from tests.benchmarks.estate import first_monday
from tests.benchmarks.fresh import measured
from tests.benchmarks.grown import lengthened, resized
from tests.benchmarks.instances import TODAY
from tests.benchmarks.large import LARGEST, build
from tests.benchmarks.memory import proportional
from tests.benchmarks.night import Way, bring_in, change, one_night, planned_well, second_day
from tests.benchmarks.pages import PAGES, Pace, look
from tests.benchmarks.poorest import compute_excess, write_instances
from tests.benchmarks.run import Moment, Run
from tests.benchmarks.server import serving
from tests.benchmarks.trickle import milliseconds, trickling
from tests.benchmarks.week import week
from tests.estate import units
from tests.usual_rules import FIXTURES


def millbrook(weeks: int):
    return read_problem(FIXTURES / "millbrook", today=date(2026, 12, 28), weeks=weeks).problem


def test_rota_and_plain_cp_sat_prove_the_same_costs():
    runs = [measured(run, FIXTURES / "pair", 30) for run in (run_rota, run_plain_cp_sat)]
    costs = [[level.cost for level in run.result.levels.values()] for run in runs]
    assert costs == [[0, 0, 0, 5, 0, 2]] * 2
    assert [run.result.proof is None for run in runs] == [False, False]


def test_plain_highs_finds_them_too_and_is_not_asked_again():
    run = measured(run_highs, FIXTURES / "pair", (30.0, 60.0)).result
    assert [(*moment.costs.values(),) for moment in run.moments] == [(0, 0, 0, 5, 0, 2)]
    assert run.proof == run.moments[0].seconds < 30


def test_the_relaxation_is_timed():
    assert 0 < measured(relax, FIXTURES / "pair").result < 30


def test_a_rota_is_compared_on_the_first_level_that_differs():
    theirs = {**dict.fromkeys(LEVELS, 0), "policy": 8, "people": 150}
    assert compute_excess(theirs, theirs) == (0, "")
    assert compute_excess({**theirs, "people": 153}, theirs) == (0.02, "people")
    assert compute_excess({**theirs, "policy": 6, "people": 999}, theirs) == (-0.25, "policy")
    assert compute_excess({**theirs, "cover": 2}, theirs) == (2, "cover")


def test_units_are_compared_as_they_are_tight_and_planned_anew(tmp_path):
    usual, tight, usual_anew, tight_anew = write_instances(tmp_path, 4, 30)
    today = [each.today for each in (usual, tight, usual_anew, tight_anew)]
    assert today == [TODAY, TODAY, *[date(2027, 1, 5)] * 2]
    problems = [read_problem(each.path, today=each.today).problem for each in (usual, tight_anew)]
    assert [bool(problem.unit.published) for problem in problems] == [False, True]


def test_a_rota_is_near_the_best_when_earlier_levels_are_at_their_best():
    best = {**dict.fromkeys(LEVELS, 0), "policy": 8, "people": 151}
    levels = {name: LevelResult(cost, cost) for name, cost in best.items()}
    moments = (
        Moment(1, {**best, "policy": 9, "people": 140}),
        Moment(2, {**best, "people": 153}),  # 1 % of 151 is 1.51
        Moment(3, {**best, "people": 152}),
        Moment(4, best),
    )
    assert Run(first=1, moments=moments, levels=levels, seconds=5).near(levels) == 3


def test_a_unit_of_another_size_has_as_many_officers_desks_and_duties_as_go_with_it():
    """Sixty officers, twice over, and fifty of them once more."""
    unit = resized(millbrook(1), officers=170).unit
    assert len({officer.staff_no for officer in unit.officers}) == 170
    assert Counter(site.kind for site in unit.sites)["office"] == 6
    needed = Counter(duty.site[-1] for duty in unit.duties for _ in range(duty.needed))
    assert needed["0"] == needed["1"] > needed["2"] > 0


def test_a_longer_period_repeats_what_has_a_date():
    once, twice = millbrook(4), lengthened(millbrook(8), weeks=4)
    assert len(twice.unit.duties) == 2 * len(once.unit.duties)
    assert twice.unit.duties[-1].date == once.unit.duties[-1].date.replace(month=2, day=26)
    assert len(twice.unit.officers) == len(once.unit.officers)


def test_each_night_of_a_week_changes_as_few_seats_as_is_proven():
    ((name, unit, policy),) = units(1, officers=30, first=first_monday())
    with address(SQLITE) as url:
        first, second = week(url, name, unit, policy, seconds=20, days=2)
    for night in (first, second):
        assert (night.ill, night.status) == (2, "optimal")  # 6 % of 30 officers
        assert night.changed == night.fewest > 0
    assert second.day == first.day + timedelta(days=1)


def test_a_night_plans_what_has_changed_and_nothing_else(tmp_path):
    tables = list(units(2, officers=60, first=first_monday()))
    with address(SQLITE) as url:
        for its in tables:
            bring_in(url, its, planned_well(its))
        change(url, tables[0], seed=0)
        way = Way(SQLITE, is_dask=False, seconds=20)
        night = measured(
            one_night, url, second_day(tables), way, str(tmp_path), memory=proportional
        )
    (run,) = night.result.runs
    assert (run.unit, run.state) == (tables[0][0], "done")
    assert night.result.messages == len([*tmp_path.glob("*.eml")]) > 0
    assert night.peak is None or night.peak > 50 * MEGABYTE  # Two processes with their libraries.


def test_every_page_is_looked_at_and_cells_are_changed():
    with address(SQLITE) as url:
        database = Database(url)
        large = build(database, count=3, officers=LARGEST + 60, users=2)
        database.close()
        assert (large.unit_id, len(large.problem.officers), large.officers) == (1, 185, 245)
        with serving(url) as server:
            measured = look(server, large, Pace(users=2, seconds=5, thinks=0))
    assert {page for page in PAGES if measured.times[page]} == set(PAGES)
    assert measured.per_second > 0


def test_pages_are_asked_for_beside_connections_that_trickle():
    with address(SQLITE) as url, serving(url) as server, trickling(server, 20):
        assert all(time > 0 for time in milliseconds(server, 1))
