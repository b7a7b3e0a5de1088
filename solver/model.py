"""An integer programme that no engine owns: variables, rows and the price of every gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rota.domain import Rota, Seat
from rota.rules import LEVELS
from solver.engine_messages import LinearRow


class Gap(NamedTuple):
    """A variable that makes up for what other terms lack: `Σ coefficient · term ≥ least`."""

    variable: int
    terms: tuple[tuple[int, int], ...]
    least: int


class Occasion(NamedTuple):
    """An occasion of a gathering that may be chosen.

    `away` officers are absent whatever happens. `misses` pairs each other officer's seat with
    the variable that is 1 when the occasion is chosen and the seat is not taken.
    """

    variable: int
    away: int
    misses: tuple[tuple[int, int], ...]


class Choice(NamedTuple):
    """A gathering's occasions, of which so many are chosen, and the level of its price."""

    level: str
    times: int
    occasions: tuple[Occasion, ...]


@dataclass
class Model:
    """Whole-number variables from 0 to `upper`, of which the first stand for free seats.

    A level costs `unavoidable` plus price times value over its variables. Prices are positive,
    so that a level's unavoidable cost bounds it from below.
    """

    free: tuple[Seat, ...]
    settled: frozenset[Seat]
    upper: list[int]
    rows: list[LinearRow] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    prices: dict[str, dict[int, int]] = field(default_factory=lambda: {x: {} for x in LEVELS})
    unavoidable: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))

    def add_variable(self, upper: int = 1) -> int:
        self.upper.append(upper)
        return len(self.upper) - 1

    def add_row(
        self,
        terms: Iterable[tuple[int, int]],
        *,
        least: int | None = None,
        most: int | None = None,
    ) -> LinearRow:
        row = LinearRow(tuple(terms), least, most)
        self.rows.append(row)
        return row

    def add_gap(self, terms: Sequence[tuple[int, int]], *, least: int, upper: int) -> int:
        """Add a row with a variable that makes up for what its terms lack of `least`."""
        variable = self.add_variable(upper)
        self.gaps.append(Gap(variable, tuple(terms), least))
        self.add_row([*terms, (variable, 1)], least=least)
        return variable

    def charge(self, level: str, variable: int, price: int) -> None:
        """Price one unit of the variable on a level."""
        prices = self.prices[level]
        prices[variable] = prices.get(variable, 0) + price

    def build_rota(self, values: Sequence[int]) -> Rota:
        """The rota that the values of the variables stand for."""
        seats_taken = (seat for seat, value in zip(self.free, values, strict=False) if value)
        return Rota(self.settled.union(seats_taken))

    def complete(self, seats_taken: Sequence[int]) -> list[int]:
        """The cheapest values of all variables for a 0 or 1 for each free seat."""
        values = [*seats_taken[: len(self.free)], *([0] * (len(self.upper) - len(self.free)))]
        for gap in self.gaps:
            values[gap.variable] = _compute_missing(gap, values)
        for choice in self.choices:
            _choose(choice, values)
        return values

    def keeps_rows(self, values: Sequence[int]) -> bool:
        """Whether the values keep every row, as whole numbers and without tolerance."""
        return all(
            (row.least is None or row.least <= total) and (row.most is None or total <= row.most)
            for row in self.rows
            for total in [sum(factor * values[variable] for variable, factor in row.terms)]
        )

    def compute_costs(self, values: Sequence[int]) -> Mapping[str, int]:
        """The cost of every level at the values of the variables."""
        return {
            level: self.unavoidable[level]
            + sum(price * values[variable] for variable, price in prices.items())
            for level, prices in self.prices.items()
        }


def _compute_missing(gap: Gap, values: Sequence[int]) -> int:
    total = sum(coefficient * values[variable] for variable, coefficient in gap.terms)
    return max(gap.least - total, 0)


def _choose(choice: Choice, values: list[int]) -> None:
    """Choose the occasions with the fewest absences, the earlier of two alike."""

    def count_absences(occasion: Occasion) -> int:
        return occasion.away + sum(1 - values[seat] for seat, _ in occasion.misses)

    fewest = sorted(choice.occasions, key=count_absences)[: choice.times]
    for occasion in fewest:
        values[occasion.variable] = 1
        for seat, miss in occasion.misses:
            values[miss] = 1 - values[seat]
