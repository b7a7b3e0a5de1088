"""The engine HiGHS, through MathOpt: strong where the relaxation is nearly whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt

from solver.engine_messages import (
    Answer,
    Bounded,
    Ended,
    Found,
    Programme,
    Question,
    Relax,
    Relaxed,
    Task,
)
from solver.engine_process import Tell, round_bound, serve

_NODES = 20
"""Nodes of the search tree for one unit of effort."""

_REASON = mathopt.TerminationReason


def answer(programme: Programme, question: Question, tell: Tell) -> None:
    """Answer one question about the programme."""
    if isinstance(question, Relax):
        built, solve = _build_model(programme, question.task, is_whole=False), _relax
    else:
        built, solve = _build_model(programme, question, is_whole=True), _minimise
    if built is None:
        tell(Ended(True))
    else:
        solve(built, tell)


def _relax(built: _Built, tell: Tell) -> None:
    if not built.variables:  # HiGHS has no dual values then; without any, the prices bound.
        tell(Relaxed((0.0,) * built.row_count, built.task.lower), Ended(True))
        return
    limits = mathopt.SolveParameters(time_limit=timedelta(seconds=built.task.seconds))
    result = mathopt.solve(built.model, mathopt.SolverType.HIGHS, params=limits)
    reason = result.termination.reason
    ended = Ended(reason in (_REASON.OPTIMAL, _REASON.INFEASIBLE))
    if result.has_dual_feasible_solution():
        is_solved = result.has_primal_feasible_solution()
        values = built.read_values(result) if is_solved else built.task.lower
        tell(Relaxed(built.read_duals(result), values), ended)
    else:
        tell(ended)


def _minimise(built: _Built, tell: Tell) -> None:
    task = built.task
    limits = mathopt.SolveParameters(
        time_limit=timedelta(seconds=task.seconds),
        node_limit=task.effort and task.effort * _NODES,
        random_seed=task.seed,
        relative_gap_tolerance=0,
        absolute_gap_tolerance=task.tolerance,
    )
    result = mathopt.solve(built.model, mathopt.SolverType.HIGHS, params=limits)
    reason = result.termination.reason
    answers: list[Answer] = []
    if result.has_primal_feasible_solution():
        answers.append(Found(tuple(map(round, built.read_values(result)))))
    bound = result.termination.objective_bounds.dual_bound
    if math.isfinite(bound) and reason != _REASON.INFEASIBLE:
        answers.append(Bounded(round_bound(bound, task.scale)))
    tell(*answers, Ended(reason in (_REASON.OPTIMAL, _REASON.INFEASIBLE)))


@dataclass(frozen=True)
class _Built:
    """A MathOpt model of what is not fixed in a task, and where it comes from."""

    model: mathopt.Model
    task: Task
    variables: Sequence[int]
    rows: Sequence[int]
    row_count: int

    def read_values(self, result: mathopt.SolveResult) -> tuple[float, ...]:
        """The value of every variable of the programme."""
        values: list[float] = list(self.task.lower)
        free_values = result.variable_values(self.model.variables())
        for variable, value in zip(self.variables, free_values, strict=True):
            values[variable] = value
        return tuple(values)

    def read_duals(self, result: mathopt.SolveResult) -> tuple[float, ...]:
        """The dual value of every row, first the programme's, then the task's; 0 if left out."""
        duals = [0.0] * self.row_count
        row_duals = result.dual_values(self.model.linear_constraints())
        for row, dual in zip(self.rows, row_duals, strict=True):
            duals[row] = dual
        return tuple(duals)


def _build_model(programme: Programme, task: Task, *, is_whole: bool) -> _Built | None:
    """Build a MathOpt model from its protocol buffer, six times as fast as by name.

    Fixed variables are left out, with the rows that have no others. None if such a row is broken.
    """
    free = [
        variable
        for variable, (lower, upper) in enumerate(zip(task.lower, task.upper, strict=True))
        if lower < upper
    ]
    columns = {variable: column for column, variable in enumerate(free)}

    def split(terms: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
        """Columns with their factors, in order, and what fixed variables add up to."""
        entries = sorted((columns[variable], x) for variable, x in terms if variable in columns)
        fixed = sum(x * task.lower[variable] for variable, x in terms if variable not in columns)
        return entries, fixed

    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(len(free)))
    proto.variables.lower_bounds.extend(task.lower[variable] for variable in free)
    proto.variables.upper_bounds.extend(task.upper[variable] for variable in free)
    proto.variables.integers.extend([is_whole] * len(free))
    constraints, matrix = proto.linear_constraints, proto.linear_constraint_matrix
    rows: list[int] = []
    for number, row in task.list_rows(programme):
        entries, fixed = split(row.terms)
        least = -math.inf if row.least is None else row.least - fixed
        most = math.inf if row.most is None else row.most - fixed
        if entries:
            constraints.ids.append(len(rows))
            constraints.lower_bounds.append(least)
            constraints.upper_bounds.append(most)
            matrix.row_ids.extend([len(rows)] * len(entries))
            matrix.column_ids.extend(column for column, _ in entries)
            matrix.coefficients.extend(factor for _, factor in entries)
            rows.append(number)
        elif not least <= 0 <= most:
            return None
    prices, fixed = split(task.prices)
    objective = proto.objective
    objective.linear_coefficients.ids.extend(column for column, _ in prices)
    objective.linear_coefficients.values.extend(price / task.scale for _, price in prices)
    objective.offset = fixed / task.scale
    model = mathopt.Model.from_model_proto(proto)
    return _Built(model, task, free, rows, len(programme.rows) + len(task.rows))


if __name__ == "__main__":
    serve(answer)
