"""People get the days they asked for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from rota.domain import (
    AM,
    HALVES_A_DAY,
    WHOLE_DAY,
    Problem,
    common_part,
    count_halves,
    list_halves,
    name_part,
)
from rota.rules.requirement import Limit
from rota.rules.rule import Audience, Rule, count_half_days


def requests(problem: Problem) -> Iterator[Limit]:
    for (staff_no, day, kind), wish in _find_strongest(problem).items():
        seats = [
            seat
            for seat in problem.seats_of[staff_no, day]
            if problem.sites[seat.site].kind == kind
        ]
        about = f"{problem.officers[staff_no]} for {kind}"
        for part, strength in _join_alike(wish):
            yield Limit(
                about,
                name_part(day, part),
                count_half_days(seats, part),
                least=count_halves(part),
                strength=strength,
                counts_half_days=True,
                staff_no=staff_no,
            )


Wish = Mapping[str, int]
"""How strongly something is wished for in each half of a day."""


def _find_strongest(problem: Problem) -> Mapping[tuple[str, date, str], Wish]:
    """The strongest request of each officer for a kind of site in each half that they work."""
    strongest: dict[tuple[str, date, str], dict[str, int]] = defaultdict(dict)
    for request in problem.unit.requests:
        for day in problem.working_days[request.staff_no]:
            part = problem.parts_worked[request.staff_no, day]
            part_asked = common_part(request.part, part) if request.asks_for(day) else None
            if part_asked is not None:
                wish = strongest[request.staff_no, day, request.wants]
                for half in list_halves(part_asked):
                    wish[half] = max(request.strength, wish.get(half, 0))
    return strongest


def _join_alike(wish: Wish) -> Iterator[tuple[str, int]]:
    """The parts of the day that are wished for alike, with the strength."""
    if len(wish) == HALVES_A_DAY and len(set(wish.values())) == 1:
        yield WHOLE_DAY, wish[AM]
    else:
        yield from sorted(wish.items())


REQUESTS = Rule(
    key="requests",
    level="people",
    weight=1,
    sentence=(
        "An officer who asks for a kind of site on a date, or for half of one, gets it; a miss "
        "counts as much as the request is strong, and of two alike the stronger counts."
    ),
    finding="The request of {about} {when} is {kept}.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=requests,
)
