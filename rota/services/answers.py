"""The managers' answers to what officers ask for, and what each of them would do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from rota.domain import WEEKDAYS
from rota.errors import Forbidden, RotaError
from rota.services.acting import Act
from rota.services.agreeing import without_account
from rota.services.answering import may_answer, must_answer, teams_of
from rota.services.ask_messages import Officers, tell_asker
from rota.services.ask_steps import Asked, asked, found, officers_of, short_enough, step
from rota.services.changes import record_in
from rota.services.consequences import Consequence
from rota.services.lapsing import Lapsed, lapse_if_outdated, reason_to_lapse
from rota.services.problems import unit_held, unit_named
from rota.services.published_rotas import Misfit, PublishedRotas
from rota.services.swaps import fitting, publish_swap
from rota.services.weighing import refuse_past, weigh
from rota.store import asks
from rota.store.asks import (
    DAY,
    GRANTED,
    LAPSED,
    LEAVE,
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
    everybody concerned, and is none of them. Where it `lacks_agreement`, the colleague has no
    account, and whoever may answer agrees for them first.
    """

    asked: Asked
    teams: tuple[str, ...]
    consequences: tuple[Consequence, ...]
    notes: tuple[str, ...]
    misfit: str
    may_answer: bool
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
    """What was answered, and what could not be, with the reason, by number."""

    answered: tuple[int, ...]
    failed: Mapping[int, RotaError]


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
) -> Outcome:
    """Grant or refuse each of these, one after the other; what fails leaves the others alone.

    Raises Forbidden if one of them is not for the reader to answer, before any is.
    """
    act.rights.must_manage(unit)
    assert outcome in (GRANTED, REFUSED)
    text = short_enough("text", text)
    numbers = tuple(dict.fromkeys(numbers))
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        officers = officers_of(connection, stored)
        for number in numbers:
            must_answer(act, unit, found(connection, stored, number), officers)
    failed: dict[int, RotaError] = {}
    for number in numbers:
        try:
            _answer(database, act, unit, number, outcome, text)
        except Forbidden:
            raise
        except RotaError as error:
            failed[number] = error
    return Outcome(tuple(its for its in numbers if its not in failed), failed)


def _answer(database: Database, act: Act, unit: str, number: int, outcome: str, text: str) -> None:
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        officers = officers_of(connection, stored)
        ask = found(connection, stored, number)
        must_answer(act, unit, ask, officers)
        reason = ""
        if outcome == GRANTED and ask.kind == SWAP and ask.state == WAITING:
            rotas = PublishedRotas(connection, stored, act.today)
            reason = lapse_if_outdated(connection, act, stored, ask, officers, rotas)
        if not reason:
            decided: dict[str, Any] = {
                "decided_at": act.at,
                "decided_by": act.who,
                "answer": text,
            }
            step(connection, act, stored, ask, since=[WAITING], state=outcome, **decided)
            if outcome == GRANTED:
                _GRANTING[ask.kind](connection, act, stored, ask, officers)
            tell_asker(connection, act, stored, ask, officers, outcome=outcome, text=text)
    if reason:
        raise Lapsed(reason)


def _grant_day(connection: Connection, act: Act, unit: Stored, ask: Ask, _: Officers) -> None:
    row = {
        "staff_no": ask.staff_no,
        "when": ask.when or "",
        "wants": ask.wants or "",
        "strength": str(ask.strength),
    }
    if row["when"] not in WEEKDAYS:
        refuse_past(ask.day, act.today)
    record_in(connection, act, unit, table="requests", rows=[row])


def _grant_leave(connection: Connection, act: Act, unit: Stored, ask: Ask, _: Officers) -> None:
    row = {"staff_no": ask.staff_no, "first": f"{ask.first}", "last": f"{ask.last}"}
    record_in(connection, act, unit, table="away", rows=[{**row, "kind": "leave"}])


def _grant_swap(
    connection: Connection, act: Act, unit: Stored, ask: Ask, officers: Officers
) -> None:
    rotas = PublishedRotas(connection, unit, act.today)
    theirs = ask.with_staff_no or ""
    swap = fitting(rotas, act.today, day=ask.day, own=ask.staff_no, theirs=theirs)
    publish_swap(connection, act, unit, swap, officers)


_GRANTING: Mapping[str, Callable[[Connection, Act, Stored, Ask, Officers], None]] = {
    DAY: _grant_day,
    LEAVE: _grant_leave,
    SWAP: _grant_swap,
}


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
        told, notes = weigh(ask, rotas, act.today, knows)
    except Misfit as error:
        misfit = str(error)
    return ToAnswer(
        asked=asked(ask, officers),
        teams=teams_of(ask, officers),
        consequences=told,
        notes=notes,
        misfit=misfit,
        may_answer=may_answer(act, unit, ask, officers),
        lacks_agreement=ask.state == WITH_COLLEAGUE,
    )
