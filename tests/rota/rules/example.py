"""A worked example of a rule: a rota, and all that the checker finds in it under that rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from rota.checker import judge
from rota.domain import Problem, Rota
from tests import rota_text
from tests.usual_rules import USUAL

KEPT, JUST_KEPT, BROKEN = LABELS = ("kept", "just kept", "broken")


class Found(NamedTuple):
    """One finding of the rule, with everything it says."""

    says: str
    count: float
    least: float | None = None
    most: float | None = None
    gap: float = 0
    cost: float = 0


@dataclass(frozen=True)
class Example:
    """What is expected of one rule, and of no other, when the rota is judged."""

    rule: str
    label: str
    title: str
    problem: Problem
    rota: Rota
    found: tuple[Found, ...]

    def __str__(self) -> str:
        return f"{self.rule}, {self.label}: {self.title}"


def example(rule: str, label: str, title: str, chart: str, *found: Found, **tables: Any) -> Example:
    """An example whose chart is both the problem and its rota."""
    problem = rota_text.problem(chart, **{"rules": {*USUAL, rule}, **tables})
    return Example(rule, label, title, problem, rota_text.rota(chart), found)


def judged(example: Example) -> tuple[Found, ...]:
    """What the checker finds under the example's rule, in its order."""
    return tuple(
        Found(f.says, f.count, f.least, f.most, f.gap, f.cost)
        for f in judge(example.problem, example.rota).findings
        if f.rule.key == example.rule
    )
