"""A colleague agrees to a swap or declines it, or a manager agrees for one without an account."""

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
    find_name,
    list_concerned,
    tell_asker,
    tell_managers,
    tell_managers_of_end,
)
from rota.services.requests.request_states import change_state, find_ask, load_officers, read_text
from rota.services.requests.swap_fit import fit_swap
from rota.services.requests.swap_messages import tell_agreed_for
from rota.services.units.lookup import hold_unit
from rota.store.accounts import users
from rota.store.databases.database import Database
from rota.store.requests import asks
from rota.store.requests.asks import DECLINED, SWAP, WAITING, WITH_COLLEAGUE, Ask
from rota.store.units.units import StoredUnit


def list_teams(ask: Ask, officers: Officers) -> tuple[str, ...]:
    """The teams of the officers concerned who are still in the unit."""
    return tuple(
        dict.fromkeys(
            officers[staff_no].team for staff_no in list_concerned(ask) if staff_no in officers
        )
    )


def may_answer(act: Act, unit: str, ask: Ask, officers: Officers) -> bool:
    """Whether they manage everybody concerned, and ask or are asked for nothing themselves."""
    if not act.rights.is_operator and act.rights.own.get(unit) in list_concerned(ask):
        return False
    if any(staff_no not in officers for staff_no in list_concerned(ask)):
        return act.rights.manages_whole(unit)
    return all(act.rights.manages(unit, team) for team in list_teams(ask, officers))


def must_answer(act: Act, unit: str, ask: Ask, officers: Officers) -> None:
    """Raise Forbidden if they may not answer it."""
    if not may_answer(act, unit, ask, officers):
        raise Forbidden(
            f"You may not answer number {ask.id}. Somebody answers it who manages the teams of all "
            "concerned, and who is not one of them."
        )


def agree(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Agree to a swap that one was asked for; then it waits for a manager.

    Raises Lapsed, with the reason, if one of the two is published elsewhere by now.
    """
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        ask = find_ask(connection, stored_unit, number)
        _must_be_colleague(act, unit, ask)
        reason = _agree(
            connection, act, stored_unit, ask, load_officers(connection, stored_unit, act.today)
        )
    if reason:
        raise Lapsed(reason)


def agree_for(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Agree to a swap for a colleague who has no account, as a manager of both.

    Raises Lapsed, with the reason, if one of the two is published elsewhere by now.
    """
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        officers = load_officers(connection, stored_unit, act.today)
        ask = find_ask(connection, stored_unit, number)
        must_answer(act, unit, ask, officers)
        _refuse_if_colleague_can_agree(connection, stored_unit, ask, officers)
        reason = _agree(connection, act, stored_unit, ask, officers, by=act.actor)
        if not reason:
            tell_agreed_for(connection, act, stored_unit, ask, officers)
    if reason:
        raise Lapsed(reason)


def decline(database: Database, act: Act, *, unit: str, number: int, text: str = "") -> None:
    """Decline a swap that one was asked for, or take back that one agreed to it.

    That can be done until a manager has decided on it.
    """
    text = read_text("text", text)
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        ask = find_ask(connection, stored_unit, number)
        _must_be_colleague(act, unit, ask)
        decided: dict[str, Any] = {"decided_at": act.at, "decided_by": act.actor, "answer": text}
        change_state(connection, act, stored_unit, ask, since=asks.OPEN, state=DECLINED, **decided)
        officers = load_officers(connection, stored_unit, act.today)
        tell_asker(connection, act, stored_unit, ask, officers, outcome=DECLINED, text=text)
        if ask.state == WAITING:
            by = find_name(ask.with_staff_no, officers)
            tell_managers_of_end(
                connection, act, stored_unit, ask, officers, outcome=DECLINED, by=by, text=text
            )


def find_without_account(connection: Connection, unit: StoredUnit, staff_nos: Set[str]) -> Set[str]:
    """Those of these officers who have no account, and so cannot agree themselves."""
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
    """Let the swap wait for the managers. Why it lapsed, if it did; empty if it did not."""
    rotas = PublishedRotas(connection, unit, act.today)
    if ask.state == WITH_COLLEAGUE and (
        reason := lapse_if_outdated(connection, act, unit, ask, officers, rotas)
    ):
        return reason
    change_state(
        connection,
        act,
        unit,
        ask,
        since=[WITH_COLLEAGUE],
        state=WAITING,
        what_was_done="agreed to a swap for a colleague" if by else "agreed to a swap",
        agreed_at=act.at,
        agreed_by=by,
    )
    colleague = ask.with_staff_no or ""
    reader = None if by else colleague
    fit_swap(
        rotas, act.today, day=ask.day, staff_no=ask.staff_no, with_staff_no=colleague, reader=reader
    )
    tell_managers(connection, act, unit, ask, officers)
    return ""


def _must_be_colleague(act: Act, unit: str, ask: Ask) -> None:
    if ask.with_staff_no is None:
        raise Forbidden("Only a swap is agreed to or declined by a colleague.")
    act.rights.must_be(unit, ask.with_staff_no)


def _refuse_if_colleague_can_agree(
    connection: Connection, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    if ask.kind != SWAP:
        raise Forbidden("Only a swap is agreed to for a colleague.")
    colleague = ask.with_staff_no or ""
    if not find_without_account(connection, unit, {colleague}):
        raise RotaError(
            f"{find_name(colleague, officers)} has an account here, and so has to agree in person."
        )
