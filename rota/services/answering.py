"""Who may answer what officers ask for."""

from __future__ import annotations

from rota.errors import Forbidden
from rota.services.acting import Act
from rota.services.ask_messages import Officers, concerned
from rota.store.asks import Ask


def teams_of(ask: Ask, officers: Officers) -> tuple[str, ...]:
    """The teams of those concerned who are still there."""
    return tuple(dict.fromkeys(officers[who].team for who in concerned(ask) if who in officers))


def may_answer(act: Act, unit: str, ask: Ask, officers: Officers) -> bool:
    """Whether they manage everybody concerned, and ask or are asked for nothing themselves."""
    if not act.rights.is_operator and act.rights.own.get(unit) in concerned(ask):
        return False
    if any(who not in officers for who in concerned(ask)):
        return act.rights.manages_whole(unit)
    return all(act.rights.manages(unit, team) for team in teams_of(ask, officers))


def must_answer(act: Act, unit: str, ask: Ask, officers: Officers) -> None:
    """Raise Forbidden if it is not theirs to answer."""
    if not may_answer(act, unit, ask, officers):
        raise Forbidden(
            f"You may not answer number {ask.id}. Somebody answers it who manages the teams of all "
            "concerned, and who is not one of them."
        )
