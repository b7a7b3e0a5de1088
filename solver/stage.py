"""One level to be minimised while the levels before it stay at their costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rota.rules import LEVELS
from solver.engine_messages import LinearRow, Task
from solver.model import Model
from solver.relaxation import Relaxation


@dataclass(frozen=True)
class Box:
    """Bounds within which every solution lies that costs at most so much on some first levels."""

    costs: Mapping[str, int]
    lower: tuple[int, ...]
    upper: tuple[int, ...]


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
    def of(
        cls,
        model: Model,
        level: str,
        earlier: Mapping[str, int],
        *,
        seed: int,
        boxes: Iterable[Box] = (),
    ) -> Stage:
        """The stage of a level, given the costs of the levels before it, within fitting boxes."""
        lower, upper = [0] * len(model.upper), list(model.upper)
        rows = []
        for other, cost in earlier.items():
            prices = model.prices[other]
            most = cost - model.unavoidable[other]
            if most:
                rows.append(LinearRow(tuple(sorted(prices.items())), None, most))
            for variable, price in prices.items():
                upper[variable] = min(upper[variable], most // price)
        for box in boxes:
            if box.costs.items() <= earlier.items():
                lower = list(map(max, lower, box.lower))
                upper = list(map(min, upper, box.upper))
        task = Task(
            prices=tuple(sorted(model.prices[level].items())),
            rows=tuple(rows),
            lower=tuple(lower),
            upper=tuple(upper),
            seconds=0,
            seed=seed,
        )
        return cls(level, earlier, task)

    @property
    def is_empty(self) -> bool:
        """Whether the boxes leave no solution at the stage's costs."""
        return self.task.is_empty

    def raise_floor(self, floor: int) -> None:
        self.floor = max(self.floor, floor)

    def learn(self, relaxation: Relaxation) -> None:
        """Take over a relaxation of the stage's task, or more that became known of it."""
        self.relaxation = relaxation
        self.raise_floor(relaxation.floor)

    def build_box(self, model: Model, cost: int) -> Box | None:
        """What the relaxation says of solutions that cost at most so much, for later stages."""
        if self.relaxation is None:
            return None
        costs = {**self.earlier, self.level: cost + model.unavoidable[self.level]}
        return Box(costs, *self.relaxation.compute_box(cost))

    def build_narrowed_task(self, target: int) -> Task:
        """The task within bounds that hold every solution that costs at most so much."""
        if self.relaxation is None:
            return self.task
        lower, upper = self.relaxation.compute_box(target)
        return replace(self.task, lower=lower, upper=upper)

    def build_capped_task(self, target: int) -> Task:
        """The task with no solution that costs more than so much."""
        task = self.build_narrowed_task(target)
        return replace(task, rows=(*task.rows, LinearRow(task.prices, None, target)))


def list_earlier_levels(level: str) -> tuple[str, ...]:
    return LEVELS[: LEVELS.index(level)]
