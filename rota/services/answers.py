"""The managers' answers to what officers ask for, and what each of them would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from rota.errors import Forbidden, RotaError
from rota.services.acting import Act
from rota.services.agreeing import without_account
from rota.services.answering import may_answer, must_answer, teams_of
from rota.services.ask_messages import Officers, tell_asker
from rota.services.ask_steps import Asked, asked, found, officers_of, short_enough, step
from rota.services.consequences import Consequence
from rota.services.fulfilments import may_note
from rota.services.granting import Upshot, ending, grant, note
from rota.services.lapsing import Lapsed, lapse_if_outdated, reason_to_lapse
from rota.services.problems import unit_held, unit_named
from rota.services.published_rotas import Misfit, PublishedRotas
from rota.services.weighing import weigh
from rota.store import asks
from rota.store.asks import (
    GRANTED,
    LAPSED,
    NOTED,
    OPEN,
    REFUSED,
    SWAP,
    WAITING,
    WITH_COLLEAGUE,
    Ask,
)
from rota.store.database import Database
from rota.store.units import Stored

ANSWERED = (GRANTED, NOTED, REFUSED, LAPSED)
"""What became of those that managers read of later."""

MOST_ANSWERED = 30
"""So many of those that are answered are shown, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """Something that waits for a manager, and what granting it would do.

    `misfit` tells why it cannot be granted as things are; `may_answer` whether the reader manages
    everybody concerned, and is none of them; `may_note` whether it can be noted for the next rota
    instead of being granted. Where it `lacks_agreement`, the colleague has no
    account, and whoever may answer agrees for them first.
    """

    asked: Asked
    teams: tuple[str, ...]
    consequences: tuple[Consequence, ...]
    notes: tuple[str, ...]
    misfit: str
    may_answer: bool
    may_note: bool
    lacks_agreement: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What waits in the reader's teams, the longest waiting first, and what was answered lately."""

    unit: str
    teams: tuple[str, ...]
    waiting: tuple[ToAnswer, ...]
    answered: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was answered, with the state in which it ended, and what could not be, with the reason.

    Both by number.
    """

    states: Mapping[int, str]
    failed: Mapping[int, RotaError]

    @property
    def answered(self) -> tuple[int, ...]:
        return tuple(self.states)


def inbox(database: Database, act: Act, *, unit: str, team: str | None = None) -> Inbox:
    """What waits in all teams that the reader manages, or in one of them."""
    act.rights.must_manage(unit, team)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        officers = officers_of(connection, stored)
        rotas = PublishedRotas(connection, stored, act.today)
        waiting = _waiting(connection, stored)
        answered = asks.in_states(connection, stored.id, ANSWERED, most=MOST_ANSWERED)
        own = {its.team for its in officers.values() if act.rights.manages(unit, its.team)}

        def is_own(ask: Ask) -> bool:
            teams = {team} if team else own
            return any(its in teams for its in teams_of(ask, officers)) or (
                not teams_of(ask, officers) and act.rights.manages_whole(unit)
            )

        return Inbox(
            unit=unit,
            teams=tuple(sorted(own)),
            waiting=tuple(
                _to_answer(act, unit, ask, officers, rotas)
                for ask in reversed(waiting)
                if is_own(ask)
            ),
            answered=tuple(asked(ask, officers) for ask in answered if is_own(ask)),
        )


def _waiting(connection: Connection, unit: Stored) -> tuple[Ask, ...]:
    """What waits for a manager, and the swaps to which one has to agree for a colleague."""
    opened = asks.in_states(connection, unit.id, OPEN)
    colleagues = {ask.with_staff_no or "" for ask in opened if ask.state == WITH_COLLEAGUE}
    cannot_agree = without_account(connection, unit, colleagues)
    return tuple(ask for ask in opened if ask.state == WAITING or ask.with_staff_no in cannot_agree)


def answer(
    database: Database,
    act: Act,
    *,
    unit: str,
    numbers: Iterable[int],
    outcome: str,
    text: str = "",
    is_acknowledged: bool = False,
    acknowledgement: str = "",
) -> Outcome:
    """Grant, note or refuse each of these, one after the other; what fails leaves the others alone.

    What is granted happens at once in what is published; what adds breaches of the first levels
    fails with Unacknowledged unless these are acknowledged. Raises Forbidden if one of them is not
    for the reader to answer, before any is.
    """
    act.rights.must_manage(unit)
    assert outcome in (GRANTED, NOTED, REFUSED)
    how = {"is_acknowledged": is_acknowledged, "acknowledgement": acknowledgement.strip()}
    text = short_enough("text", text)
    numbers = tuple(dict.fromkeys(numbers))
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        officers = officers_of(connection, stored)
        for number in numbers:
            must_answer(act, unit, found(connection, stored, number), officers)
    states: dict[int, str] = {}
    failed: dict[int, RotaError] = {}
    for number in numbers:
        try:
            states[number] = _answer(database, act, unit, number, outcome, text, **how)
        except Forbidden:
            raise
        except RotaError as error:
            failed[number] = error
    return Outcome(states, failed)


def _answer(
    database: Database, act: Act, unit: str, number: int, outcome: str, text: str, **how: Any
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
            details: dict[str, Any] = {"outcome": outcome, "text": text, "how": how}
            return _decide(connection, act, stored, ask, officers, rotas, **details)
    raise Lapsed(reason)


def _decide(
    connection: Connection,
    act: Act,
    unit: Stored,
    ask: Ask,
    officers: Officers,
    rotas: PublishedRotas,
    *,
    outcome: str,
    text: str,
    how: Mapping[str, Any],
) -> str:
    """Take the ask before anything is done with it, so that nothing is done twice. Its state."""
    state = ending(ask, rotas, outcome)
    decided: dict[str, Any] = {"decided_at": act.at, "decided_by": act.who, "answer": text}
    step(connection, act, unit, ask, since=[WAITING], state=state, **decided)
    upshot = Upshot("", "")
    if state == GRANTED:
        upshot = grant(connection, act, unit, ask, officers, rotas, **how)
    if state == NOTED:
        upshot = note(connection, act, unit, ask)
    asks.keep_outcome(connection, ask.id, upshot.outcome)
    says = {"outcome": state, "text": text, "result": upshot.says_to_asker}
    tell_asker(connection, act, unit, ask, officers, **says)
    return state


def _to_answer(
    act: Act, unit: str, ask: Ask, officers: Officers, rotas: PublishedRotas
) -> ToAnswer:
    def knows(staff_no: str) -> bool:
        officer = officers.get(staff_no)
        return officer is not None and act.rights.manages(unit, officer.team)

    told: tuple[Consequence, ...] = ()
    notes: tuple[str, ...] = ()
    misfit = ""
    try:
        if ask.kind == SWAP and (reason := reason_to_lapse(ask, officers, rotas)):
            raise Misfit(reason)
        told, notes = weigh(ask, rotas, act.today, knows, officers)
    except Misfit as error:
        misfit = str(error)
    return ToAnswer(
        asked=asked(ask, officers),
        teams=teams_of(ask, officers),
        consequences=told,
        notes=notes,
        misfit=misfit,
        may_answer=may_answer(act, unit, ask, officers),
        may_note=may_note(ask, act.today),
        lacks_agreement=ask.state == WITH_COLLEAGUE,
    )
