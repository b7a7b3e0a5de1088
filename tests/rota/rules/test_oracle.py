"""The checker agrees with the long-hand oracle on random problems, all of whose terms last."""

from collections.abc import Iterable
from datetime import date
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rota.checker import judge
from rota.domain import Officer, Problem, Seat
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
    problem = data.draw(problems(has_terms=False))
    rota = data.draw(rotas(problem))
    costs: dict[str, float] = dict.fromkeys(oracle.WEIGHTS, 0)
    for finding in judge(problem, rota).findings:
        if finding.rule.key in costs:
            costs[finding.rule.key] += finding.cost
    assert costs == oracle.costs(problem, rota)


@random_problems
@given(problems(has_terms=False))
def test_officers_work_and_may_use_sites_as_the_oracle_has_it(problem: Problem) -> None:
    expected = {
        (officer.staff_no, day): set(_list_ways(problem, officer, day))
        for officer in problem.unit.officers
        for day in oracle.days(problem)
        if any(
            oracle.works(problem, officer, day, half)
            or oracle.is_offered(problem, officer, day, half)
            for half in oracle.HALVES
        )
    }
    assert {
        key: {_read_way(option.seats) for option in options}
        for key, options in problem.day_options.items()
    } == expected


Way = tuple[str | None, str | None]
"""The sites of a morning and an afternoon; None where it is not worked."""


def _list_ways(problem: Problem, officer: Officer, day: date) -> list[Way]:
    """Where the officer may be; if one half is locked, and nothing goes with it, anywhere does.

    On an extra day they may also be nowhere.
    """
    names = [*(site.name for site in problem.unit.sites), "home"]
    usable = [
        [name for name in names if oracle.may_use(problem, officer, day, half, name)] or [None]
        for half in oracle.HALVES
    ]
    offered = [oracle.is_offered(problem, officer, day, half) for half in oracle.HALVES]
    if any(offered):
        usable = [
            [
                name
                for name in (*names, None)
                if oracle.may_use_extra_day(problem, officer, day, half, name)
            ]
            if is_offered
            else [None]
            for half, is_offered in zip(oracle.HALVES, offered, strict=True)
        ]
    pairs = list(product(*usable))
    fitting = [
        (am, pm)
        for am, pm in pairs
        if am == pm
        or (not all(offered) and None in (am, pm))
        or oracle.may_split(problem, officer, day, am, pm)
    ]
    return fitting or pairs


def _read_way(seats: Iterable[Seat]) -> Way:
    am, pm = (
        next((seat.site for seat in seats if seat.part in ("", half)), None)
        for half in oracle.HALVES
    )
    return am, pm
