"""How far a search is, level by level, and the curves of its costs so far."""

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
    bound: float
    costs: Mapping[str, float]

    @property
    def gap(self) -> float:
        return compute_gap(self.costs[self.working_on], self.bound)


@dataclass(frozen=True, slots=True)
class Curve:
    """How the cost of a level fell, and its bound rose, as lines within a box of 0 to 1.

    `cost` and `bound` are steps: pairs of a time and a height, from the left.
    """

    level: str
    first: float
    last: float
    seconds: float
    cost: tuple[tuple[float, float], ...]
    bound: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a search is, or was when it ended."""

    seconds: float | None
    levels: tuple[LevelStanding, ...]
    points: tuple[Point, ...]

    @property
    def curves(self) -> tuple[Curve, ...]:
        """A curve of each level whose cost changed while it was searched."""
        return tuple(_list_curves(self.points, self.seconds or 0))


def read_progress(run: Run) -> RunProgress:
    """How far the run is, or was when it ended; of a night, its last period."""
    progress = run.progress or {}
    result = run.result or {}
    levels = result.get("levels") or progress.get("levels") or {}
    return RunProgress(
        seconds=progress.get("seconds"),
        levels=tuple(_build_standing(name, levels[name]) for name in LEVELS if name in levels),
        points=tuple(_list_points(progress.get("history") or {})),
    )


def _build_standing(name: str, level: Mapping[str, float]) -> LevelStanding:
    return LevelStanding(name, 0, level["cost"], level["bound"])


def _list_points(history: Mapping[str, Any]) -> Iterator[Point]:
    for index, seconds in enumerate(history.get("seconds", ())):
        costs = {name: series[index] for name, series in history["costs"].items()}
        yield Point(seconds, history["working_on"][index], history["bound"][index], costs)


def _list_curves(points: Sequence[Point], seconds: float) -> Iterator[Curve]:
    end = max([seconds, *(point.seconds for point in points)], default=0) or 1
    for level in LEVELS:
        costs = [(point.seconds, point.costs[level]) for point in points if level in point.costs]
        heights = [cost for _, cost in costs]
        if len(set(heights)) < 2:
            continue
        bounds = [(point.seconds, point.bound) for point in points if point.working_on == level]
        top = max(heights)
        yield Curve(
            level=level,
            first=heights[0],
            last=heights[-1],
            seconds=end,
            cost=tuple(_list_steps(costs, end, top)),
            bound=tuple(_list_steps(bounds, end, top)),
        )


def _list_steps(
    points: Sequence[tuple[float, float]], end: float, top: float
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
