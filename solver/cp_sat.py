"""The engine CP-SAT: strong where the relaxation says little.

It is told its model as a protocol buffer, twice as fast as by expressions, and without `cp_model`,
which would load pandas and so take five times as long to start.
"""

from __future__ import annotations

from ortools.sat.python import cp_model_helper as cp_sat

from solver.engine_messages import Bounded, Ended, Found, Programme, Question, Relax, Task
from solver.engine_process import Tell, round_bound, serve

_ANY = 2**31 - 1
"""No row adds up to so much, up or down."""


def answer(programme: Programme, question: Question, tell: Tell) -> None:
    """Answer one question about the programme; CP-SAT does not relax."""
    if isinstance(question, Relax):
        raise TypeError("CP-SAT gives no dual values")
    parameters = cp_sat.SatParameters()
    parameters.num_workers = 1
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 0  # A fifth faster on the reference units.
    parameters.random_seed = question.seed
    parameters.max_time_in_seconds = question.seconds
    if question.effort is not None:
        parameters.max_deterministic_time = question.effort
    parameters.catch_sigint_signal = False
    solver, teller = cp_sat.SolveWrapper(), _Teller(tell)
    solver.set_parameters(parameters)
    solver.add_solution_callback(teller)
    solver.add_best_bound_callback(lambda bound: tell(Bounded(round_bound(bound))))
    response = solver.solve(_build_model(programme, question))  # type: ignore[no-untyped-call]
    solver.clear_solution_callback(teller)
    tell(Ended(response.status in (cp_sat.OPTIMAL, cp_sat.INFEASIBLE)))


class _Teller(cp_sat.SolutionCallback):
    """Tells of each better solution as it is found."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def OnSolutionCallback(self) -> None:  # noqa: N802, the name is CP-SAT's
        response = self.Response()  # type: ignore[no-untyped-call]
        self._tell(Found(tuple(response.solution)))


# The best values so far are not given as a hint: on the reference units that was slower by a third.
def _build_model(programme: Programme, task: Task) -> cp_sat.CpModelProto:
    model = cp_sat.CpModelProto()
    for lower, upper in zip(task.lower, task.upper, strict=True):
        model.variables.add().domain.extend([lower, upper])
    for _, row in task.list_rows(programme):
        constraint = model.constraints.add().linear
        constraint.vars.extend([variable for variable, _ in row.terms])
        constraint.coeffs.extend([factor for _, factor in row.terms])
        constraint.domain.extend(
            [-_ANY if row.least is None else row.least, _ANY if row.most is None else row.most]
        )
    model.objective.vars.extend([variable for variable, _ in task.prices])
    model.objective.coeffs.extend([price for _, price in task.prices])
    return model


if __name__ == "__main__":
    serve(answer)
