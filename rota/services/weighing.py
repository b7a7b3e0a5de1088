"""What it would do to the published rota to grant what an officer asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from rota.domain import WEEKDAYS
from rota.domain import in_words as day_in_words
from rota.rules.cover import APPOINTMENTS, COVER
from rota.rules.managers import MANAGERS_IN
from rota.rules.newcomers import SUPERVISION
from rota.services.consequences import Consequence, consequences
from rota.services.published_rotas import Misfit, PublishedRotas
from rota.services.swaps import fitting
from rota.store.asks import DAY, LEAVE, SWAP, Ask
from rota.writing.notice import at

LEAVE_RULES = (COVER, APPOINTMENTS, SUPERVISION, MANAGERS_IN)
"""What leave takes from a published rota; other rules ask for less of those on leave."""


Knows = Callable[[str], bool]
"""Whether an officer's own findings are for the reader."""

Weighed = tuple[tuple[Consequence, ...], tuple[str, ...]]
"""What gets better or worse, and whatever else is to be said."""


def weigh(ask: Ask, rotas: PublishedRotas, today: date, knows: Knows) -> Weighed:
    """What granting it would do. Raises Misfit if it cannot be granted as things are."""
    return _WEIGHING[ask.kind](ask, rotas, today, knows)


def refuse_past(day: date, today: date) -> None:
    """Raise Misfit if the day has come."""
    if day <= today:
        raise Misfit(f"{day_in_words(day)[3:]} is not after today; this can only be refused.")


def _weigh_day(ask: Ask, rotas: PublishedRotas, today: date, _: Knows) -> Weighed:
    if ask.when in WEEKDAYS:
        return (), ("It counts whenever the rota is planned, from the next time on.",)
    refuse_past(ask.day, today)
    for in_force in rotas.between(ask.day, ask.day):
        seat = in_force.problem.published.get((ask.staff_no, ask.day))
        where = at(seat.site) if seat else "not planned"
        return (), (
            f"The rota is published {day_in_words(ask.day)}, with this officer {where}. A request "
            "alone does not change it: move the seat on the board if you agree.",
        )
    return (), ("It counts when that day is planned.",)


def _weigh_leave(ask: Ask, rotas: PublishedRotas, today: date, knows: Knows) -> Weighed:
    first, last = ask.first or today, ask.last or today
    told: list[Consequence] = []
    days = 0
    for in_force in rotas.between(first, last):
        seats = [
            seat.seat
            for (staff_no, day), seat in in_force.problem.published.items()
            if staff_no == ask.staff_no and first <= day <= last and day > today
        ]
        effects = in_force.effects.of(given_up=seats)
        kept = [its for its in effects if its.after.rule in LEAVE_RULES and its.worsens]
        told += consequences(kept, knows=knows)
        days += len(seats)
    says = f"{days} published {'day falls' if days == 1 else 'days fall'} away."
    return tuple(told), (says if days else "Nothing is published for these days yet.",)


def _weigh_swap(ask: Ask, rotas: PublishedRotas, today: date, knows: Knows) -> Weighed:
    theirs = ask.with_staff_no or ""
    swap = fitting(rotas, today, day=ask.day, own=ask.staff_no, theirs=theirs)
    places = f"The asker is {at(swap.own.site)}, the colleague {at(swap.theirs.site)}."
    return consequences(swap.effects, knows=knows), (places,)


_WEIGHING: Mapping[str, Callable[[Ask, PublishedRotas, date, Knows], Weighed]] = {
    DAY: _weigh_day,
    LEAVE: _weigh_leave,
    SWAP: _weigh_swap,
}
