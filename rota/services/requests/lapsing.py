"""An agreement is to what was shown: a swap lapses when one of its two places is another now."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from rota.errors import RotaError
from rota.services.access.act import Act
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.requests.request_messages import Officers, name_of
from rota.services.requests.request_states import officers_of, step
from rota.services.requests.swap_messages import tell_of_lapse
from rota.store.requests import asks
from rota.store.requests.asks import LAPSED, OPEN, SWAP, Ask
from rota.store.units.units import StoredUnit
from rota.writing.request_sentences import say_seat_changed

WITHOUT_PLACES = "It was asked for before Rota kept what the two places were."
"""Why a swap lapses that an earlier release of Rota kept."""


class Lapsed(RotaError):  # noqa: N818, it is the user who reads it
    """A swap that somebody said yes to, but which has lapsed."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This swap has lapsed, and nothing was changed. {reason}")


def reason_to_lapse(ask: Ask, officers: Officers, rotas: PublishedRotas) -> str:
    """Which of the two places is another than it was, in sentences; empty if neither is."""
    if ask.own_site is None or ask.with_site is None:
        return WITHOUT_PLACES
    return " ".join(_changed_places(ask, officers, rotas))


def lapse_if_outdated(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    rotas: PublishedRotas,
) -> str:
    """Let an open swap lapse, and tell both, if one of its places is another now. The reason."""
    reason = reason_to_lapse(ask, officers, rotas)
    if reason:
        step(
            connection,
            act,
            unit,
            ask,
            since=OPEN,
            state=LAPSED,
            what="let a swap lapse",
            decided_at=act.at,
            outcome=reason,
        )
        tell_of_lapse(connection, act, unit, ask, officers, reason=reason)
    return reason


def lapse_outdated(connection: Connection, act: Act, unit: StoredUnit) -> int:
    """Let all swaps of a unit lapse whose places are others now. How many did."""
    swaps = [ask for ask in asks.in_states(connection, unit.id, OPEN) if ask.kind == SWAP]
    if not swaps:
        return 0
    officers = officers_of(connection, unit)
    rotas = PublishedRotas(connection, unit, act.today)
    return sum(
        bool(lapse_if_outdated(connection, act, unit, ask, officers, rotas)) for ask in swaps
    )


def _changed_places(ask: Ask, officers: Officers, rotas: PublishedRotas) -> Iterator[str]:
    both = (ask.staff_no, ask.own_site), (ask.with_staff_no, ask.with_site)
    for staff_no, before in ((who or "", site or "") for who, site in both):
        now = rotas.place_of(staff_no, ask.day)
        if now != before:
            name = name_of(staff_no, officers)
            yield say_seat_changed(name, before, now, is_agreed=ask.agreed_at is not None)
