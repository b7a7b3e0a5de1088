"""How good a rota is, level by level, and what is broken, the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rota.checker import Finding, Judgement
from rota.rules import LEVELS, RULES, Rule
from rota.rules.finding_sentences import say_number


@dataclass(frozen=True, slots=True)
class LevelStanding:
    """A level's cost, its breaches and the proven bound below which no rota's cost can be.

    A bound holds for rotas that are as good on the levels before.
    """

    level: str
    breaches: int
    cost: float
    bound: float | None

    @property
    def is_proven(self) -> bool:
        """Whether no rota is better on this level."""
        return self.cost <= (self.bound or 0)

    @property
    def says(self) -> str:
        """How good the cost is, in a few words."""
        if self.cost == 0:
            return "nothing broken"
        if self.is_proven:
            return "proven best"
        return f"not proven; at least {say_number(self.bound)}" if self.bound else "not proven"


def list_level_standings(
    judgement: Judgement, bounds: Mapping[str, float]
) -> tuple[LevelStanding, ...]:
    """Every level in their order; a level without a bound is not proven."""
    levels = [finding.rule.level for finding in judgement.breaches]
    return tuple(
        LevelStanding(level, levels.count(level), judgement.costs[level], bounds.get(level))
        for level in LEVELS
    )


def sort_breaches(judgement: Judgement) -> Sequence[Finding]:
    """The breaches by level, in each the costliest first."""
    return sorted(
        judgement.breaches,
        key=lambda breach: (LEVELS.index(breach.rule.level), -breach.cost),
    )


def group_breaches_by_rule(judgement: Judgement) -> Iterator[tuple[Rule, Sequence[Finding]]]:
    """The rules that are broken, by level and then in their own order, with their breaches."""
    breaches: dict[str, list[Finding]] = {}
    for breach in sort_breaches(judgement):
        breaches.setdefault(breach.rule.key, []).append(breach)
    for level in LEVELS:
        for rule in RULES:
            if rule.level == level and rule.key in breaches:
                yield rule, breaches[rule.key]
