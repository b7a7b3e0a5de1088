"""What moving seats does to the findings of a rota, counted only where the seats are named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from rota.checker import Finding, Judgement, Misfit, count, find_misfits
from rota.domain import Problem, Rota, Seat, drop_point
from rota.rules import LEVELS, find_named_seats, find_requirements


@dataclass(frozen=True, slots=True)
class Effect:
    """One finding that would change."""

    before: Finding
    after: Finding

    @property
    def level(self) -> str:
        return self.before.rule.level

    @property
    def cost(self) -> float:
        """How much dearer the finding would be; less than 0 if it would be cheaper."""
        return drop_point(self.after.cost - self.before.cost)

    @property
    def worsens(self) -> bool:
        return self.cost > 0


class Effects:
    """Everything asked of a rota, with an index from seats to those naming them.

    Each has an index: its position among the findings of a judgement.
    """

    def __init__(self, problem: Problem, rota: Rota) -> None:
        self._problem = problem
        self._seats = rota.seats
        self._requirements = tuple(find_requirements(problem))
        self._indexes_by_seat: dict[Seat, list[int]] = defaultdict(list)
        for index, (_, _, requirement) in enumerate(self._requirements):
            for seat in find_named_seats(requirement):
                self._indexes_by_seat[seat].append(index)

    @property
    def problem(self) -> Problem:
        return self._problem

    @property
    def rota(self) -> Rota:
        return Rota(self._seats)

    @cached_property
    def judgement(self) -> Judgement:
        """What the checker has to say of the rota."""
        findings = (
            self.compute_finding(index, self._seats) for index in range(len(self._requirements))
        )
        return Judgement(find_misfits(self._problem, self.rota), tuple(findings))

    def build_after(
        self, *, seats_taken: Iterable[Seat] = (), seats_given_up: Iterable[Seat] = ()
    ) -> Effects:
        """The effects on the rota in which these seats are taken and those given up.

        It is judged by the difference alone, in a fraction of the time.
        """
        seats_taken, seats_given_up = frozenset(seats_taken), frozenset(seats_given_up)
        after = copy(self)
        after._seats = self.list_seats_after(seats_taken=seats_taken, seats_given_up=seats_given_up)
        findings = list(self.judgement.findings)
        for index in self._list_indexes(seats_taken | seats_given_up):
            findings[index] = self.compute_finding(index, after._seats)
        after.judgement = Judgement(
            self._misfits_after(after, seats_taken, seats_given_up), tuple(findings)
        )
        return after

    def find(
        self, *, seats_taken: Iterable[Seat] = (), seats_given_up: Iterable[Seat] = ()
    ) -> tuple[Effect, ...]:
        """Every finding that changes in count or gap if these seats were taken and those given up.

        The most important level comes first, then the greatest difference in cost; of two alike
        the one that worsens. A seat both seats_taken and given up is taken.
        """
        seats_taken, seats_given_up = frozenset(seats_taken), frozenset(seats_given_up)
        after = self.list_seats_after(seats_taken=seats_taken, seats_given_up=seats_given_up)
        return self.find_at(self._list_indexes(seats_taken | seats_given_up), after)

    def find_at(self, indexes: Iterable[int], seats: Set[Seat]) -> tuple[Effect, ...]:
        """The effects at these indexes alone, in the same order, if these were all the seats."""
        effects = (
            Effect(self.compute_finding(index, self._seats), self.compute_finding(index, seats))
            for index in sorted(indexes)
        )
        return tuple(sorted((e for e in effects if e.before != e.after), key=_rank_importance))

    def list_seats_after(
        self, *, seats_taken: Iterable[Seat] = (), seats_given_up: Iterable[Seat] = ()
    ) -> frozenset[Seat]:
        """The seats of the rota if these were taken and those given up."""
        return self._seats.difference(seats_given_up).union(seats_taken)

    def list_indexes_naming(self, seat: Seat) -> Sequence[int]:
        """The indexes of all that names the seat."""
        return self._indexes_by_seat.get(seat, ())

    def compute_finding(self, index: int, seats: Set[Seat]) -> Finding:
        """What the checker finds at the index when these seats are taken."""
        rule, weight, requirement = self._requirements[index]
        return Finding(rule, weight, requirement, *count(requirement, seats))

    def _list_indexes(self, seats: Iterable[Seat]) -> set[int]:
        return {index for seat in seats for index in self.list_indexes_naming(seat)}

    def _misfits_after(
        self, after: Effects, seats_taken: Set[Seat], seats_given_up: Set[Seat]
    ) -> tuple[Misfit, ...]:
        """A rota without misfits stays so if whole days are given up for others."""
        officer_days = sorted(seat.officer_day for seat in seats_taken)
        is_plain = (
            not self.judgement.misfits
            and seats_given_up <= self._seats
            and not any(seat.part for seat in (*seats_taken, *seats_given_up))
            and officer_days == sorted(seat.officer_day for seat in seats_given_up)
            and len(set(officer_days)) == len(officer_days)
            and all(self._problem.may_take(seat) for seat in seats_taken)
        )
        return () if is_plain else find_misfits(self._problem, after.rota)


def find_effects_between(before: Judgement, after: Judgement) -> tuple[Effect, ...]:
    """Every finding that differs between two judgements of rotas that are asked for other things.

    What is asked for in one of them alone counts as kept in the other.
    """
    before_by_subject, after_by_subject = _index_by_subject(before), _index_by_subject(after)
    pairs = (
        Effect(
            before_by_subject.get(key) or replace(after_by_subject[key], gap=0),
            after_by_subject.get(key) or replace(before_by_subject[key], gap=0),
        )
        for key in {**before_by_subject, **after_by_subject}
    )
    return tuple(sorted((e for e in pairs if e.before.gap != e.after.gap), key=_rank_importance))


def _index_by_subject(judgement: Judgement) -> Mapping[object, Finding]:
    """The findings by subject, and by a number where several have it."""
    times: Counter[object] = Counter()
    findings: dict[object, Finding] = {}
    for finding in judgement.findings:
        times[finding.subject] += 1
        findings[finding.subject, times[finding.subject]] = finding
    return findings


def sum_cost_differences(effects: Iterable[Effect]) -> Mapping[str, float]:
    """How much dearer every level would be, in their order; less than 0 if cheaper."""
    differences: dict[str, float] = dict.fromkeys(LEVELS, 0)
    for effect in effects:
        differences[effect.level] += effect.cost
    return {level: drop_point(difference) for level, difference in differences.items()}


def _rank_importance(effect: Effect) -> tuple[int, float, float]:
    return LEVELS.index(effect.level), -abs(effect.cost), -effect.cost
