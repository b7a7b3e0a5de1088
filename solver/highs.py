"""The engine HiGHS, through MathOpt: strong where the relaxation is nearly whole."""

from __future__ import annotations

import math
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

_ALMOST_ONE = 1 - 1e-6
"""Costs are whole, so a solution is best as soon as its distance to the bound is below one."""

_NODES = 20
"""Nodes of the search tree for one unit of effort."""

_REASON = mathopt.TerminationReason


def answer(programme: Programme, question: Question, tell: Tell) -> None:
    """Answer one question about the programme."""
    if isinstance(question, Relax):
        _relax(programme, question.task, tell)
    else:
        _minimise(programme, question, tell)


def _relax(programme: Programme, task: Task, tell: Tell) -> None:
    model = _build_model(programme, task, whole=False)
    limits = mathopt.SolveParameters(time_limit=timedelta(seconds=task.seconds))
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits)
    reason = result.termination.reason
    ended = Ended(reason in (_REASON.OPTIMAL, _REASON.INFEASIBLE))
    if result.has_dual_feasible_solution():
        tell(Relaxed(tuple(result.dual_values(model.linear_constraints()))), ended)
    else:
        tell(ended)


def _minimise(programme: Programme, task: Task, tell: Tell) -> None:
    model = _build_model(programme, task, whole=True)
    limits = mathopt.SolveParameters(
        time_limit=timedelta(seconds=task.seconds),
        node_limit=task.effort and task.effort * _NODES,
        random_seed=task.seed,
        relative_gap_tolerance=0,
        absolute_gap_tolerance=_ALMOST_ONE,
    )
    result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=limits)
    reason = result.termination.reason
    answers: list[Answer] = []
    if result.has_primal_feasible_solution():
        values = result.variable_values(model.variables())
        answers.append(Found(tuple(round(value) for value in values)))
    bound = result.termination.objective_bounds.dual_bound
    if math.isfinite(bound) and reason != _REASON.INFEASIBLE:
        answers.append(Bounded(round_bound(bound)))
    tell(*answers, Ended(reason in (_REASON.OPTIMAL, _REASON.INFEASIBLE)))


def _build_model(programme: Programme, task: Task, *, whole: bool) -> mathopt.Model:
    """The task as a MathOpt model, made from its protocol buffer: six times faster than by name."""
    rows = (*programme.rows, *task.rows)
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(programme.variables))
    proto.variables.lower_bounds.extend(task.lower)
    proto.variables.upper_bounds.extend(task.upper)
    proto.variables.integers.extend([whole] * programme.variables)
    proto.linear_constraints.ids.extend(range(len(rows)))
    proto.linear_constraints.lower_bounds.extend(
        -math.inf if row.least is None else row.least for row in rows
    )
    proto.linear_constraints.upper_bounds.extend(
        math.inf if row.most is None else row.most for row in rows
    )
    entries = [(number, *term) for number, row in enumerate(rows) for term in sorted(row.terms)]
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend(number for number, _, _ in entries)
    matrix.column_ids.extend(variable for _, variable, _ in entries)
    matrix.coefficients.extend(coefficient for _, _, coefficient in entries)
    objective = proto.objective.linear_coefficients
    objective.ids.extend(variable for variable, _ in sorted(task.prices))
    objective.values.extend(price for _, price in sorted(task.prices))
    return mathopt.Model.from_model_proto(proto)


if __name__ == "__main__":
    serve(answer)
