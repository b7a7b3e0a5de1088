"""What staff have been told, and what people moved by hand, is not changed without need."""

from collections.abc import Iterator

from rota.domain import Problem, Seat
from rota.rules.rule import Audience, Limit, Rule, count_each_once


def keep_notice(problem: Problem) -> Iterator[Limit]:
    for place, published in problem.published.items():
        if published.date in problem.notice and place not in problem.by_hand:
            yield _keep_seat(problem, published.seat)
    for seat in problem.by_hand.values():
        if seat.date in problem.notice:
            yield _keep_seat_moved_by_hand(problem, seat)


def keep_published(problem: Problem) -> Iterator[Limit]:
    for place, published in problem.published.items():
        day = published.date
        if day <= problem.fixed_until or day in problem.notice or place in problem.by_hand:
            continue
        if published.site in problem.allowed_sites[place]:
            yield _keep_seat(problem, published.seat)
    for seat in problem.by_hand.values():
        if seat.date not in problem.notice:
            yield _keep_seat_moved_by_hand(problem, seat)


def _keep_seat(problem: Problem, seat: Seat) -> Limit:
    about = f"{problem.officers[seat.staff_no]} at {seat.site}"
    return Limit(about, seat.date, count_each_once([seat]), least=1)


def _keep_seat_moved_by_hand(problem: Problem, seat: Seat) -> Limit:
    about = f"{problem.officers[seat.staff_no]}, moved by hand to {seat.site},"
    return Limit(about, seat.date, count_each_once([seat]), least=1)


KEEP_NOTICE = Rule(
    key="keep-notice",
    level="notice",
    weight=1,
    sentence=(
        "A published seat within the next `notice_days` planning days after today is kept; "
        "when planning anew, one moved by hand in the draft stands in its place."
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
