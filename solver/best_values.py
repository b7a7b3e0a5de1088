"""What a search knows: the best values so far, and a floor under every level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rota.domain import Rota
from rota.rules import LEVELS
from solver.model import Model
from solver.search_results import LevelResult
from solver.stage import Stage


class BestValues:
    """The best values that any engine has found, and what is proven of them.

    A level's floor holds for rotas with the same costs on earlier levels. It rises only once
    these are settled, so that it is a bound on the best rota.
    """

    def __init__(self, model: Model, values: Sequence[int]) -> None:
        self.values = tuple(values)
        self.costs: Mapping[str, int] = model.compute_costs(values)
        self.floors = dict(model.unavoidable)
        self._model = model

    @property
    def rota(self) -> Rota:
        return self._model.build_rota(self.values)

    @property
    def levels(self) -> Mapping[str, LevelResult]:
        """Every level as rules weigh it, in days."""
        to_days = self._model.to_days
        return {
            level: LevelResult(to_days(self.costs[level]), to_days(self.floors[level]))
            for level in LEVELS
        }

    def is_settled(self, level: str) -> bool:
        return self.costs[level] == self.floors[level]

    def complete(self, values: Sequence[int]) -> tuple[int, ...] | None:
        """The cheapest values for the same seats; None if an engine's tolerances let them pass."""
        completed = self._model.complete(values)
        return tuple(completed) if self._model.keeps_rows(completed) else None

    def offer(self, values: Sequence[int]) -> bool:
        """Take the values if they are better than the best so far; say whether they were.

        Values that an engine's tolerances let slip through are not taken.
        """
        completed = self.complete(values)
        if completed is None:
            return False
        costs = self._model.compute_costs(completed)
        if _rank_costs(costs) >= _rank_costs(self.costs):
            return False
        self.values, self.costs = completed, costs
        return True

    def compute_cost_on(self, stage: Stage) -> int | None:
        """The cost of the best values on the stage, or None if they lie outside it."""
        if any(self.costs[level] != cost for level, cost in stage.earlier.items()):
            return None
        return self.costs[stage.level] - self._model.unavoidable[stage.level]

    def is_done(self, stage: Stage) -> bool:
        """Whether nothing in the stage is better than the best values."""
        return self.compute_cost_on(stage) == stage.floor

    def learn(self, stage: Stage) -> None:
        """Take over the stage's floor, if the levels before it are settled at its costs."""
        if self.compute_cost_on(stage) is not None and all(map(self.is_settled, stage.earlier)):
            floor = stage.floor + self._model.unavoidable[stage.level]
            self.floors[stage.level] = max(self.floors[stage.level], floor)


def _rank_costs(costs: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(costs[level] for level in LEVELS)
