"""An agreement is to what was shown: a swap lapses when one of the two is elsewhere now."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from rota.errors import RotaError
from rota.services.access.act import Act
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.requests.request_messages import Officers, find_name
from rota.services.requests.request_states import change_state, load_officers
from rota.services.requests.swap_messages import tell_of_lapse
from rota.store.requests import asks
from rota.store.requests.asks import LAPSED, OPEN, SWAP, Ask
from rota.store.units.units import StoredUnit
from rota.writing.request_sentences import say_seat_changed

WITHOUT_SITES = "It was asked for before Rota kept what the two places were."
"""Why a swap lapses that was asked for with an earlier release of Rota."""


class Lapsed(RotaError):  # noqa: N818, it is the user who reads it
    """A swap that somebody said yes to, but which has lapsed."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This swap has lapsed, and nothing was changed. {reason}")


def find_reason_to_lapse(ask: Ask, officers: Officers, rotas: PublishedRotas) -> str:
    """Which of the two is published elsewhere than before, in sentences; empty if neither is."""
    if ask.own_site is None or ask.with_site is None:
        return WITHOUT_SITES
    return " ".join(_describe_changes(ask, officers, rotas))


def lapse_if_outdated(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    rotas: PublishedRotas,
) -> str:
    """Let an open swap lapse if one of the two is elsewhere now, and tell both. The reason."""
    reason = find_reason_to_lapse(ask, officers, rotas)
    if reason:
        change_state(
            connection,
            act,
            unit,
            ask,
            since=OPEN,
            state=LAPSED,
            what_was_done="let a swap lapse",
            decided_at=act.at,
            outcome=reason,
        )
        tell_of_lapse(connection, act, unit, ask, officers, reason=reason)
    return reason


def lapse_outdated(connection: Connection, act: Act, unit: StoredUnit) -> int:
    """Let all swaps of a unit lapse in which somebody is elsewhere now. How many did."""
    swaps = [ask for ask in asks.list_in_states(connection, unit.id, OPEN) if ask.kind == SWAP]
    if not swaps:
        return 0
    officers = load_officers(connection, unit, act.today)
    rotas = PublishedRotas(connection, unit, act.today)
    return sum(
        bool(lapse_if_outdated(connection, act, unit, ask, officers, rotas)) for ask in swaps
    )


def _describe_changes(ask: Ask, officers: Officers, rotas: PublishedRotas) -> Iterator[str]:
    own, colleague = ask.staff_no, ask.with_staff_no or ""
    sites_then = {own: ask.own_site or "", colleague: ask.with_site or ""}
    for staff_no, before in sites_then.items():
        sites = rotas.find_sites(staff_no, ask.day)
        if sites != before:
            name = find_name(staff_no, officers)
            yield say_seat_changed(name, before, sites, is_agreed=ask.agreed_at is not None)
