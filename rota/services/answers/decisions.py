"""The managers' answers to what officers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from rota.errors import Conflict, Forbidden, RotaError
from rota.services.access.act import Act
from rota.services.answers.grant_effects import seal_of
from rota.services.answers.grants import Upshot, ending, grant, note
from rota.services.requests.agreements import must_answer
from rota.services.requests.lapsing import Lapsed, lapse_if_outdated
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.requests.request_messages import Officers, ask_in_words, name_of, tell_asker
from rota.services.requests.request_states import found, officers_of, short_enough, step
from rota.services.requests.swap_messages import tell_colleague_of_refusal
from rota.services.units.lookup import unit_held, unit_named
from rota.store.databases.database import Database
from rota.store.requests import asks
from rota.store.requests.asks import GRANTED, NOTED, REFUSED, SWAP, WAITING, Ask
from rota.store.units.units import StoredUnit

SOMETHING_ELSE = "Agreeing would do something else by now than was shown. Look again, then answer."


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What was answered, with the state in which it ended, and what could not be, with the reason.

    Both by number, and so are the words in which each was `asked`.
    """

    states: Mapping[int, str]
    failed: Mapping[int, RotaError]
    asked: Mapping[int, str] = field(default_factory=dict, compare=False)

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

    What is granted happens at once in what is published; what adds breaches of the first levels
    fails with Unacknowledged unless these are acknowledged. `seals` are of what was shown, by
    number: where granting does something else by now, it fails with Conflict.

    Raises Forbidden if one of them is not for the reader to answer, before any is.
    """
    act.rights.must_manage(unit)
    assert outcome in (GRANTED, NOTED, REFUSED)
    how = {"is_acknowledged": is_acknowledged, "acknowledgement": acknowledgement.strip()}
    text = short_enough("text", text)
    numbers = tuple(dict.fromkeys(numbers))
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        officers = officers_of(connection, stored)
        chosen = [found(connection, stored, number) for number in numbers]
        for ask in chosen:
            must_answer(act, unit, ask, officers)
        words = {
            ask.id: f"{name_of(ask.staff_no, officers)}, {ask_in_words(ask, officers)}"
            for ask in chosen
        }
    states: dict[int, str] = {}
    failed: dict[int, RotaError] = {}
    for number in numbers:
        try:
            seal = (seals or {}).get(number)
            states[number] = _answer(database, act, unit, number, outcome, text, seal, **how)
        except Forbidden:
            raise
        except RotaError as error:
            failed[number] = error
    return AnswerOutcome(states, failed, words)


def _answer(
    database: Database,
    act: Act,
    unit: str,
    number: int,
    outcome: str,
    text: str,
    seal: str | None,
    **how: Any,
) -> str:
    """The state in which it ends. Raises Lapsed for a swap that lapses instead."""
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        officers = officers_of(connection, stored)
        ask = found(connection, stored, number)
        must_answer(act, unit, ask, officers)
        rotas = PublishedRotas(connection, stored, act.today)
        reason = ""
        if outcome == GRANTED and ask.kind == SWAP and ask.state == WAITING:
            reason = lapse_if_outdated(connection, act, stored, ask, officers, rotas)
        if not reason:
            details: dict[str, Any] = {"outcome": outcome, "text": text, "seal": seal, "how": how}
            return _decide(connection, act, stored, ask, officers, rotas, **details)
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
    how: Mapping[str, Any],
) -> str:
    """Take the ask before anything is done with it, so that nothing is done twice. Its state."""
    state = ending(ask, rotas, outcome)
    decided: dict[str, Any] = {"decided_at": act.at, "decided_by": act.actor, "answer": text}
    step(connection, act, unit, ask, since=[WAITING], state=state, **decided)
    if outcome == GRANTED and seal is not None and seal != seal_of(ask, rotas, act.today):
        raise Conflict(SOMETHING_ELSE)
    upshot = Upshot("", "")
    if state == GRANTED:
        upshot = grant(connection, act, unit, ask, officers, rotas, **how)
    if state == NOTED:
        upshot = note(connection, act, unit, ask)
    if state == REFUSED and ask.kind == SWAP:
        tell_colleague_of_refusal(connection, act, unit, ask, officers)
    asks.keep_outcome(connection, ask.id, upshot.outcome)
    details = {"outcome": state, "text": text, "result": upshot.says_to_asker}
    tell_asker(connection, act, unit, ask, officers, **details)
    return state
