"""From what is asked of a problem's rotas to a model: one function for each kind of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rota.domain import Problem, Seat
from rota.rules import (
    Attendances,
    Gathering,
    Limit,
    Requirement,
    Safeguard,
    Term,
    find_requirements,
)
from solver.half_days import find_days
from solver.model import Choice, Guard, Miss, Model, Occasion
from solver.tightening import tighten


def build_model(problem: Problem) -> Model:
    """The model whose solutions are the problem's rotas, at the costs that the rules ask."""
    builder = _ModelBuilder(problem)
    for rule, weight, requirement in find_requirements(problem):
        builder.add(requirement, rule.level, weight)
    builder.model.count_in_days_if_whole()
    tighten(builder.model)
    return builder.model


class _ModelBuilder:
    """A model in the making, and what each seat is in it."""

    def __init__(self, problem: Problem) -> None:
        days = problem.day_options.values()
        free = tuple(option for options in days if len(options) > 1 for option in options)
        settled = (seat for options in days if len(options) == 1 for seat in options[0].seats)
        self.model = Model(free, frozenset(settled), upper=[1] * len(free))
        self._variables: dict[Seat, list[int]] = {}
        for variable, option in enumerate(free):
            for seat in option.seats:
                self._variables.setdefault(seat, []).append(variable)
        first = 0
        for options in days:
            if len(options) > 1:
                ways = range(first, first + len(options))
                self.model.add_row(((variable, 1) for variable in ways), least=1, most=1)
                first = ways.stop

    def add(self, requirement: Requirement, level: str, price: int) -> None:
        match requirement:
            case Limit():
                self.add_limit(requirement, level, price)
            case Gathering():
                self.add_gathering(requirement, level, price)
            case Safeguard():
                self.add_safeguard(requirement, level, price)

    def add_limit(self, limit: Limit, level: str, price: int) -> None:
        """Add one limit, with a gap for what it lacks and one for what it has too much."""
        terms, constant = self._split(limit.terms)
        constant += limit.before
        price *= limit.halves
        least = None if limit.least is None else limit.least - constant
        most = None if limit.most is None else limit.most - constant
        if limit.counts_half_days and _are_even([least or 0, most or 0, *terms.values()]):
            terms = {variable: coefficient // 2 for variable, coefficient in terms.items()}
            least, most = _halve(least), _halve(most)
            price *= 2
        highest = sum(coefficient for coefficient in terms.values() if coefficient > 0)
        lowest = sum(coefficient for coefficient in terms.values() if coefficient < 0)
        if least is not None:
            pairs = list(terms.items())
            self._add_bound(pairs, level, price, unavoidable=least - highest, up_to=least - lowest)
        if most is not None:
            turned = [(variable, -coefficient) for variable, coefficient in terms.items()]
            self._add_bound(turned, level, price, unavoidable=lowest - most, up_to=highest - most)

    def _add_bound(
        self,
        terms: list[tuple[int, int]],
        level: str,
        price: int,
        *,
        unavoidable: int,
        up_to: int,
    ) -> None:
        """Add that the terms reach a sum which they can miss by at least and at most so much."""
        always = max(unavoidable, 0)
        self.model.unavoidable[level] += price * always
        if up_to <= always:
            return
        lowest = sum(coefficient for _, coefficient in terms if coefficient < 0)
        most = up_to - always
        gap = self.model.add_gap(terms, least=lowest + most, upper=most)
        self.model.charge(level, gap, price)

    def add_gathering(self, gathering: Gathering, level: str, price: int) -> None:
        """Add one gathering: so many occasions are chosen, and each absence has a price."""
        price *= gathering.halves
        occasions = [self._find_absences(occasion) for occasion in gathering.occasions]
        always = min(away for _, away in occasions)
        self.model.unavoidable[level] += price * gathering.times * always
        added_occasions = tuple(
            self._add_occasion(absences, away - always, level, price)
            for absences, away in occasions
        )
        chosen_variables = ((occasion.variable, 1) for occasion in added_occasions)
        self.model.add_row(chosen_variables, least=gathering.times, most=gathering.times)
        choice = Choice(level, gathering.times, added_occasions)
        self.model.choices.append(find_days(self.model, choice))

    def add_safeguard(self, safeguard: Safeguard, level: str, price: int) -> None:
        """Add one safeguard, which is a limit where somebody is there whatever happens."""
        if not self.model.settled.isdisjoint(safeguard.there):
            terms = tuple(Term(1, seat) for seat in safeguard.helpers)
            limit = Limit(safeguard.about, safeguard.when, terms, least=safeguard.least)
            self.add_limit(limit, level, price)
            return
        helpers = self._list_options(safeguard.helpers)
        there = self._list_options(safeguard.there)
        askers = there - helpers if safeguard.least == 1 else there  # A helper is enough then.
        if not askers:
            return
        gap = self.model.add_variable(safeguard.least - (there == helpers))
        self.model.charge(level, gap, price * safeguard.halves)
        guard = Guard(self.model.add_variable(), gap, askers, helpers, safeguard.least)
        self.model.guards.append(guard)
        by_officer: dict[str, list[int]] = {}
        for option in sorted(askers):
            by_officer.setdefault(self.model.free[option].staff_no, []).append(option)
        for options in by_officer.values():
            self.model.add_row([(guard.variable, 1), *((o, -1) for o in options)], least=0)
        enough = [*((option, 1) for option in sorted(helpers)), (gap, 1)]
        self.model.add_row([*enough, (guard.variable, -guard.least)], least=0)

    def _list_options(self, seats: Iterable[Seat]) -> frozenset[int]:
        """The free options that have one of the seats."""
        return frozenset(option for seat in seats for option in self._variables.get(seat, ()))

    def _find_absences(self, attendances: Attendances) -> tuple[Counter[tuple[int, ...]], int]:
        """How often each choice of options makes an attendance, and how many nothing can make."""
        needed: Counter[tuple[int, ...]] = Counter()
        away = 0
        for attendance in attendances:
            if not self.model.settled.isdisjoint(attendance):
                continue
            variables = tuple(
                variable for seat in attendance for variable in self._variables.get(seat, ())
            )
            if variables:
                needed[variables] += 1
            else:
                away += 1
        return needed, away

    def _add_occasion(
        self, needed: Counter[tuple[int, ...]], away: int, level: str, price: int
    ) -> Occasion:
        chosen_variable = self.model.add_variable()
        if away:
            self.model.charge(level, chosen_variable, price * away)
        misses = tuple(
            Miss(options, self.model.add_variable(), times) for options, times in needed.items()
        )
        for miss in misses:
            self.model.charge(level, miss.variable, price * miss.times)
            present = ((option, 1) for option in miss.options)
            self.model.add_row([*present, (miss.variable, 1), (chosen_variable, -1)], least=0)
        return Occasion(chosen_variable, away, misses)

    def _split(self, terms: Iterable[Term]) -> tuple[dict[int, int], int]:
        """The coefficients of free options, and what settled seats add up to.

        Other seats count 0.
        """
        free: dict[int, int] = {}
        constant = 0
        for coefficient, seat in terms:
            variables = self._variables.get(seat)
            if variables is not None:
                for variable in variables:
                    free[variable] = free.get(variable, 0) + coefficient
            elif seat in self.model.settled:
                constant += coefficient
        return free, constant


def _are_even(numbers: Iterable[int]) -> bool:
    return all(number % 2 == 0 for number in numbers)


def _halve(number: int | None) -> int | None:
    return None if number is None else number // 2
