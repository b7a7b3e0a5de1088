"""From a problem's limits and gatherings to a model: one function for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from rota.domain import Problem, Seat
from rota.rules import Gathering, Limit, Term, find_rules_under
from solver.model import Choice, Model, Occasion
from solver.tightening import tighten


def build_model(problem: Problem) -> Model:
    """The model whose solutions are the problem's rotas, at the costs that the rules ask."""
    builder = _ModelBuilder(problem)
    for rule, weight in find_rules_under(problem):
        for requirement in rule.asks(problem):
            add = builder.add_limit if isinstance(requirement, Limit) else builder.add_gathering
            add(requirement, rule.level, weight * requirement.strength)  # type: ignore[arg-type]
    tighten(builder.model)
    return builder.model


class _ModelBuilder:
    """A model in the making, and what each seat is in it."""

    def __init__(self, problem: Problem) -> None:
        days = [
            tuple(seats)
            for _, seats in groupby(problem.seats, key=lambda seat: (seat.staff_no, seat.date))
        ]
        free = tuple(seat for day in days if len(day) > 1 for seat in day)
        settled = frozenset(day[0] for day in days if len(day) == 1)
        self.model = Model(free, settled, upper=[1] * len(free))
        self._variables: Mapping[Seat, int] = {seat: index for index, seat in enumerate(free)}
        for day in days:
            if len(day) > 1:
                self.model.add_row(((self._variables[seat], 1) for seat in day), least=1, most=1)

    def add_limit(self, limit: Limit, level: str, price: int) -> None:
        """Add one limit, with a gap for what it lacks and one for what it has too much."""
        terms, constant = self._split(limit.terms)
        highest = sum(coefficient for _, coefficient in terms if coefficient > 0)
        lowest = sum(coefficient for _, coefficient in terms if coefficient < 0)
        if limit.least is not None:
            least = limit.least - constant
            self._add_bound(terms, level, price, unavoidable=least - highest, up_to=least - lowest)
        if limit.most is not None:
            most = limit.most - constant
            turned = [(variable, -coefficient) for variable, coefficient in terms]
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
        occasions = [self._split(Term(1, seat) for seat in seats) for seats in gathering.occasions]
        away = [
            len(seats) - len(terms) - present
            for seats, (terms, present) in zip(gathering.occasions, occasions, strict=True)
        ]
        always = min(away)
        self.model.unavoidable[level] += price * gathering.times * always
        added_occasions = tuple(
            self._add_occasion([seat for seat, _ in terms], absent - always, level, price)
            for (terms, _), absent in zip(occasions, away, strict=True)
        )
        chosen_variables = ((occasion.variable, 1) for occasion in added_occasions)
        self.model.add_row(chosen_variables, least=gathering.times, most=gathering.times)
        self.model.choices.append(Choice(level, gathering.times, added_occasions))

    def _add_occasion(self, seats: list[int], away: int, level: str, price: int) -> Occasion:
        chosen_variable = self.model.add_variable()
        if away:
            self.model.charge(level, chosen_variable, price * away)
        misses = tuple((seat, self.model.add_variable()) for seat in seats)
        for seat, miss in misses:
            self.model.charge(level, miss, price)
            self.model.add_row([(seat, 1), (miss, 1), (chosen_variable, -1)], least=0)
        return Occasion(chosen_variable, away, misses)

    def _split(self, terms: Iterable[Term]) -> tuple[list[tuple[int, int]], int]:
        """The terms over free seats, and what settled seats add up to. Other seats count 0."""
        free, constant = [], 0
        for coefficient, seat in terms:
            variable = self._variables.get(seat)
            if variable is not None:
                free.append((variable, coefficient))
            elif seat in self.model.settled:
                constant += coefficient
        return free, constant
