"""The one function that the rest of Rota calls."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rota.domain import Problem
from solver.best_values import BestValues
from solver.engine_team import Engines, EngineTeam
from solver.greedy import find_first_values
from solver.model_builder import build_model
from solver.search import Search, Watch
from solver.search_results import Outcome


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 0,
    workers: int = 2,
    watch: Watch | None = None,
    engines: Engines | None = None,
) -> Outcome:
    """The best rota that is found in so many seconds, with what is proven of it.

    With one worker the same problem and seed give the same rota, unless time runs out; with more
    two engines race. A watch that says no, or Ctrl-C (KeyboardInterrupt), ends the search and keeps
    the best so far.
    Engines of the caller save the time that it takes to start some. They are free again afterwards,
    for another search.
    """
    began = time.monotonic()
    with _hold(engines) as engines:
        model = build_model(problem)
        published = frozenset(seat.seat for seats in problem.published.values() for seat in seats)
        standing = BestValues(model, find_first_values(model, published))
        built = time.monotonic()
        team = EngineTeam(engines, model, standing)
        search = Search(
            model,
            standing,
            team,
            deadline=began + seconds,
            seed=seed,
            is_race=workers > 1,
            watch=watch,
        )
        is_interrupted = _run(search)
    return Outcome(
        rota=standing.rota,
        levels=standing.levels,
        build_seconds=built - began,
        solve_seconds=time.monotonic() - built,
        is_interrupted=is_interrupted,
        remarks=tuple(team.remarks),
    )


@contextmanager
def _hold(engines: Engines | None) -> Iterator[Engines]:
    """The caller's engines, or others that leave nothing behind."""
    if engines is None:
        with Engines() as engines:
            yield engines
        return
    engines.free()  # One may have ended since the last search.
    try:
        yield engines
    finally:
        engines.free()


def _run(search: Search) -> bool:
    """Run the search to its end, and say whether the watch or Ctrl-C ended it early."""
    try:
        search.run()
    except KeyboardInterrupt:
        return True
    return search.is_stopped
