"""People get the days they asked for."""

from collections.abc import Iterator
from datetime import date

from rota.domain import Problem, Seat
from rota.rules.rule import Audience, Limit, Rule, count_each_once


def requests(problem: Problem) -> Iterator[Limit]:
    strongest: dict[tuple[str, date, str], int] = {}
    for request in problem.unit.requests:
        for day in problem.working_days[request.staff_no]:
            if request.asks_for(day):
                wish = (request.staff_no, day, request.wants)
                strongest[wish] = max(request.strength, strongest.get(wish, 0))
    for (staff_no, day, kind), strength in strongest.items():
        seats = (
            Seat(staff_no, day, site)
            for site in problem.allowed_sites[staff_no, day]
            if problem.sites[site].kind == kind
        )
        about = f"{problem.officers[staff_no]} for {kind}"
        yield Limit(
            about, day, count_each_once(seats), least=1, strength=strength, staff_no=staff_no
        )


REQUESTS = Rule(
    key="requests",
    level="people",
    weight=1,
    sentence=(
        "An officer who asks for a kind of site on a date gets it; a miss counts as much as the "
        "request is strong, and of two alike the stronger counts."
    ),
    finding="The request of {about} {when} is {kept}.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=requests,
)
