"""What is kept of a search while it runs, small enough to be kept every second."""

from __future__ import annotations

from typing import Any

from solver.search_results import SearchProgress

MOST_POINTS = 120
"""So many moments of a search are kept; of more, every other one is forgotten."""


class CostHistory:
    """How the costs of a search fell, and the bound of the level it worked on rose.

    Only moments at which something of that changed are kept, and always the first and the newest.
    """

    def __init__(self) -> None:
        self._points: list[SearchProgress] = []

    def add(self, progress: SearchProgress) -> None:
        """Take in how far the search is."""
        if self._points and _summarise(self._points[-1]) == _summarise(progress):
            return
        if len(self._points) == MOST_POINTS:
            *older, newest = self._points
            self._points = [*older[::2], newest]
        self._points.append(progress)

    def build_columns(self) -> dict[str, Any]:
        """The moments as columns: seconds, the level worked on, its bound, and all costs by level.

        Seconds are rounded to tenths.
        """
        points = self._points
        levels = points[0].levels if points else ()
        return {
            "seconds": [round(point.seconds, 1) for point in points],
            "working_on": [point.working_on for point in points],
            "bound": [point.levels[point.working_on].bound for point in points],
            "costs": {name: [point.levels[name].cost for point in points] for name in levels},
        }


def _summarise(progress: SearchProgress) -> tuple[object, ...]:
    bound = progress.levels[progress.working_on].bound
    costs = tuple(level.cost for level in progress.levels.values())
    return progress.working_on, bound, costs
