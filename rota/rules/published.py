"""What staff have been told, and what people moved by hand, is not changed without need."""

from collections.abc import Iterator
from itertools import chain

from rota.domain import Problem, Seat, join_halves, list_halves
from rota.rules.requirement import Limit
from rota.rules.rule import Audience, Rule, limit_to_site


def keep_notice(problem: Problem) -> Iterator[Limit]:
    for officer_day, published_seats in problem.published.items():
        if officer_day[1] in problem.notice and officer_day not in problem.by_hand:
            for published in published_seats:
                yield _keep_seat(problem, published.seat)
    for seat in chain.from_iterable(problem.by_hand.values()):
        if seat.date in problem.notice:
            yield _keep_seat_moved_by_hand(problem, seat)


def keep_published(problem: Problem) -> Iterator[Limit]:
    for officer_day, published_seats in problem.published.items():
        day = officer_day[1]
        if day <= problem.fixed_until or day in problem.notice or officer_day in problem.by_hand:
            continue
        for published in published_seats:
            usable_part = _find_usable_part(problem, published.seat)
            if usable_part is not None:
                yield _keep_seat(problem, published.seat._replace(part=usable_part))
    for seat in chain.from_iterable(problem.by_hand.values()):
        if seat.date not in problem.notice:
            yield _keep_seat_moved_by_hand(problem, seat)


def _find_usable_part(problem: Problem, seat: Seat) -> str | None:
    """The part of the seat's time in which the officer may be at its site, if there is any."""
    seats = problem.find_seats(problem.officers[seat.staff_no], seat.date, seat.site)
    return join_halves(
        half for half in list_halves(seat.part) if any(s.has_half(half) for s in seats)
    )


def _keep_seat(problem: Problem, seat: Seat) -> Limit:
    return limit_to_site(problem, f"{problem.officers[seat.staff_no]} at {seat.site}", seat)


def _keep_seat_moved_by_hand(problem: Problem, seat: Seat) -> Limit:
    about = f"{problem.officers[seat.staff_no]}, moved by hand to {seat.site},"
    return limit_to_site(problem, about, seat)


KEEP_NOTICE = Rule(
    key="keep-notice",
    level="notice",
    weight=1,
    sentence=(
        "A published seat within the next `notice_days` planning days after today, or on an extra "
        "day between, is kept; when planning anew, one moved by hand in the draft stands in its "
        "place."
    ),
    finding="The published seat of {about} {when}, at short notice, is {kept}.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=keep_notice,
)

KEEP_PUBLISHED = Rule(
    key="keep-published",
    level="stability",
    weight=1,
    sentence=(
        "Every other published seat after today that can still be used is kept, and so is "
        "every other one moved by hand in the draft, in place of the published one."
    ),
    finding="The published seat of {about} {when} is {kept}.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=keep_published,
)

KEEPING_RULES = (KEEP_NOTICE, KEEP_PUBLISHED)
"""What they find of a change to a published seat is the change itself."""
