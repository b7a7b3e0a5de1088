"""What it would do to the published rota to grant what an officer asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from rota.domain import WEEKDAYS
from rota.rules.cover import APPOINTMENTS, COVER
from rota.rules.managers import MANAGERS_IN
from rota.rules.newcomers import SUPERVISION
from rota.services.ask_messages import Officers, name_of
from rota.services.consequences import Consequence, consequences
from rota.services.fulfilments import Fulfilment, fulfilments, is_only_noted, refuse_past
from rota.services.published_rotas import PublishedRotas
from rota.store.asks import LEAVE, SWAP, Ask
from rota.writing.asking import DAY_NOTED, WEEKDAY_NOTED, yes_keeps, yes_moves, yes_takes_away
from rota.writing.notice import at

LEAVE_RULES = (COVER, APPOINTMENTS, SUPERVISION, MANAGERS_IN)
"""What leave takes from a published rota; other rules ask for less of those on leave."""


Knows = Callable[[str], bool]
"""Whether an officer's own findings are for the reader."""

Weighed = tuple[tuple[Consequence, ...], tuple[str, ...]]
"""What gets better or worse, and whatever else is to be said."""


def weigh(
    ask: Ask, rotas: PublishedRotas, today: date, knows: Knows, officers: Officers
) -> Weighed:
    """What granting it would do. Raises Misfit if it cannot be granted as things are."""
    found = fulfilments(ask, rotas, today)
    if ask.kind == LEAVE:
        days = sum(len(each.given_up) for each in found)
        return _broken_by_leave(found, knows), (yes_takes_away(days),)
    weighed = tuple(one for each in found for one in consequences(each.effects, knows=knows))
    sentence = (
        _swap_places(found) if ask.kind == SWAP else _day_note(ask, rotas, today, officers, found)
    )
    return weighed, (sentence,)


def leave_breaks(
    ask: Ask, found: Sequence[Fulfilment], officers: Officers
) -> tuple[Consequence, ...]:
    """What leave breaks, as far as managers of the officer's team may know it."""
    team = officers[ask.staff_no].team if ask.staff_no in officers else None
    theirs = {officer.staff_no for officer in officers.values() if officer.team == team}
    return _broken_by_leave(found, theirs.__contains__)


def _broken_by_leave(found: Sequence[Fulfilment], knows: Knows) -> tuple[Consequence, ...]:
    broken = (
        effect
        for each in found
        for effect in each.effects
        if effect.after.rule in LEAVE_RULES and effect.worsens
    )
    return consequences(broken, knows=knows)


def _swap_places(found: Sequence[Fulfilment]) -> str:
    own, theirs = found[0].given_up
    return f"The asker is {at(own.site)}, the colleague {at(theirs.site)}."


def _day_note(
    ask: Ask,
    rotas: PublishedRotas,
    today: date,
    officers: Officers,
    found: Sequence[Fulfilment],
) -> str:
    if ask.when in WEEKDAYS:
        return WEEKDAY_NOTED
    refuse_past(ask.day, today)
    if is_only_noted(ask, rotas):
        return DAY_NOTED
    name = name_of(ask.staff_no, officers)
    if not found:
        return yes_keeps(ask.day, name, rotas.place_of(ask.staff_no, ask.day))
    before = [seat.site for seat in found[0].given_up]
    return yes_moves(ask.day, name, before[0] if before else None, found[0].taken[0].site)
