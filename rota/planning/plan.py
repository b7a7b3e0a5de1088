"""A problem planned: the best rota that is found, judged before anybody sees it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from rota.checker import Judgement, judge
from rota.domain import Problem, Rota
from rota.errors import RotaError
from solver.engine_team import Engines
from solver.search import Watch
from solver.search_results import LevelResult, Outcome
from solver.solving import solve

_VERSIONED = ("rota", "ortools")


class Disagreement(RotaError):  # noqa: N818, it is the user who reads it
    """The checker does not find in a rota what the solver claims, which is a bug in one of them."""


@dataclass(frozen=True)
class Plan:
    """A problem's rota as it was found, and as it was judged."""

    problem: Problem
    outcome: Outcome
    judgement: Judgement
    seed: int
    workers: int

    @property
    def rota(self) -> Rota:
        return self.outcome.rota

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader of the rota should know of how it came about."""
        if self.outcome.is_interrupted:
            return (*self.outcome.remarks, "Interrupted: this is the best rota so far.")
        return self.outcome.remarks

    @property
    def bounds(self) -> Mapping[str, float]:
        """What each level is proven to cost at least."""
        return {name: level.bound for name, level in self.outcome.levels.items()}

    def summary(self, total_seconds: float) -> Mapping[str, object]:
        """What `summary.json` tells; seconds are wall-clock, the total is the caller's."""
        outcome = self.outcome
        return {
            "status": "optimal" if outcome.is_optimal else "feasible",
            "levels": {name: level._asdict() for name, level in outcome.levels.items()},
            "seconds": {
                "build": round(outcome.build_seconds, 3),
                "solve": round(outcome.solve_seconds, 3),
                "total": round(total_seconds, 3),
            },
            "seed": self.seed,
            "workers": self.workers,
            "officers": len(self.problem.officers),
            "seats": len(self.rota),
            "versions": _read_versions(),
        }


def plan(
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    workers: int,
    watch: Watch | None = None,
    engines: Engines | None = None,
) -> Plan:
    """The best rota found in so many seconds, judged; `watch` or Ctrl-C may end the search early.

    Engines may be started before there is a problem, to be ready when there is.

    Raises Disagreement if the checker finds other costs than the solver claims, or no whole rota.
    """
    outcome = solve(
        problem,
        seconds=seconds,
        seed=seed,
        workers=workers,
        watch=watch,
        engines=engines,
    )
    judgement = judge(problem, outcome.rota)
    _compare(judgement, outcome.levels)
    return Plan(problem, outcome, judgement, seed, workers)


def _compare(judgement: Judgement, levels: Mapping[str, LevelResult]) -> None:
    if judgement.misfits:
        raise Disagreement(f"The solver's rota is not whole: {judgement.misfits[0].says}")
    for name, level in levels.items():
        if judgement.costs[name] != level.cost:
            raise Disagreement(
                f"The solver says that {name} costs {level.cost}, the checker "
                f"{judgement.costs[name]}. Nothing was written. Please report this."
            )


def _read_versions() -> Mapping[str, str]:
    return {
        "python": platform.python_version(),
        **{name: _read_version(name) for name in _VERSIONED},
    }


def _read_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
