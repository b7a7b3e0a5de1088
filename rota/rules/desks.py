"""Nobody comes to an office without a desk."""

from collections.abc import Iterator

from rota.domain import Problem
from rota.rules.rule import Audience, Limit, Rule, count_each_once


def desks(problem: Problem) -> Iterator[Limit]:
    for (site, day), seats in problem.seats_at.items():
        most = problem.count_desks(site, day)
        if most is not None:
            yield Limit(site, day, count_each_once(seats), most=most)


DESKS = Rule(
    key="desks",
    level="limit",
    weight=1,
    sentence="No site has more officers on a date than desks; a closure replaces their number.",
    finding="{count:officer} for {most:desk} at {about} {when}.",
    audience=Audience.EVERYBODY,
    is_broken_by_leave=False,
    asks=desks,
)
