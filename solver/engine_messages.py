"""What an engine is asked, and what it answers. All costs here leave out what is unavoidable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


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
    so many seconds of an ordinary one.
    """

    prices: tuple[tuple[int, int], ...]
    rows: tuple[LinearRow, ...]
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    seconds: float
    seed: int
    effort: int | None = None

    def compute_cost(self, values: tuple[int, ...]) -> int:
        return sum(price * values[variable] for variable, price in self.prices)


@dataclass(frozen=True, slots=True)
class Relax:
    """Solve the task with fractions allowed."""

    task: Task


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The dual value of every row: first the programme's, then the task's."""

    duals: tuple[float, ...]


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
