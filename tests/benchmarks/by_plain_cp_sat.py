"""A unit planned by CP-SAT as it comes: eight workers, defaults, one level after the other.

It gets the rules as Rota posts them, without the tightening rows, and each level begins from the
rota of the level before.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

from ortools.sat.python import cp_model

from rota.domain import Problem
from rota.reading import read_problem
from rota.rules import LEVELS
from solver.model import Model
from solver.model_builder import build_model
from solver.search_results import LevelResult
from tests.benchmarks.instances import TODAY
from tests.benchmarks.run import Moment, Run

_WORKERS = 8
_FUZZ = 1e-6
_SOLVED = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def run_plain_cp_sat(path: Path, seconds: float, today: date = TODAY) -> Run:
    """Plan the unit level after level until all are proven or time is up."""
    problem = read_problem(path, today=today).problem
    return _Planner(problem, seconds).run()


class _Planner(cp_model.CpSolverSolutionCallback):
    """A CP-SAT model, and the best values so far; called back at each better solution."""

    def __init__(self, problem: Problem, seconds: float) -> None:
        super().__init__()
        self._began = time.monotonic()
        self._deadline = self._began + seconds
        self._model = build_plain_model(problem)
        self._posted, self._variables = _posted(self._model)
        self._values: Sequence[int] | None = None
        self._moments: list[Moment] = []
        self._bounds = dict(self._model.unavoidable)

    def run(self) -> Run:
        for level in LEVELS:
            if self._values and self._costs()[level] == self._bounds[level]:
                self._keep(level)  # Nothing can be better than what is unavoidable.
            elif not self._minimise(level):
                break
        return Run(
            first=self._moments[0].seconds if self._moments else None,
            moments=tuple(self._moments),
            levels=self._levels(),
            seconds=time.monotonic() - self._began,
        )

    def on_solution_callback(self) -> None:
        values = [self.value(variable) for variable in self._variables]
        self._values = self._model.complete(values)
        self._moments.append(Moment(time.monotonic() - self._began, self._costs()))

    def _minimise(self, level: str) -> bool:
        """Minimise a level's cost and keep it from then on; say whether it is proven."""
        self._posted.minimize(self._price(level))
        self._posted.clear_hints()
        for variable, value in zip(self._variables, self._values or (), strict=False):
            self._posted.add_hint(variable, value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = _WORKERS
        solver.parameters.max_time_in_seconds = max(self._deadline - time.monotonic(), _FUZZ)
        status = solver.solve(self._posted, self)
        if status in _SOLVED:
            self._bounds[level] += math.ceil(solver.best_objective_bound - _FUZZ)
            self._keep(level)
        return status == cp_model.OPTIMAL

    def _keep(self, level: str) -> None:
        """Let the level never cost more than it does now."""
        most = self._costs()[level] - self._model.unavoidable[level]
        self._posted.add(self._price(level) <= most)

    def _price(self, level: str) -> cp_model.LinearExprT:
        prices = self._model.prices[level]
        variables = [self._variables[variable] for variable in prices]
        return cp_model.LinearExpr.weighted_sum(variables, list(prices.values()))

    def _costs(self) -> dict[str, int]:
        return dict(self._model.compute_costs(self._values or ()))

    def _levels(self) -> dict[str, LevelResult]:
        if self._values is None:
            return {}
        costs = self._costs()
        return {level: LevelResult(costs[level], self._bounds[level]) for level in LEVELS}


def build_plain_model(problem: Problem) -> Model:
    with patch("solver.model_builder.tighten"):
        return build_model(problem)


def _posted(model: Model) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    posted = cp_model.CpModel()
    variables = [posted.new_int_var(0, upper, "") for upper in model.upper]
    for row in model.rows:
        factors = [factor for _, factor in row.terms]
        total = cp_model.LinearExpr.weighted_sum([variables[x] for x, _ in row.terms], factors)
        least = cp_model.INT32_MIN if row.least is None else row.least
        most = cp_model.INT32_MAX if row.most is None else row.most
        posted.add_linear_constraint(total, least, most)
    return posted, variables
