"""What the dual values of a relaxation prove, worked out in whole numbers.

An engine's dual values are floating-point numbers and may be a little wrong. Rounded to multiples
of 1/`SCALE` they are still multipliers, and any multipliers of the right sign give a true bound
(Lagrangian duality), so that nothing here rests on a tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from solver.engine_messages import LinearRow, Task

SCALE = 2**20


@dataclass(frozen=True)
class Relaxation:
    """A bound on a task's cost, and how much each variable would add by leaving its better end.

    Both are in 1/`SCALE` of a cost, as are the multipliers of the programme's and the task's rows.
    `values` are those of the relaxation's solution, on which nothing that is proven rests.
    """

    task: Task
    bound: int
    reduced: tuple[int, ...]
    multipliers: tuple[int, ...] = ()
    values: tuple[float, ...] = ()
    surplus: tuple[int, ...] = ()
    """What of the bound is not known of solutions in which a variable has left its better end."""

    @property
    def floor(self) -> int:
        """No solution of the task costs less."""
        return -(-self.bound // SCALE)

    def compute_box(self, most: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Lower and upper bounds within which every solution lies that costs at most so much."""
        slack = most * SCALE - self.bound
        surplus = self.surplus or repeat(0, len(self.reduced))
        sides = [
            _compute_side(lower, upper, reduced, slack + more)
            for lower, upper, reduced, more in zip(
                self.task.lower, self.task.upper, self.reduced, surplus, strict=True
            )
        ]
        return tuple(lower for lower, _ in sides), tuple(upper for _, upper in sides)

    def carry_over(
        self, task: Task, rows: Sequence[LinearRow], multipliers: Sequence[int] = ()
    ) -> Relaxation:
        """What the same multipliers of the same rows prove of another task, with some of its own.

        The relaxation's task has no rows beside the programme's, and the other task has one for
        each of those multipliers.
        """
        all_rows, all_multipliers = (*rows, *task.rows), (*self.multipliers, *multipliers)
        return build_from_multipliers(task, all_rows, all_multipliers, self.values)

    def raise_bound(self, gain: int, is_inside: Sequence[bool]) -> Relaxation:
        """The relaxation, when a part of the task was found to cost so much more than it says.

        Of the other parts it knew already what a variable inside adds; so that is all it knows.
        """
        before = self.surplus or repeat(0, len(is_inside))
        surplus = tuple(
            more + gain if inside else more for more, inside in zip(before, is_inside, strict=False)
        )
        return replace(self, bound=self.bound + gain, surplus=surplus)


def build_relaxation(
    task: Task,
    rows: Sequence[LinearRow],
    duals: Sequence[float],
    values: Sequence[float] = (),
) -> Relaxation:
    """What the dual values of the rows prove of the task, beside the values of the solution."""
    multipliers = [round(dual * SCALE) for dual in duals]
    return build_from_multipliers(task, rows, multipliers, values)


def build_from_multipliers(
    task: Task, rows: Sequence[LinearRow], multipliers: Sequence[int], values: Sequence[float] = ()
) -> Relaxation:
    """What multipliers of the rows prove of a task; those of a wrong sign count as none."""
    bound = 0
    reduced = [0] * len(task.lower)
    right_multipliers = [0] * len(rows)
    for variable, price in task.prices:
        reduced[variable] += price * SCALE
    for number, (row, multiplier) in enumerate(zip(rows, multipliers, strict=True)):
        side = row.least if multiplier > 0 else row.most
        if multiplier == 0 or side is None:
            continue
        right_multipliers[number] = multiplier
        bound += multiplier * side
        for variable, coefficient in row.terms:
            reduced[variable] -= coefficient * multiplier
    bound += sum(
        each * (lower if each > 0 else upper)
        for each, lower, upper in zip(reduced, task.lower, task.upper, strict=True)
    )
    return Relaxation(task, bound, tuple(reduced), tuple(right_multipliers), tuple(values))


def _compute_side(lower: int, upper: int, reduced: int, slack: int) -> tuple[int, int]:
    """The bounds of one variable that may not add more than the slack."""
    if reduced > 0:
        return lower, min(upper, lower + max(slack, 0) // reduced)
    if reduced < 0:
        return max(lower, upper - max(slack, 0) // -reduced), upper
    return lower, upper
