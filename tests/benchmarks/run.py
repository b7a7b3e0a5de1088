"""What a solver did with a unit, moment by moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rota.rules import LEVELS
from solver.search_results import LevelResult

_NEAR = 1.01
"""A cost this many times its bound is within 1 % of the best."""


class Moment(NamedTuple):
    """The costs of the best rota so many seconds after the start."""

    seconds: float
    costs: Mapping[str, int]


@dataclass(frozen=True)
class Run:
    """Seconds are counted from the unit in memory, so that reading files is left out.

    `first` is when there was a rota. `levels` is empty if there never was one.
    """

    first: float | None
    moments: tuple[Moment, ...]
    levels: Mapping[str, LevelResult]
    seconds: float

    @property
    def proof(self) -> float | None:
        """When every level was proven."""
        is_proven = self.levels and all(level.is_proven for level in self.levels.values())
        return self.seconds if is_proven else None

    def near(self, levels: Mapping[str, LevelResult]) -> float | None:
        """When a rota was first within 1 % of the best, of which these levels hold the bounds.

        Costs of earlier levels are at their bounds, and that of the last level which costs anything
        is within 1 % of its own.
        """
        costly = [level for level in LEVELS if levels and levels[level].cost]
        last = costly[-1] if costly else LEVELS[-1]
        earlier = LEVELS[: LEVELS.index(last)]
        for moment in self.moments:
            is_best = all(moment.costs[level] == levels[level].bound for level in earlier)
            if is_best and moment.costs[last] <= _NEAR * levels[last].bound:
                return moment.seconds
        return None
