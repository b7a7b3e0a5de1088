"""Nobody comes to an office without a desk."""

from collections.abc import Iterator

from rota.domain import AM, HALVES, HalfDay, Problem
from rota.rules.requirement import Limit
from rota.rules.rule import Audience, Rule, count_each_once, split_terms


def desks(problem: Problem) -> Iterator[Limit]:
    for (site, day), seats in problem.seats_at.items():
        desks_by_half = {half: problem.count_desks(site, HalfDay(day, half)) for half in HALVES}
        terms = count_each_once(seats)
        for when, there in split_terms(day, terms, always=len({*desks_by_half.values()}) > 1):
            most = desks_by_half[when.half if isinstance(when, HalfDay) else AM]
            if most is not None:
                yield Limit(site, when, there, most=most)


DESKS = Rule(
    key="desks",
    level="limit",
    weight=1,
    sentence=(
        "No site has more officers than desks in any half of a day; a closure replaces their "
        "number."
    ),
    finding="{count:officer} for {most:desk} at {about} {when}.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=False,
    asks=desks,
)
