"""An integer programme that no engine owns: variables, rows and the price of every gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rota.domain import HALVES_A_DAY, DayOption, Rota, Seat, count_days
from rota.rules import LEVELS
from solver.engine_messages import LinearRow


class Gap(NamedTuple):
    """A variable that makes up for what other terms lack: `Σ coefficient · term ≥ least`."""

    variable: int
    terms: tuple[tuple[int, int], ...]
    least: int


class Miss(NamedTuple):
    """A variable that is 1 when an occasion is chosen and none of the options is taken.

    It then counts so many times.
    """

    options: tuple[int, ...]
    variable: int
    times: int = 1


class Occasion(NamedTuple):
    """An occasion of a gathering that may be chosen, and who may miss it.

    Of those wanted, `away` are absent whatever happens.
    """

    variable: int
    away: int
    misses: tuple[Miss, ...]


class DayOfGathering(NamedTuple):
    """The occasions on one day, and a variable that is 1 only if nobody misses either of two.

    It is the occasion that is harder to come to, or one of its own.
    """

    halves: tuple[Occasion, ...]
    both: int | None


class Choice(NamedTuple):
    """A gathering's occasions, of which so many are chosen, and the level of its price.

    Where occasions are halves of days, and an even number is chosen, `days` tells them once more.
    """

    level: str
    times: int
    occasions: tuple[Occasion, ...]
    days: tuple[DayOfGathering, ...] = ()


class Guard(NamedTuple):
    """A variable that is 1 when any of the askers is taken, and then asks for `least` helpers.

    Askers and helpers are options; what is missing of helpers is made up by the variable `gap`.
    """

    variable: int
    gap: int
    askers: frozenset[int]
    helpers: frozenset[int]
    least: int

    def compute_missing(self, asking: int, helping: int) -> int:
        """What is missing when so many of the askers and of the helpers are taken."""
        return max(self.least - helping, 0) if asking else 0


@dataclass
class Model:
    """Whole-number variables from 0 to `upper`, of which the first stand for free options.

    A level costs `unavoidable` plus price times value over its variables. Prices are positive,
    so that a level's unavoidable cost bounds it from below. A cost of 1 stands for so many
    `halves` of what a rule weighs a day.
    """

    free: tuple[DayOption, ...]
    settled: frozenset[Seat]
    upper: list[int]
    rows: list[LinearRow] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    guards: list[Guard] = field(default_factory=list)
    prices: dict[str, dict[int, int]] = field(default_factory=lambda: {x: {} for x in LEVELS})
    unavoidable: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))
    halves: int = 1

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

    def count_in_days_if_whole(self) -> None:
        """Let a cost of 1 stand for a whole day where nothing can cost half of one."""
        of_prices = (price for prices in self.prices.values() for price in prices.values())
        if any(cost % HALVES_A_DAY for cost in (*self.unavoidable.values(), *of_prices)):
            return
        self.halves = HALVES_A_DAY
        for level, prices in self.prices.items():
            self.unavoidable[level] //= HALVES_A_DAY
            self.prices[level] = {v: price // HALVES_A_DAY for v, price in prices.items()}

    def from_days(self, cost: float) -> float:
        """What rules weigh so much as the model counts it."""
        return cost * HALVES_A_DAY / self.halves

    def to_days(self, cost: int) -> float:
        """The cost as rules weigh it: a whole number, or whole and a half."""
        return count_days(self.halves * cost)

    def build_rota(self, values: Sequence[int]) -> Rota:
        """The rota that the values of the variables stand for."""
        options_taken = (
            option.seats for option, value in zip(self.free, values, strict=False) if value
        )
        return Rota(self.settled.union(*options_taken))

    def complete(self, options_taken: Sequence[int]) -> list[int]:
        """The cheapest values of all variables for a 0 or 1 for each free option."""
        values = [*options_taken[: len(self.free)], *([0] * (len(self.upper) - len(self.free)))]
        for gap in self.gaps:
            values[gap.variable] = _compute_missing(gap, values)
        for guard in self.guards:
            asking, helping = (
                sum(values[option] for option in options)
                for options in (guard.askers, guard.helpers)
            )
            values[guard.variable] = int(asking > 0)
            values[guard.gap] = guard.compute_missing(asking, helping)
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
    """Choose the occasions with the fewest absences, the earlier of two alike.

    But whole days without any go first, both halves of each.
    """
    absences = {
        occasion.variable: occasion.away
        + sum(miss.times for miss in occasion.misses if not any(values[o] for o in miss.options))
        for occasion in choice.occasions
    }
    whole_days = [
        day
        for day in choice.days
        if day.both is not None and not any(absences[half.variable] for half in day.halves)
    ]
    halves_of_whole_days = {half.variable for day in whole_days for half in day.halves}

    def rank(occasion: Occasion) -> tuple[int, bool]:
        return absences[occasion.variable], occasion.variable not in halves_of_whole_days

    for occasion in sorted(choice.occasions, key=rank)[: choice.times]:
        values[occasion.variable] = 1
        for miss in occasion.misses:
            values[miss.variable] = int(not any(values[option] for option in miss.options))
    for day in whole_days:
        if day.both is not None:
            values[day.both] = min(values[half.variable] for half in day.halves)
