"""The solver's parts put together without processes, and what they are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, settings

from rota.checker import judge
from rota.domain import HALVES_A_DAY, OfficerDay, Problem, Rota, Seat
from rota.rules import LEVELS
from solver import cp_sat, highs
from solver.engine_messages import (
    Answer,
    Bounded,
    Ended,
    Found,
    LinearRow,
    Programme,
    Question,
    Relax,
    Relaxed,
    Task,
)
from solver.model import Model
from solver.model_builder import build_model
from solver.relaxation import Relaxation, build_relaxation
from solver.stage import Stage
from tests.conftest import times
from tests.random_problems import every_rota

ENGINES = {"highs": highs.answer, "cp_sat": cp_sat.answer}

MANY_SECONDS = 600.0
"""More than any proof in tests needs, however busy the machine is."""

Costs = tuple[float, ...]
Answerer = Callable[..., None]


def random_problems(examples: int, *, soak: int) -> settings:
    """Settings for so many examples, or for more in a soak, however long they take."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(
        max_examples=times(examples, soak=soak), deadline=None, suppress_health_check=slow
    )


def in_order(costs: Mapping[str, float]) -> Costs:
    """The costs of all levels, the first one first."""
    return tuple(costs[level] for level in LEVELS)


def judged(problem: Problem, rota: Rota) -> Costs:
    """What the checker counts, in a rota in which it finds no misfit."""
    judgement = judge(problem, rota)
    assert judgement.misfits == ()
    return in_order(judgement.costs)


def least_costs(problem: Problem) -> Costs:
    """What the best of all rotas costs, found by judging every one."""
    return min(judged(problem, rota) for rota in every_rota(problem))


def costs_of(model: Model, values: Sequence[int]) -> Costs:
    """What the model counts at the values, as rules weigh it."""
    costs = model.compute_costs(values)
    return in_order({level: model.to_days(cost) for level, cost in costs.items()})


def values_of(model: Model, rota: Rota) -> list[int]:
    """The values of all variables that stand for the rota."""
    seats: dict[OfficerDay, set[Seat]] = defaultdict(set)
    for seat in rota:
        seats[seat.officer_day].add(seat)
    return model.complete([int(set(option.seats) == seats[option[:2]]) for option in model.free])


def broken_rows(rows: Sequence[LinearRow], values: Sequence[int]) -> list[LinearRow]:
    return [row for row in rows if not _is_kept(row, values)]


def holds(task: Task, values: Sequence[int]) -> bool:
    """Whether the values keep the task's own rows and bounds."""
    sides = zip(task.lower, values, task.upper, strict=True)
    return not broken_rows(task.rows, values) and all(low <= x <= high for low, x, high in sides)


def _is_kept(row: LinearRow, values: Sequence[int]) -> bool:
    total = sum(coefficient * values[variable] for variable, coefficient in row.terms)
    least = total if row.least is None else row.least
    most = total if row.most is None else row.most
    return least <= total <= most


def told(answer: Answerer, programme: Programme, question: Question) -> tuple[Answer, ...]:
    """All that an engine's function tells when it is asked."""
    heard: list[Answer] = []
    answer(programme, question, lambda *answers: heard.extend(answers))
    return tuple(heard)


@dataclass(frozen=True)
class Best:
    """The last values that an engine found for a task, and their cost on it."""

    values: tuple[int, ...]
    cost: int


def solved(answer: Answerer, model: Model, task: Task) -> Best | None:
    """The best values for a task, which the engine has to prove; None if there are none."""
    programme = Programme(len(model.upper), tuple(model.rows))
    heard = told(answer, programme, replace(task, seconds=MANY_SECONDS))
    assert heard[-1] == Ended(True)
    found = [each.values for each in heard if isinstance(each, Found)]
    if not found:
        return None
    cost = task.compute_cost(found[-1])
    assert all(each.cost <= cost for each in heard if isinstance(each, Bounded))
    return Best(found[-1], cost)


def count_units(model: Model, cost: float) -> int:
    """A cost of the rules as the model counts it."""
    return int(cost * HALVES_A_DAY / model.halves)


def stages(model: Model, costs: Sequence[float]) -> Iterator[Stage]:
    """The stage of every level at these costs of the levels before it."""
    for rank, level in enumerate(LEVELS):
        earlier = {
            other: count_units(model, cost)
            for other, cost in zip(LEVELS[:rank], costs[:rank], strict=True)
        }
        yield Stage.of(model, level, earlier, seed=0)


def optimum(problem: Problem, answer: Answerer) -> tuple[Rota, Costs]:
    """The best rota and its costs, as one engine finds them level after level."""
    model = build_model(problem)
    costs: dict[str, int] = {}
    values: Sequence[int] = model.complete([0] * len(model.free))
    for level in LEVELS:
        stage = Stage.of(model, level, costs, seed=0)
        found = solved(answer, model, stage.task)
        assert found is not None
        values = found.values
        costs[level] = found.cost + model.unavoidable[level]
    in_days = {level: model.to_days(cost) for level, cost in costs.items()}
    return model.build_rota(values), in_order(in_days)


def relaxed(model: Model, task: Task) -> Relaxation:
    """What HiGHS's dual values prove of the task."""
    programme = Programme(len(model.upper), tuple(model.rows))
    question = Relax(replace(task, seconds=MANY_SECONDS))
    answer, ended = told(highs.answer, programme, question)
    assert isinstance(answer, Relaxed)
    assert ended == Ended(True)
    return build_relaxation(task, (*model.rows, *task.rows), answer.duals, answer.values)
