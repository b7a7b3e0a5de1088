"""What a search tells while it runs, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rota.domain import Rota


class LevelResult(NamedTuple):
    """A level's cost, and what no rota with the same costs on earlier levels can fall below.

    Both are whole numbers, or whole and a half.
    """

    cost: float
    bound: float

    @property
    def is_proven(self) -> bool:
        return self.cost == self.bound


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """How far a search is: seconds since it began, the level it works on, and all levels."""

    seconds: float
    working_on: str
    levels: Mapping[str, LevelResult]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The best rota found.

    `is_interrupted` tells that somebody stopped the search; `remarks` what went wrong on the way.
    """

    rota: Rota
    levels: Mapping[str, LevelResult]
    build_seconds: float
    solve_seconds: float
    is_interrupted: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def is_optimal(self) -> bool:
        return all(level.is_proven for level in self.levels.values())
