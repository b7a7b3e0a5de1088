"""The progress of a search as one live line on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from rota.rules.finding_sentences import say_number


class LevelBar(Protocol):
    """A level's cost and proven bound."""

    @property
    def cost(self) -> float: ...

    @property
    def bound(self) -> float: ...


class ProgressBar(Protocol):
    """How far a search is."""

    @property
    def seconds(self) -> float: ...

    @property
    def working_on(self) -> str: ...

    @property
    def levels(self) -> Mapping[str, LevelBar]: ...


class ProgressLine:
    """Elapsed time, each level's cost, and the bound and gap of the level that is worked on.

    Nothing is shown where the console is no terminal.
    """

    def __init__(self, console: Console, seconds: float) -> None:
        self._bar = Bar(
            TextColumn("{task.fields[elapsed]}"),
            BarColumn(bar_width=16),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("reading", total=seconds, elapsed="")

    def __enter__(self) -> ProgressLine:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def show(self, progress: ProgressBar) -> None:
        """Show how far the search is."""
        self._bar.update(
            self._task,
            completed=progress.seconds,
            description=_say_progress(progress),
            elapsed=f"{progress.seconds:.0f} s",
        )


def compute_gap(cost: float, bound: float) -> float:
    """The part of the cost that is not proven to be needed, from 0 to 1."""
    return (cost - bound) / (cost or 1)


def _say_progress(progress: ProgressBar) -> str:
    costs = " ".join(f"{name} {say_number(level.cost)}" for name, level in progress.levels.items())
    level_now = progress.levels[progress.working_on]
    gap_now = compute_gap(level_now.cost, level_now.bound)
    return f"{costs} | {progress.working_on} ≥ {say_number(level_now.bound)}, gap {gap_now:.1%}"
