"""Managers grant, note or refuse what officers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from rota.errors import Conflict, Forbidden, RotaError
from rota.services.access.act import Act
from rota.services.answers.grant_effects import compute_grant_seal
from rota.services.answers.grants import GrantResult, find_end_state, grant, note
from rota.services.requests.agreements import must_answer
from rota.services.requests.lapsing import Lapsed, lapse_if_outdated
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.requests.request_messages import Officers, describe_ask, find_name, tell_asker
from rota.services.requests.request_states import change_state, find_ask, load_officers, read_text
from rota.services.requests.swap_messages import tell_colleague_of_refusal
from rota.services.units.lookup import find_unit, hold_unit
from rota.store.databases.database import Database
from rota.store.requests import asks
from rota.store.requests.asks import GRANTED, NOTED, REFUSED, SWAP, WAITING, Ask
from rota.store.units.units import StoredUnit

SOMETHING_ELSE = "Agreeing would do something else by now than was shown. Look again, then answer."


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """The asks that were answered with their states, and those that failed with the reason.

    Both by number, and so are the descriptions of all of them.
    """

    states: Mapping[int, str]
    failed: Mapping[int, RotaError]
    descriptions: Mapping[int, str] = field(default_factory=dict, compare=False)

    @property
    def answered(self) -> tuple[int, ...]:
        return tuple(self.states)


def answer(
    database: Database,
    act: Act,
    *,
    unit: str,
    numbers: Iterable[int],
    outcome: str,
    text: str = "",
    seals: Mapping[int, str] | None = None,
    is_acknowledged: bool = False,
    acknowledgement: str = "",
) -> AnswerOutcome:
    """Grant, note or refuse each of these, one after the other; what fails leaves the others alone.

    What is granted is published at once; what adds breaches of the first levels fails with
    Unacknowledged unless these are acknowledged. `seals` are of what was shown, by number: where
    granting does something else by now, it fails with Conflict.

    Raises Forbidden before anything is answered if the reader may not answer one of them.
    """
    act.rights.must_manage(unit)
    assert outcome in (GRANTED, NOTED, REFUSED)
    acknowledged = {"is_acknowledged": is_acknowledged, "acknowledgement": acknowledgement.strip()}
    text = read_text("text", text)
    numbers = tuple(dict.fromkeys(numbers))
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        officers = load_officers(connection, stored_unit, act.today)
        answered_asks = [find_ask(connection, stored_unit, number) for number in numbers]
        for ask in answered_asks:
            must_answer(act, unit, ask, officers)
        descriptions = {
            ask.id: f"{find_name(ask.staff_no, officers)}, {describe_ask(ask, officers)}"
            for ask in answered_asks
        }
    states: dict[int, str] = {}
    failed: dict[int, RotaError] = {}
    for number in numbers:
        try:
            seal = (seals or {}).get(number)
            states[number] = _answer(
                database, act, unit, number, outcome, text, seal, **acknowledged
            )
        except Forbidden:
            raise
        except RotaError as error:
            failed[number] = error
    return AnswerOutcome(states, failed, descriptions)


def _answer(
    database: Database,
    act: Act,
    unit: str,
    number: int,
    outcome: str,
    text: str,
    seal: str | None,
    **acknowledged: Any,
) -> str:
    """The state in which it ends. Raises Lapsed for a swap that lapses instead."""
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        officers = load_officers(connection, stored_unit, act.today)
        ask = find_ask(connection, stored_unit, number)
        must_answer(act, unit, ask, officers)
        rotas = PublishedRotas(connection, stored_unit, act.today)
        reason = ""
        if outcome == GRANTED and ask.kind == SWAP and ask.state == WAITING:
            reason = lapse_if_outdated(connection, act, stored_unit, ask, officers, rotas)
        if not reason:
            details: dict[str, Any] = {
                "outcome": outcome,
                "text": text,
                "seal": seal,
                "acknowledged": acknowledged,
            }
            return _decide(connection, act, stored_unit, ask, officers, rotas, **details)
    raise Lapsed(reason)


def _decide(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    rotas: PublishedRotas,
    *,
    outcome: str,
    text: str,
    seal: str | None,
    acknowledged: Mapping[str, Any],
) -> str:
    """Change the state first, so that nothing is granted twice, then grant. The state."""
    state = find_end_state(ask, rotas, outcome)
    decided: dict[str, Any] = {"decided_at": act.at, "decided_by": act.actor, "answer": text}
    change_state(connection, act, unit, ask, since=[WAITING], state=state, **decided)
    if (
        outcome == GRANTED
        and seal is not None
        and seal != compute_grant_seal(ask, rotas, act.today)
    ):
        raise Conflict(SOMETHING_ELSE)
    result = GrantResult("", "")
    if state == GRANTED:
        result = grant(connection, act, unit, ask, officers, rotas, **acknowledged)
    if state == NOTED:
        result = note(connection, act, unit, ask)
    if state == REFUSED and ask.kind == SWAP:
        tell_colleague_of_refusal(connection, act, unit, ask, officers)
    asks.save_outcome(connection, ask.id, result.outcome)
    details = {"outcome": state, "text": text, "result": result.sentence_to_asker}
    tell_asker(connection, act, unit, ask, officers, **details)
    return state
