"""All levels in one objective: each so many times as dear as the next, for values good on all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from solver.engine_messages import Task
from solver.model import Model
from solver.relaxation import SCALE, Relaxation
from solver.stage import Stage

FOLD = 100
"""How many times as dear a level is as the next where values are to be good on both."""

_FUZZ = 1e-3
"""A relaxation's cost may be so far from the one that it stands for."""


def fold_levels(task: Task, model: Model, levels: Iterable[str], fold: int = FOLD) -> Task:
    """The task with the prices of all these levels, each so many times as dear as the next."""
    prices: Counter[int] = Counter()
    for level in levels:
        for variable in prices:
            prices[variable] *= fold
        prices.update(model.prices[level])
    return replace(task, prices=tuple(sorted(prices.items())))


@dataclass(frozen=True)
class FoldedRelaxation:
    """A relaxation of these levels folded into one, at these costs of the levels before them all.

    Levels between them that are settled are no part of it.
    """

    model: Model
    levels: Sequence[str]
    earlier: Mapping[str, int]
    relaxation: Relaxation

    def carry_over(self, stage: Stage) -> Relaxation | None:
        """A relaxation of the last level's stage; None if one of its own would say more.

        That is if the stage's costs on the levels before it are not those of the folded relaxation,
        or a settled level between them costs something. At the same costs the last level's is the
        least there is, or it would cost less on all levels together. And besides it knows what each
        variable adds on the levels before.
        """
        *before, last = self.levels
        if stage.level != last or not all(self._costs_as_much(stage, level) for level in before):
            return None
        if any(self._has_other_row(stage, level) for level in stage.earlier if level not in before):
            return None
        prices = (
            FOLD ** (len(before) - rank)
            for rank, level in enumerate(before)
            if self._compute_most(stage, level)
        )
        multipliers = [-price * SCALE for price in prices]
        return self.relaxation.carry_over(stage.task, self.model.rows, multipliers)

    def _costs_as_much(self, stage: Stage, level: str) -> bool:
        values = self.relaxation.values
        cost = sum(price * values[variable] for variable, price in self.model.prices[level].items())
        return abs(cost - self._compute_most(stage, level)) < _FUZZ

    def _has_other_row(self, stage: Stage, level: str) -> bool:
        """Whether the level, which is not among those folded, holds the stage to something else."""
        if level in self.earlier:
            return stage.earlier[level] != self.earlier[level]
        return self._compute_most(stage, level) != 0

    def _compute_most(self, stage: Stage, level: str) -> int:
        return stage.earlier[level] - self.model.unavoidable[level]
