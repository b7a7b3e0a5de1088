"""Which findings and consequences somebody may read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass

from rota.checker import Finding
from rota.domain import Problem
from rota.effects import Effect
from rota.rules import STRICT_LEVELS, Audience, Rule, find_officers_named
from rota.services.access.rights import Rights

Teams = frozenset[str] | None
"""The teams that a reader manages; None for all of the unit."""


@dataclass(frozen=True, slots=True)
class ReadableFindings:
    """The findings that are for a reader, how many others there are, and how many are broken."""

    findings: tuple[Finding, ...]
    left_out: int = 0
    breaches_left_out: int = 0


def teams_of(rights: Rights, unit: str, problem: Problem) -> Teams:
    """The teams whose officers' own findings are for somebody with these rights."""
    if rights.manages_whole(unit):
        return None
    return frozenset(team for team in problem.teams if rights.manages(unit, team))


def officers_in(problem: Problem, teams: Set[str]) -> Set[str]:
    """The staff numbers of the officers of these teams."""
    return {its.staff_no for its in problem.unit.officers if its.team in teams}


def known(problem: Problem, teams: Teams, findings: Iterable[Finding]) -> ReadableFindings:
    """Those of the findings that are for somebody who manages these teams, in the same order."""
    those = tuple(findings)
    if teams is None:
        return ReadableFindings(those)
    theirs = officers_in(problem, teams)
    parts: tuple[list[Finding], list[Finding]] = ([], [])
    for its in those:
        parts[not is_for(its.rule, find_officers_named(its.asked), theirs)].append(its)
    kept, left = parts
    return ReadableFindings(tuple(kept), len(left), sum(its.is_breach for its in left))


def is_for(rule: Rule, officers: Iterable[str], theirs: Set[str]) -> bool:
    """Whether what the rule finds of these officers is for the managers of those others."""
    return rule.audience is not Audience.CONCERNED or not theirs.isdisjoint(officers)


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
        return any(map(knows, find_officers_named(its.asked)))
    return its.rule.audience is Audience.EVERYBODY
