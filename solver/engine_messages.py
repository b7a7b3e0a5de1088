"""What an engine is asked, and what it answers. All costs here leave out what is unavoidable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import gt
from typing import NamedTuple

ALMOST_ONE = 1 - 1e-6
"""Costs are whole, so a solution is best as soon as its distance to the bound is below one."""


class LinearRow(NamedTuple):
    """`least ≤ Σ coefficient · variable ≤ most`, over pairs of variable and coefficient."""

    terms: tuple[tuple[int, int], ...]
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class Programme:
    """Rows over whole-number variables; every task of a process is about the same rows."""

    variables: int
    rows: tuple[LinearRow, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Minimise `Σ price · variable` within the rows, these further rows and these bounds.

    `seconds` is a wall-clock limit. `effort` is a limit that does not depend on the machine: about
    so many seconds of an ordinary one. Prices are in 1/`scale` of a cost, and so are bounds. Of the
    programme only the rows with the numbers `programme_rows` hold, or all. A solution that is no
    more than `tolerance`, in costs, above the bound is as good as the best.
    """

    prices: tuple[tuple[int, int], ...]
    rows: tuple[LinearRow, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    seconds: float
    seed: int
    effort: int | None = None
    programme_rows: tuple[int, ...] | None = None
    scale: int = 1
    tolerance: float = ALMOST_ONE

    @property
    def is_empty(self) -> bool:
        """Whether the bounds leave no solution."""
        return any(map(gt, self.lower, self.upper))

    def list_rows(self, programme: Programme) -> Iterator[tuple[int, LinearRow]]:
        """The rows that hold, each with its number: first the programme's, then the task's."""
        every = range(len(programme.rows))
        for number in every if self.programme_rows is None else self.programme_rows:
            yield number, programme.rows[number]
        yield from enumerate(self.rows, len(programme.rows))

    def compute_cost(self, values: Sequence[int]) -> int:
        return sum(price * values[variable] for variable, price in self.prices)


@dataclass(frozen=True, slots=True)
class Relax:
    """Solve the task with fractions allowed."""

    task: Task


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The dual value of every row, first the programme's, then the task's, and the solution."""

    duals: tuple[float, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Values that keep every row."""

    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bounded:
    """No values cost less than this."""

    cost: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The engine is done; if `complete`, what it has not found does not exist."""

    complete: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The engine met an error of its own."""

    says: str


Question = Task | Relax
Answer = Relaxed | Found | Bounded | Ended | Failed
