"""A manager is in."""

from collections import defaultdict
from collections.abc import Iterator

from rota.domain import OFFICE, Officer, Problem, Seat
from rota.rules.rule import Audience, Limit, Rule, count_each_once


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
        working = {day for officer in officers for day in problem.working_days[officer.staff_no]}
        for day in sorted(working):
            seats = (
                Seat(manager.staff_no, day, office)
                for manager in managers
                if problem.may_use(manager, day, office)
            )
            yield Limit(office, day, count_each_once(seats), least=least)


MANAGERS_IN = Rule(
    key="managers-in",
    level="policy",
    weight=3,
    sentence=(
        "At least `managers_in` of the managers based at an office are in on each date on which "
        "anyone based there works; offices with no manager are left out."
    ),
    finding="{count:manager} in at {about} {when}; {asked} asked.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=True,
    asks=managers_in,
)
