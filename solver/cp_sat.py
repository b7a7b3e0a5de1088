"""The engine CP-SAT: strong where the relaxation says little."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.engine_messages import Bounded, Ended, Found, Programme, Question, Relax, Task
from solver.engine_process import Tell, round_bound, serve


def answer(programme: Programme, question: Question, tell: Tell) -> None:
    """Answer one question about the programme; CP-SAT does not relax."""
    if isinstance(question, Relax):
        raise TypeError("CP-SAT gives no dual values")
    model, variables = _build_model(programme, question)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.cp_model_probing_level = 0  # A fifth faster on the reference units.
    solver.parameters.random_seed = question.seed
    solver.parameters.max_time_in_seconds = question.seconds
    if question.effort is not None:
        solver.parameters.max_deterministic_time = question.effort
    solver.parameters.catch_sigint_signal = False
    solver.best_bound_callback = lambda bound: tell(Bounded(round_bound(bound)))
    status = solver.solve(model, _Teller(variables, tell))
    tell(Ended(status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)))


class _Teller(cp_model.CpSolverSolutionCallback):
    """Tells of each better solution as it is found."""

    def __init__(self, variables: list[cp_model.IntVar], tell: Tell) -> None:
        super().__init__()
        self._variables = variables
        self._tell = tell

    def on_solution_callback(self) -> None:
        self._tell(Found(tuple(self.value(variable) for variable in self._variables)))


# The best values so far are not given as a hint: on the reference units that was slower by a third.
def _build_model(
    programme: Programme, task: Task
) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    bounds = zip(task.lower, task.upper, strict=True)
    variables = [model.new_int_var(lower, upper, "") for lower, upper in bounds]

    def total(terms: tuple[tuple[int, int], ...]) -> cp_model.LinearExprT:
        return cp_model.LinearExpr.weighted_sum(
            [variables[variable] for variable, _ in terms], [factor for _, factor in terms]
        )

    for _, row in task.list_rows(programme):
        least = cp_model.INT32_MIN if row.least is None else row.least
        most = cp_model.INT32_MAX if row.most is None else row.most
        model.add_linear_constraint(total(row.terms), least, most)
    model.minimize(total(task.prices))
    return model, variables


if __name__ == "__main__":
    serve(answer)
