"""Judges any rota by the rules, knowing nothing of how it was made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rota.domain import (
    HALVES,
    HalfDay,
    OfficerDay,
    Problem,
    Rota,
    Seat,
    When,
    count_days,
    drop_point,
    in_words,
    list_halves,
    name_part,
    without_halves,
)
from rota.rules import (
    LEVELS,
    Gathering,
    Limit,
    Requirement,
    Rule,
    Safeguard,
    find_requirements,
    read_bounds,
    say_finding,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule applied to one limit, gathering or safeguard.

    `count` is the sum of a limit in people or days, the days of a gathering's complete occasions,
    or the helpers of a safeguard. `gap` is in days, also of people: one who lacks for half
    a day is half of one. `weight` is its price a day. All but the weight are whole numbers or
    whole and a half.
    """

    rule: Rule
    weight: int
    requirement: Requirement
    count: float
    gap: float

    @property
    def is_breach(self) -> bool:
        return self.gap > 0

    @property
    def cost(self) -> float:
        return drop_point(self.weight * self.gap)

    @property
    def about(self) -> str:
        return self.requirement.about

    @property
    def when(self) -> When:
        return self.requirement.when

    @property
    def subject(self) -> tuple[str, str, When]:
        """What the findings of one requirement have in common, whatever the rota is."""
        return self.rule.key, self.about, self.when

    @property
    def least(self) -> float | None:
        return read_bounds(self.requirement)[0]

    @property
    def most(self) -> float | None:
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
        costs_before, costs_now = before._costs_by_subject, self._costs_by_subject
        return tuple(
            breach
            for breach in self.breaches
            if any(costs_now[key] > costs_before.get(key, 0) for key in _list_subjects(breach))
        )

    @cached_property
    def _costs_by_subject(self) -> Mapping[object, float]:
        """What the breaches cost, those of a date shared out between its halves."""
        costs: dict[object, float] = defaultdict(float)
        for breach in self.breaches:
            subjects = _list_subjects(breach)
            for subject in subjects:
                costs[subject] += breach.cost / len(subjects)
        return costs

    @cached_property
    def costs(self) -> Mapping[str, float]:
        """The cost of every level, in their order."""
        costs: dict[str, float] = dict.fromkeys(LEVELS, 0)
        for finding in self.breaches:
            costs[finding.rule.level] += finding.cost
        return {level: drop_point(cost) for level, cost in costs.items()}


def _list_subjects(finding: Finding) -> Sequence[object]:
    """The subject of the finding, or of each half of the date that it speaks of."""
    key, about, when = finding.subject
    if isinstance(when, date):
        return [(key, about, HalfDay(when, half)) for half in HALVES]
    return [(key, about, when)]


def judge(problem: Problem, rota: Rota) -> Judgement:
    """Judge the rota by its shape and by every rule that the policy does not switch off."""
    return Judgement(find_misfits(problem, rota), tuple(_find_findings(problem, rota)))


def find_misfits(problem: Problem, rota: Rota) -> tuple[Misfit, ...]:
    """The ways in which the rota has not the shape of one."""
    return tuple(_find_misfits(problem, rota))


def count(requirement: Requirement, seats: Set[Seat]) -> tuple[float, float]:
    """What a finding counts of a requirement when these seats are taken, and its gap."""
    if isinstance(requirement, Limit):
        return _count_limit(requirement, seats)
    if isinstance(requirement, Safeguard):
        return _count_safeguard(requirement, seats)
    return _count_gathering(requirement, seats)


def _count_limit(limit: Limit, seats: Set[Seat]) -> tuple[float, float]:
    total = limit.before + sum(term.coefficient for term in limit.terms if term.seat in seats)
    below = 0 if limit.least is None else limit.least - total
    above = 0 if limit.most is None else total - limit.most
    gap = count_days(limit.halves * max(below, above, 0))
    return count_days(total) if limit.counts_half_days else total, gap


def _count_gathering(gathering: Gathering, seats: Set[Seat]) -> tuple[float, float]:
    absences = sorted(
        sum(seats.isdisjoint(attendance) for attendance in occasion)
        for occasion in gathering.occasions
    )
    return (
        count_days(gathering.halves_of_occasion * absences.count(0)),
        count_days(gathering.halves * sum(absences[: gathering.times])),
    )


def _count_safeguard(safeguard: Safeguard, seats: Set[Seat]) -> tuple[float, float]:
    total = sum(seat in seats for seat in safeguard.helpers)
    is_empty = seats.isdisjoint(safeguard.there)
    missing = 0 if is_empty else max(safeguard.least - total, 0)
    return total, count_days(safeguard.halves * missing)


def _find_findings(problem: Problem, rota: Rota) -> Iterator[Finding]:
    for rule, weight, requirement in find_requirements(problem):
        total, gap = count(requirement, rota.seats)
        yield Finding(rule, weight, requirement, total, gap)


def _find_misfits(problem: Problem, rota: Rota) -> Iterator[Misfit]:
    seats_taken: dict[OfficerDay, list[Seat]] = defaultdict(list)
    for seat in rota:
        seats_taken[seat.officer_day].append(seat)
        reason = _explain_misfit(problem, seat)
        if reason:
            yield Misfit(seat, reason)
    for officer_day, options in problem.day_options.items():
        seats = seats_taken[officer_day]
        if not any(option.seats == tuple(seats) for option in options):
            yield from _find_misfits_of_day(problem, officer_day, seats)


def _find_misfits_of_day(
    problem: Problem, officer_day: OfficerDay, seats: Sequence[Seat]
) -> Iterator[Misfit]:
    """What is wrong with the seats of a day that are no way to spend it, beside each by itself."""
    staff_no, day = officer_day
    part_worked = problem.parts_planned[officer_day]
    beginning = f"{problem.officers[staff_no]} has"
    sites = ", ".join(seat.site for seat in seats)
    of_halves = {
        half: sum(seat.has_half(half) for seat in seats) for half in list_halves(part_worked)
    }
    free = without_halves(part_worked, (half for half, number in of_halves.items() if number))
    if free is not None and (officer_day in problem.parts_worked or not seats):
        when = in_words(name_part(day, "" if free == part_worked else free))
        allowed = ", ".join(problem.allowed_sites[officer_day])
        sentence = f"{beginning} no seat {when}; allowed: {allowed}."
        yield Misfit(Seat(staff_no, day, "", free), sentence)
    elif max(of_halves.values()) > 1:
        sentence = f"{beginning} {len(seats)} seats {in_words(day)}: {sites}."
        yield Misfit(seats[-1], sentence)
    elif all(problem.may_take(seat) for seat in seats):
        sentence = f"{beginning} two sites {in_words(day)}, {sites}, and neither takes half a day."
        if len(seats) == 1:
            sentence = f"{beginning} half of a duty that takes all day {in_words(day)}: {sites}."
        yield Misfit(seats[-1], sentence)


def _explain_misfit(problem: Problem, seat: Seat) -> str | None:
    """Why the officer may not have the seat, if that is so."""
    officer = problem.officers.get(seat.staff_no)
    when = in_words(name_part(seat.date, seat.part))
    if officer is None:
        return f"{seat.staff_no} is not an officer here; seat {when}."
    if seat.site not in problem.sites:
        return f"{seat.site} is not a site here; seat of {officer} {when}."
    if seat.date not in problem.period:
        return f"A seat of {officer} {when} lies outside the period."
    if seat.date in problem.extra_days and seat.officer_day not in problem.parts_offered:
        return f"{officer} is not to be asked for extra days {when}, yet is at {seat.site}."
    worked = problem.parts_planned.get(seat.officer_day)
    free = seat.part if worked is None else without_halves(seat.part, list_halves(worked))
    if free is not None:
        free_time = in_words(name_part(seat.date, free))
        return f"{officer} does not work {free_time}, yet is at {seat.site}."
    if not problem.may_take(seat):
        allowed = ", ".join(problem.allowed_sites[seat.officer_day])
        return f"{officer} may not use {seat.site} {when}; allowed: {allowed}."
    return None
