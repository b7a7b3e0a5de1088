"""A manager is in."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from rota.domain import HALVES_A_DAY, OFFICE, HalfDay, Officer, Problem, list_halves
from rota.rules.rule import Audience, Limit, Rule, count_each_once, split_terms


def managers_in(problem: Problem) -> Iterator[Limit]:
    least = problem.policy.managers_in
    if not least:
        return
    based: dict[str, list[Officer]] = defaultdict(list)
    for officer in problem.unit.officers:
        based[officer.base].append(officer)
    for office, officers in based.items():
        managers = [officer for officer in officers if officer.is_manager]
        if not managers or problem.sites[office].kind != OFFICE:
            continue
        worked: dict[date, set[str]] = defaultdict(set)
        for officer in officers:
            for day in problem.working_days[officer.staff_no]:
                worked[day].update(list_halves(problem.parts_worked[officer.staff_no, day]))
        for day, halves in sorted(worked.items()):
            seats = count_each_once(
                seat for manager in managers for seat in problem.find_seats(manager, day, office)
            )
            for when, there in split_terms(day, seats, always=len(halves) < HALVES_A_DAY):
                if not isinstance(when, HalfDay) or when.half in halves:
                    yield Limit(office, when, there, least=least)


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
