"""The checker agrees with the long-hand oracle on random problems."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rota.checker import judge
from rota.domain import Officer, Problem
from tests import oracle
from tests.conftest import times
from tests.random_problems import problems, rotas

random_problems = settings(
    max_examples=times(66, soak=4000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@random_problems
@given(st.data())
def test_the_checker_costs_what_the_oracle_costs(data: st.DataObject) -> None:
    problem = data.draw(problems())
    rota = data.draw(rotas(problem))
    costs = dict.fromkeys(oracle.WEIGHTS, 0)
    for finding in judge(problem, rota).findings:
        if finding.rule.key in costs:
            costs[finding.rule.key] += finding.cost
    assert costs == oracle.costs(problem, rota)


@random_problems
@given(problems())
def test_officers_work_and_may_use_sites_as_the_oracle_has_it(problem: Problem) -> None:
    days = [day for week in oracle.weeks(problem) for day in week]
    expected = {
        (officer.staff_no, day): _allowed(problem, officer, day)
        for officer in problem.unit.officers
        for day in days
        if oracle.works(problem, officer, day)
    }
    assert {key: set(sites) for key, sites in problem.allowed_sites.items()} == expected


def _allowed(problem: Problem, officer: Officer, day: object) -> set[str]:
    names = [*(site.name for site in problem.unit.sites), "home"]
    return {name for name in names if oracle.may_use(problem, officer, day, name)}
