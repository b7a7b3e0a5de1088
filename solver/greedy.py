"""A first rota at once: each day gets the option that costs least at that moment, in a few sweeps.

Where a rota is published it begins there, so that a night has little left to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from rota.domain import Seat
from rota.rules import LEVELS
from solver.model import Gap, Guard, Model

_FAR_APART = 10**9
"""A price on a level outweighs anything a seat can cost on later ones."""

_SWEEPS = 3


class _Use(NamedTuple):
    """An option's part in a limit: which gap, and by how much it moves the limit's sum."""

    gap: int
    coefficient: int


def find_first_values(model: Model, published: frozenset[Seat] = frozenset()) -> list[int]:
    """Values of all variables that stand for some whole rota. Gatherings are not looked at.

    Of each date, whoever does what few others could do is seated first.
    """
    days = [
        [index for index, _ in officer_days]
        for _, officer_days in groupby(
            enumerate(model.free), key=lambda numbered_option: numbered_option[1][:2]
        )
    ]
    tally = _Tally(model)
    options_chosen: list[int | None] = [_find_published(model, day, published) for day in days]
    worth = _compute_worth(model)
    order = sorted(
        range(len(days)),
        key=lambda day: (
            model.free[days[day][0]].date,
            -max(worth[option] for option in days[day]),
        ),
    )
    for option in options_chosen:
        tally.take(option)
    for _ in range(_SWEEPS):
        for day in order:
            tally.leave(options_chosen[day])
            options_chosen[day] = min(
                days[day], key=lambda option: (tally.cost_of(option), -worth[option])
            )
            tally.take(options_chosen[day])
    values = [0] * len(model.free)
    for option in options_chosen:
        if option is not None:
            values[option] = 1
    return model.complete(values)


def _find_published(model: Model, day: Sequence[int], published: frozenset[Seat]) -> int | None:
    """The option of the day that has most of what was published then, and nothing else."""
    options = [o for o in day if (seats := model.free[o].seats) and published.issuperset(seats)]
    return max(options, key=lambda option: len(model.free[option].seats), default=None)


def _compute_worth(model: Model) -> Sequence[int]:
    """What each option does against gaps that few others could do."""
    worth = [0] * len(model.free)
    for gap in model.gaps:
        price = _compute_price(model, gap.variable) // len(gap.terms)
        for variable, coefficient in gap.terms:
            if coefficient > 0:
                worth[variable] += price
    return worth


class _Tally:
    """What each limit and safeguard lacks as options are taken and left."""

    def __init__(self, model: Model) -> None:
        self._missing = [gap.least for gap in model.gaps]
        self._price = [_compute_price(model, gap.variable) for gap in model.gaps]
        self._uses = _index_uses(model.gaps)
        self._watches = _index_watches(model)

    def take(self, option: int | None) -> None:
        self._move(option, 1)

    def leave(self, option: int | None) -> None:
        self._move(option, -1)

    def _move(self, option: int | None, times: int) -> None:
        if option is not None:
            for gap, coefficient in self._uses[option]:
                self._missing[gap] -= times * coefficient
            for watch in self._watches[option]:
                watch.move(option, times)

    def cost_of(self, option: int) -> int:
        """What taking the option would add to the cost of all levels."""
        cost = 0
        for gap, coefficient in self._uses[option]:
            before = self._missing[gap]
            cost += self._price[gap] * (max(before - coefficient, 0) - max(before, 0))
        return cost + sum(watch.cost_of(option) for watch in self._watches[option])


class _Watch:
    """How many of a safeguard's askers and helpers are taken."""

    def __init__(self, guard: Guard, price: int) -> None:
        self._guard = guard
        self._price = price
        self._asking = self._helping = 0

    def move(self, option: int, times: int) -> None:
        self._asking += times * (option in self._guard.askers)
        self._helping += times * (option in self._guard.helpers)

    def cost_of(self, option: int) -> int:
        """What taking the option would add."""
        before = self._guard.compute_missing(self._asking, self._helping)
        after = self._guard.compute_missing(
            self._asking + (option in self._guard.askers),
            self._helping + (option in self._guard.helpers),
        )
        return self._price * (after - before)


def _compute_price(model: Model, variable: int) -> int:
    """The price of the variable, with its level told by the magnitude."""
    return sum(
        model.prices[level].get(variable, 0) * _FAR_APART**rank
        for rank, level in enumerate(reversed(LEVELS))
    )


def _index_uses(gaps: Sequence[Gap]) -> Mapping[int, Sequence[_Use]]:
    uses: dict[int, list[_Use]] = defaultdict(list)
    for number, gap in enumerate(gaps):
        for variable, coefficient in gap.terms:
            uses[variable].append(_Use(number, coefficient))
    return uses


def _index_watches(model: Model) -> Mapping[int, Sequence[_Watch]]:
    watches: dict[int, list[_Watch]] = defaultdict(list)
    for guard in model.guards:
        watch = _Watch(guard, _compute_price(model, guard.gap))
        for option in guard.askers | guard.helpers:
            watches[option].append(watch)
    return watches
