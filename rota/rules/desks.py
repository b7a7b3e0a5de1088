"""Nobody comes to an office without a desk."""

from collections.abc import Iterator

from rota.domain import AM, HalfDay, Problem, list_halves
from rota.rules.rule import Audience, Limit, Rule, count_each_once, split_terms


def desks(problem: Problem) -> Iterator[Limit]:
    replaced = {
        (closure.site, HalfDay(closure.date, half)): closure.desks
        for closure in problem.unit.closures
        for half in list_halves(closure.part)
    }
    partly = {(closure.site, closure.date) for closure in problem.unit.closures if closure.part}
    for (site, day), seats in problem.seats_at.items():
        usual = problem.sites[site].desks
        terms = count_each_once(seats)
        for when, there in split_terms(day, terms, always=(site, day) in partly):
            half_day = when if isinstance(when, HalfDay) else HalfDay(day, AM)
            most = replaced.get((site, half_day), usual)
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
