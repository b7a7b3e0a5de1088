"""How far a search is, level by level, and the curves that it has drawn until now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rota.rules import LEVELS
from rota.services.runs.run_status import Run
from rota.writing.level_standings import LevelStanding
from rota.writing.progress import compute_gap


@dataclass(frozen=True, slots=True)
class Point:
    """A moment of a search: seconds since it began, the level worked on, its bound, and all costs.

    `gap` is the part of that level's cost that is not proven to be needed, from 0 to 1.
    """

    seconds: float
    working_on: str
    bound: int
    costs: Mapping[str, int]

    @property
    def gap(self) -> float:
        return compute_gap(self.costs[self.working_on], self.bound)


@dataclass(frozen=True, slots=True)
class Curve:
    """How the cost of a level fell, and its bound rose, as lines within a box of 0 to 1.

    `cost` and `bound` are steps: pairs of a time and a height, from the left.
    """

    level: str
    first: int
    last: int
    seconds: float
    cost: tuple[tuple[float, float], ...]
    bound: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class RunProgress:
    """All that is known of how far a search is, or was."""

    seconds: float | None
    levels: tuple[LevelStanding, ...]
    points: tuple[Point, ...]

    @property
    def curves(self) -> tuple[Curve, ...]:
        """A curve of each level whose cost changed while it was searched."""
        return tuple(_curves(self.points, self.seconds or 0))


def progress_of(run: Run) -> RunProgress:
    """How far the run is, or was when it ended. A night tells that of its last period."""
    told = run.progress or {}
    result = run.result or {}
    levels = result.get("levels") or told.get("levels") or {}
    return RunProgress(
        seconds=told.get("seconds"),
        levels=tuple(_standing(name, levels[name]) for name in LEVELS if name in levels),
        points=tuple(_points(told.get("history") or {})),
    )


def _standing(name: str, level: Mapping[str, int]) -> LevelStanding:
    return LevelStanding(name, 0, level["cost"], level["bound"])


def _points(history: Mapping[str, Any]) -> Iterator[Point]:
    for place, seconds in enumerate(history.get("seconds", ())):
        costs = {name: its[place] for name, its in history["costs"].items()}
        yield Point(seconds, history["working_on"][place], history["bound"][place], costs)


def _curves(points: Sequence[Point], seconds: float) -> Iterator[Curve]:
    end = max([seconds, *(its.seconds for its in points)], default=0) or 1
    for level in LEVELS:
        costs = [(its.seconds, its.costs[level]) for its in points if level in its.costs]
        heights = [cost for _, cost in costs]
        if len(set(heights)) < 2:
            continue
        bounds = [(its.seconds, its.bound) for its in points if its.working_on == level]
        top = max(heights)
        yield Curve(
            level=level,
            first=heights[0],
            last=heights[-1],
            seconds=end,
            cost=tuple(_steps(costs, end, top)),
            bound=tuple(_steps(bounds, end, top)),
        )


def _steps(
    points: Sequence[tuple[float, int]], end: float, top: int
) -> Iterator[tuple[float, float]]:
    """The points as steps from the left to the end, in parts of the end and of the top."""
    height = None
    for seconds, value in points:
        if height is not None:
            yield seconds / end, height
        height = value / top
        yield seconds / end, height
    if height is not None:
        yield 1.0, height
