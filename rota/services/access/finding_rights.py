"""Which findings and consequences somebody may read."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from rota.checker import Finding
from rota.domain import Problem
from rota.effects import Effect
from rota.rules import STRICT_LEVELS, Knows, Rule, find_officers_named
from rota.rules.published import KEEPING_RULES
from rota.services.access.rights import Rights

Teams = frozenset[str] | None
"""The teams that a reader manages; None for all of the unit."""


@dataclass(frozen=True, slots=True)
class ReadableFindings:
    """The findings that are for a reader, how many others there are, and how many are broken."""

    findings: tuple[Finding, ...]
    left_out: int = 0
    breaches_left_out: int = 0


def list_known_teams(rights: Rights, unit: str, problem: Problem) -> Teams:
    """The teams whose officers' own findings are for somebody with these rights."""
    if rights.manages_whole(unit):
        return None
    return frozenset(team for team in problem.teams if rights.manages(unit, team))


def list_officers_in(problem: Problem, teams: Set[str]) -> Set[str]:
    """The staff numbers of the officers who are in these teams at some time of the period."""
    return {staff_no for staff_no, own in problem.teams_of.items() if not own.isdisjoint(teams)}


def find_readable(problem: Problem, teams: Teams, findings: Iterable[Finding]) -> ReadableFindings:
    """Those of the findings that are for somebody who manages these teams, in the same order."""
    findings = tuple(findings)
    if teams is None:
        return ReadableFindings(findings)
    knows = list_officers_in(problem, teams).__contains__
    parts: tuple[list[Finding], list[Finding]] = ([], [])
    for finding in findings:
        parts[not is_readable(finding, knows)].append(finding)
    readable, others = parts
    breaches = sum(finding.is_breach for finding in others)
    return ReadableFindings(tuple(readable), len(others), breaches)


def is_readable(finding: Finding, knows: Knows) -> bool:
    """Whether a reader who knows these officers' own findings may read this one."""
    return finding.rule.is_readable_by(find_officers_named(finding.requirement), knows)


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


def find_consequences(effects: Iterable[Effect], *, knows: Knows) -> tuple[Consequence, ...]:
    """What changes in cost, the most important first, as far as the reader may read it.

    That a published seat changes is what was asked for, and nobody needs to be told.
    """
    return tuple(
        Consequence(effect.after.rule, effect.after.says, effect.worsens)
        for effect in effects
        if effect.cost
        and effect.after.rule not in KEEPING_RULES
        and is_readable(effect.after, knows)
    )
