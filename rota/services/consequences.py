"""What a change of a published rota makes better or worse, as one of its readers may know it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rota.checker import Finding
from rota.effects import Effect
from rota.rules import STRICT_LEVELS, Audience, Rule, officers_of


@dataclass(frozen=True, slots=True)
class Consequence:
    """A finding as it would be, and whether that is worse than it is."""

    rule: Rule
    says: str
    is_worse: bool

    @property
    def is_strict(self) -> bool:
        """Whether somebody has to answer for it: it breaks more of the first levels."""
        return self.is_worse and self.rule.level in STRICT_LEVELS


def consequences(
    effects: Iterable[Effect], *, knows: Callable[[str], bool]
) -> tuple[Consequence, ...]:
    """What changes in cost, the most important first, as far as the reader may know it.

    `knows` tells of a staff number whether its officer's own findings are for the reader.
    """
    return tuple(_told(effects, knows))


def _told(effects: Iterable[Effect], knows: Callable[[str], bool]) -> Iterator[Consequence]:
    for effect in effects:
        its = effect.after
        if effect.cost and _is_for(its, knows):
            yield Consequence(its.rule, its.says, effect.worsens)


def _is_for(its: Finding, knows: Callable[[str], bool]) -> bool:
    """That a published seat is changed is what was asked for, and needs no telling."""
    if its.rule.audience is Audience.CONCERNED:
        return any(map(knows, officers_of(its.asked)))
    return its.rule.audience is Audience.EVERYBODY
