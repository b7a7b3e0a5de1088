"""A manager is in."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import NamedTuple

from rota.domain import HALVES_A_DAY, OFFICE, HalfDay, Officer, Problem, list_halves
from rota.rules.requirement import Limit
from rota.rules.rule import Audience, Rule, count_each_once, split_terms


def managers_in(problem: Problem) -> Iterator[Limit]:
    if not any(policy.managers_in for policy in problem.policies):
        return
    for office, days in _group_by_office(problem).items():
        for day, based_there in sorted(days.items()):
            least = problem.policy_on(day).managers_in
            managers, halves = based_there
            if not (least and managers and halves):
                continue
            seats = count_each_once(
                seat for manager in managers for seat in problem.find_seats(manager, day, office)
            )
            for when, there in split_terms(day, seats, always=len(halves) < HALVES_A_DAY):
                if not isinstance(when, HalfDay) or when.half in halves:
                    yield Limit(office, when, there, least=least)


class _BasedThere(NamedTuple):
    """The managers based at an office on a day, and the halves that anyone based there works."""

    managers: list[Officer]
    halves: set[str]


def _group_by_office(problem: Problem) -> Mapping[str, Mapping[date, _BasedThere]]:
    """Those based at each office on each planning day."""
    based: dict[str, dict[date, _BasedThere]] = defaultdict(dict)
    for officer_day in product(problem.officers, problem.dates):
        day, officer = officer_day[1], problem.officer_on(*officer_day)
        if problem.is_here(*officer_day) and problem.sites[officer.base].kind == OFFICE:
            there = based[officer.base].setdefault(day, _BasedThere([], set()))
            if officer.is_manager:
                there.managers.append(officer)
            if (part := problem.parts_worked.get(officer_day)) is not None:
                there.halves.update(list_halves(part))
    return based


MANAGERS_IN = Rule(
    key="managers-in",
    level="policy",
    weight=3,
    sentence=(
        "At least `managers_in` of the managers based at an office are in, in each half of a day "
        "in which anyone based there works; offices with no manager are left out."
    ),
    finding="{count:manager} in at {about} {when}; {asked} asked.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=True,
    asks=managers_in,
)
