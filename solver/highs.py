"""The engine HiGHS, through MathOpt: strong where the relaxation is nearly whole.

It is told its model as a protocol buffer, without the names that MathOpt's own objects add, which
take as long again as a small relaxation.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ortools.math_opt import (
    callback_pb2,
    model_parameters_pb2,
    model_pb2,
    parameters_pb2,
    result_pb2,
    solution_pb2,
)
from ortools.math_opt.core.python import solver as math_opt

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

_PERTURBATION = 100.0
"""How many times as much as it would HiGHS perturbs the costs of a relaxation.

So many seats cost the same that it walks in circles else: a large relaxation took 4 to 15 times as
long, a small one up to half as long again.
"""

_IS_FEASIBLE = solution_pb2.SOLUTION_STATUS_FEASIBLE


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
    limits = parameters_pb2.SolveParametersProto()
    limits.highs.double_options["dual_simplex_cost_perturbation_multiplier"] = _PERTURBATION
    result = _solve(built, limits)
    ended = Ended(_is_complete(result))
    duals, values = built.read_duals(result), built.read_values(result)
    if duals is None:
        tell(ended)
    else:
        tell(Relaxed(duals, built.task.lower if values is None else values), ended)


def _minimise(built: _Built, tell: Tell) -> None:
    task = built.task
    limits = parameters_pb2.SolveParametersProto(
        random_seed=task.seed, relative_gap_tolerance=0, absolute_gap_tolerance=task.tolerance
    )
    if task.effort is not None:
        limits.node_limit = task.effort * _NODES
    result = _solve(built, limits)
    answers: list[Answer] = []
    values = built.read_values(result)
    if values is not None:
        answers.append(Found(tuple(map(round, values))))
    bound = result.termination.objective_bounds.dual_bound
    if math.isfinite(bound) and not _is_infeasible(result):
        answers.append(Bounded(round_bound(bound, task.scale)))
    tell(*answers, Ended(_is_complete(result)))


def _solve(
    built: _Built, limits: parameters_pb2.SolveParametersProto
) -> result_pb2.SolveResultProto:
    limits.time_limit.FromNanoseconds(int(built.task.seconds * 1e9))
    result: result_pb2.SolveResultProto = math_opt.solve(
        built.model,
        parameters_pb2.SOLVER_TYPE_HIGHS,
        parameters_pb2.SolverInitializerProto(),
        limits,
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    return result


def _is_infeasible(result: result_pb2.SolveResultProto) -> bool:
    return bool(result.termination.reason == result_pb2.TERMINATION_REASON_INFEASIBLE)


def _is_complete(result: result_pb2.SolveResultProto) -> bool:
    """Whether it has found the best, or that there is nothing."""
    is_optimal = result.termination.reason == result_pb2.TERMINATION_REASON_OPTIMAL
    return is_optimal or _is_infeasible(result)


@dataclass(frozen=True)
class _Built:
    """A MathOpt model of what is not fixed in a task, and where it comes from."""

    model: model_pb2.ModelProto
    task: Task
    variables: Sequence[int]
    rows: Sequence[int]
    row_count: int

    def read_values(self, result: result_pb2.SolveResultProto) -> tuple[float, ...] | None:
        """The value of every variable of the programme, if there is a solution."""
        if not result.solutions:
            return None
        solution = result.solutions[0].primal_solution
        if solution.feasibility_status != _IS_FEASIBLE:
            return None
        values: list[float] = list(self.task.lower)
        free_values = solution.variable_values
        for column, value in zip(free_values.ids, free_values.values, strict=True):
            values[self.variables[column]] = value
        return tuple(values)

    def read_duals(self, result: result_pb2.SolveResultProto) -> tuple[float, ...] | None:
        """The dual value of every row, first the programme's, then the task's; 0 if left out.

        None if there are none.
        """
        if not result.solutions:
            return None
        solution = result.solutions[0].dual_solution
        if solution.feasibility_status != _IS_FEASIBLE:
            return None
        duals = [0.0] * self.row_count
        row_duals = solution.dual_values
        for row, dual in zip(row_duals.ids, row_duals.values, strict=True):
            duals[self.rows[row]] = dual
        return tuple(duals)


def _build_model(programme: Programme, task: Task, *, is_whole: bool) -> _Built | None:
    """Build MathOpt's model of what is left to decide.

    Fixed variables are left out, with the rows that have no others. None if such a row is broken.
    """
    sides = zip(task.lower, task.upper, strict=True)
    free = [variable for variable, (lower, upper) in enumerate(sides) if lower < upper]
    columns: list[int | None] = [None] * len(task.lower)
    for column, variable in enumerate(free):
        columns[variable] = column

    def split(terms: Iterable[tuple[int, int]]) -> tuple[list[tuple[int, int]], int]:
        """Columns with their factors, in order, and what fixed variables add up to."""
        entries, fixed = [], 0
        for variable, factor in terms:
            column = columns[variable]
            if column is None:
                fixed += factor * task.lower[variable]
            else:
                entries.append((column, factor))
        entries.sort()
        return entries, fixed

    model = model_pb2.ModelProto()
    model.variables.ids.extend(range(len(free)))
    model.variables.lower_bounds.extend([task.lower[variable] for variable in free])
    model.variables.upper_bounds.extend([task.upper[variable] for variable in free])
    model.variables.integers.extend([is_whole] * len(free))
    constraints, matrix = model.linear_constraints, model.linear_constraint_matrix
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
            matrix.column_ids.extend([column for column, _ in entries])
            matrix.coefficients.extend([factor for _, factor in entries])
            rows.append(number)
        elif not least <= 0 <= most:
            return None
    prices, fixed = split(task.prices)
    objective = model.objective
    objective.linear_coefficients.ids.extend([column for column, _ in prices])
    objective.linear_coefficients.values.extend([price / task.scale for _, price in prices])
    objective.offset = fixed / task.scale
    return _Built(model, task, free, rows, len(programme.rows) + len(task.rows))


if __name__ == "__main__":
    serve(answer)
