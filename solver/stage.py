"""One level to be minimised while the levels before it stay at their costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rota.rules import LEVELS
from solver.model import Model
from solver.relaxation import Relaxation
from solver.task import Row, Task


@dataclass
class Stage:
    """The search on one level, at given costs of the levels before it.

    `floor` and `relaxation` grow better as engines answer. Its costs leave out what is
    unavoidable, as they do in tasks.
    """

    level: str
    earlier: Mapping[str, int]
    task: Task
    floor: int = 0
    relaxation: Relaxation | None = None

    @classmethod
    def of(cls, model: Model, level: str, earlier: Mapping[str, int], seed: int) -> Stage:
        """The stage of a level, given the costs of the levels before it."""
        upper = list(model.upper)
        rows = []
        for other, cost in earlier.items():
            prices = model.prices[other]
            most = cost - model.unavoidable[other]
            if most:
                rows.append(Row(tuple(sorted(prices.items())), None, most))
            for variable, price in prices.items():
                upper[variable] = min(upper[variable], most // price)
        task = Task(
            prices=tuple(sorted(model.prices[level].items())),
            rows=tuple(rows),
            lower=(0,) * len(upper),
            upper=tuple(upper),
            seconds=0,
            seed=seed,
        )
        return cls(level, earlier, task)

    def raise_floor(self, floor: int) -> None:
        self.floor = max(self.floor, floor)

    def narrowed(self, target: int) -> Task:
        """The task within bounds that hold every solution that costs at most so much."""
        if self.relaxation is None:
            return self.task
        lower, upper = self.relaxation.box(target)
        return replace(self.task, lower=lower, upper=upper)

    def capped(self, target: int) -> Task:
        """The task with no solution that costs more than so much."""
        task = self.narrowed(target)
        return replace(task, rows=(*task.rows, Row(task.prices, None, target)))


def earlier_levels(level: str) -> tuple[str, ...]:
    return LEVELS[: LEVELS.index(level)]
