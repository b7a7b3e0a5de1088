"""A colleague agrees to a swap or takes it back, or a manager agrees for who has no account."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from sqlalchemy import Connection

from rota.errors import Forbidden, RotaError
from rota.services.access.act import Act
from rota.services.requests.lapsing import Lapsed, lapse_if_outdated
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.requests.request_messages import (
    Officers,
    concerned,
    name_of,
    tell_asker,
    tell_managers,
    tell_managers_of_end,
)
from rota.services.requests.request_states import found, officers_of, short_enough, step
from rota.services.requests.swap_fit import fitting
from rota.services.requests.swap_messages import tell_agreed_for
from rota.services.units.lookup import unit_held
from rota.store.accounts import users
from rota.store.databases.database import Database
from rota.store.requests import asks
from rota.store.requests.asks import DECLINED, SWAP, WAITING, WITH_COLLEAGUE, Ask
from rota.store.units.units import StoredUnit


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


def agree(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Agree to a swap that one was asked for; then it waits for a manager.

    Raises Lapsed, with the reason, if one of the two places is another than it was.
    """
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        ask = found(connection, stored, number)
        _must_be_asked(act, unit, ask)
        reason = _agree(connection, act, stored, ask, officers_of(connection, stored))
    if reason:
        raise Lapsed(reason)


def agree_for(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Agree to a swap for a colleague who has no account, as a manager of all concerned.

    Raises Lapsed, with the reason, if one of the two places is another than it was.
    """
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        officers = officers_of(connection, stored)
        ask = found(connection, stored, number)
        must_answer(act, unit, ask, officers)
        _refuse_those_who_can_agree(connection, stored, ask, officers)
        reason = _agree(connection, act, stored, ask, officers, by=act.actor)
        if not reason:
            tell_agreed_for(connection, act, stored, ask, officers)
    if reason:
        raise Lapsed(reason)


def decline(database: Database, act: Act, *, unit: str, number: int, text: str = "") -> None:
    """Decline a swap that one was asked for, or take back that one agreed to it.

    That can be done until a manager has decided on it.
    """
    text = short_enough("text", text)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        ask = found(connection, stored, number)
        _must_be_asked(act, unit, ask)
        decided: dict[str, Any] = {"decided_at": act.at, "decided_by": act.actor, "answer": text}
        step(connection, act, stored, ask, since=asks.OPEN, state=DECLINED, **decided)
        officers = officers_of(connection, stored)
        tell_asker(connection, act, stored, ask, officers, outcome=DECLINED, text=text)
        if ask.state == WAITING:
            by = name_of(ask.with_staff_no, officers)
            tell_managers_of_end(
                connection, act, stored, ask, officers, outcome=DECLINED, by=by, text=text
            )


def without_account(connection: Connection, unit: StoredUnit, staff_nos: Set[str]) -> Set[str]:
    """Those of these staff numbers as whom nobody can sign in, who so cannot agree themselves."""
    return staff_nos - users.list_active_officers(connection, unit.id) if staff_nos else frozenset()


def _agree(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    *,
    by: str | None = None,
) -> str:
    """Bring the swap before the managers. Why it lapsed, if it did; empty if it did not."""
    rotas = PublishedRotas(connection, unit, act.today)
    if ask.state == WITH_COLLEAGUE and (
        reason := lapse_if_outdated(connection, act, unit, ask, officers, rotas)
    ):
        return reason
    step(
        connection,
        act,
        unit,
        ask,
        since=[WITH_COLLEAGUE],
        state=WAITING,
        what="agreed to a swap for a colleague" if by else "agreed to a swap",
        agreed_at=act.at,
        agreed_by=by,
    )
    colleague = ask.with_staff_no or ""
    reader = None if by else colleague
    fitting(rotas, act.today, day=ask.day, own=ask.staff_no, theirs=colleague, reader=reader)
    tell_managers(connection, act, unit, ask, officers)
    return ""


def _must_be_asked(act: Act, unit: str, ask: Ask) -> None:
    if ask.with_staff_no is None:
        raise Forbidden("Only a swap is agreed to or declined by a colleague.")
    act.rights.must_be(unit, ask.with_staff_no)


def _refuse_those_who_can_agree(
    connection: Connection, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    if ask.kind != SWAP:
        raise Forbidden("Only a swap is agreed to for a colleague.")
    colleague = ask.with_staff_no or ""
    if not without_account(connection, unit, {colleague}):
        raise RotaError(
            f"{name_of(colleague, officers)} has an account here, and so has to agree in person."
        )
