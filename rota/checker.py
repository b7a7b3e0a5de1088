"""Judges any rota by the rules, knowing nothing of how it was made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rota.domain import Problem, Rota, Seat, When, in_words
from rota.rules import (
    LEVELS,
    Gathering,
    Limit,
    Requirement,
    Rule,
    find_rules_under,
    read_bounds,
    say_finding,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule applied to one limit or gathering.

    `count` is the sum of a limit, or the complete occasions of a gathering. `weight` is the price
    of one unit of `gap`.
    """

    rule: Rule
    weight: int
    requirement: Requirement
    count: int
    gap: int

    @property
    def is_breach(self) -> bool:
        return self.gap > 0

    @property
    def cost(self) -> int:
        return self.weight * self.gap

    @property
    def about(self) -> str:
        return self.requirement.about

    @property
    def when(self) -> When:
        return self.requirement.when

    @property
    def subject(self) -> tuple[str, str, When]:
        """What the findings of one limit or gathering have in common, whatever the rota is."""
        return self.rule.key, self.about, self.when

    @property
    def least(self) -> int | None:
        return read_bounds(self.requirement)[0]

    @property
    def most(self) -> int | None:
        return read_bounds(self.requirement)[1]

    @property
    def says(self) -> str:
        return say_finding(self.rule, self.requirement, self.count, self.gap)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A way in which a rota has not the shape of one: a seat (its site blank for none), and why."""

    seat: Seat
    says: str


@dataclass(frozen=True)
class Judgement:
    """What the checker has to say of a rota."""

    misfits: tuple[Misfit, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def breaches(self) -> tuple[Finding, ...]:
        return tuple([finding for finding in self.findings if finding.gap > 0])

    def list_breaches_added_to(self, before: Judgement) -> tuple[Finding, ...]:
        """The breaches that cost more than their subject did in the judgement before."""
        costs_before: Counter[object] = Counter()
        costs_now: Counter[object] = Counter()
        for costs, judgement in ((costs_before, before), (costs_now, self)):
            for breach in judgement.breaches:
                costs[breach.subject] += breach.cost
        return tuple(b for b in self.breaches if costs_now[b.subject] > costs_before[b.subject])

    @cached_property
    def costs(self) -> Mapping[str, int]:
        """The cost of every level, in their order."""
        costs = dict.fromkeys(LEVELS, 0)
        for finding in self.breaches:
            costs[finding.rule.level] += finding.cost
        return costs


def judge(problem: Problem, rota: Rota) -> Judgement:
    """Judge the rota by its shape and by every rule that the policy does not switch off."""
    return Judgement(find_misfits(problem, rota), tuple(_find_findings(problem, rota)))


def find_misfits(problem: Problem, rota: Rota) -> tuple[Misfit, ...]:
    """The ways in which the rota has not the shape of one."""
    return tuple(_find_misfits(problem, rota))


def count(requirement: Requirement, seats: Set[Seat]) -> tuple[int, int]:
    """What is counted of a limit or gathering when these seats are taken, and its gap."""
    if isinstance(requirement, Limit):
        return _count_limit(requirement, seats)
    return _count_gathering(requirement, seats)


def _count_limit(limit: Limit, seats: Set[Seat]) -> tuple[int, int]:
    total = sum(term.coefficient for term in limit.terms if term.seat in seats)
    below = 0 if limit.least is None else limit.least - total
    above = 0 if limit.most is None else total - limit.most
    return total, max(below, above, 0)


def _count_gathering(gathering: Gathering, seats: Set[Seat]) -> tuple[int, int]:
    absences = sorted(
        sum(seat not in seats for seat in occasion) for occasion in gathering.occasions
    )
    return absences.count(0), sum(absences[: gathering.times])


def _find_findings(problem: Problem, rota: Rota) -> Iterator[Finding]:
    for rule, weight in find_rules_under(problem):
        for requirement in rule.asks(problem):
            total, gap = count(requirement, rota.seats)
            yield Finding(rule, weight * requirement.strength, requirement, total, gap)


def _find_misfits(problem: Problem, rota: Rota) -> Iterator[Misfit]:
    sites: dict[tuple[str, date], list[str]] = defaultdict(list)
    for seat in rota:
        sites[seat.staff_no, seat.date].append(seat.site)
        reason = _explain_misfit(problem, seat)
        if reason:
            yield Misfit(seat, reason)
    for (staff_no, day), allowed in problem.allowed_sites.items():
        seated_at = sites[staff_no, day]
        beginning = f"{problem.officers[staff_no]} has"
        if not seated_at:
            sentence = f"{beginning} no seat {in_words(day)}; allowed: {', '.join(allowed)}."
            yield Misfit(Seat(staff_no, day, ""), sentence)
        if len(seated_at) > 1:
            sentence = (
                f"{beginning} {len(seated_at)} seats {in_words(day)}: {', '.join(seated_at)}."
            )
            yield Misfit(Seat(staff_no, day, seated_at[-1]), sentence)


def _explain_misfit(problem: Problem, seat: Seat) -> str | None:
    """Why the officer may not have the seat, if that is so."""
    officer = problem.officers.get(seat.staff_no)
    if officer is None:
        return f"{seat.staff_no} is not an officer here; seat {in_words(seat.date)}."
    if seat.site not in problem.sites:
        return f"{seat.site} is not a site here; seat of {officer} {in_words(seat.date)}."
    allowed = problem.allowed_sites.get((seat.staff_no, seat.date))
    if seat.date not in problem.period:
        return f"A seat of {officer} {in_words(seat.date)} lies outside the period."
    if allowed is None:
        return f"{officer} does not work {in_words(seat.date)}, yet is at {seat.site}."
    if seat.site not in allowed:
        use = f"{officer} may not use {seat.site} {in_words(seat.date)}"
        return f"{use}; allowed: {', '.join(allowed)}."
    return None
