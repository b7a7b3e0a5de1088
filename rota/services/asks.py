"""What officers ask for: a day, leave, or a swap with a colleague, who agrees or declines."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import WEEKDAYS
from rota.errors import Forbidden, NotFound, RotaError
from rota.reading import read_one
from rota.services.acting import Act
from rota.services.ask_messages import (
    tell_asker,
    tell_colleague,
    tell_managers,
)
from rota.services.ask_steps import (
    Asked,
    asked,
    fault,
    found,
    officers_of,
    short_enough,
    step,
)
from rota.services.changes import planning_days
from rota.services.problems import unit_held, unit_named
from rota.services.swaps import PublishedRotas, fitting
from rota.store import asks, audit, units
from rota.store.asks import (
    DAY,
    DECLINED,
    LEAVE,
    OPEN,
    SWAP,
    WAITING,
    WITH_COLLEAGUE,
    WITHDRAWN,
    Ask,
)
from rota.store.database import Database
from rota.store.units import Stored
from rota.writing import row_texts


def own_asks(database: Database, act: Act, *, unit: str, staff_no: str) -> tuple[Asked, ...]:
    """All that the officer asked for, and the swaps they were asked for; the newest first."""
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        officers = officers_of(connection, stored)
        those = asks.of_officer(connection, stored.id, staff_no)
    return tuple(asked(ask, officers) for ask in those)


def ask_for_day(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    when: str,
    wants: str,
    strength: int,
    note: str = "",
) -> int:
    """Ask for a day at a kind of site, on a date or on every such weekday. The ask's number.

    Raises BadInput with what is wrong, by the columns of `requests`.
    """
    row = {"staff_no": staff_no, "when": when, "wants": wants, "strength": str(strength)}
    with database.writing() as connection:
        stored = _held(connection, act, unit, staff_no)
        request = read_one("requests", row, unit=units.staff(connection, stored.id))
        when = row_texts("requests", request)["when"]
        if when not in WEEKDAYS:
            _refuse_past(date.fromisoformat(when), act.today)
        return _begin(
            connection, act, stored, staff_no, DAY, note, when=when, wants=wants, strength=strength
        ).id


def ask_for_leave(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    first: date,
    last: date,
    note: str = "",
) -> int:
    """Ask for leave, both days included. The ask's number."""
    if first < act.today:
        raise fault("first", "The first day must be today or later")
    if last < first:
        raise fault("last", "The last day must be the same as or after the first day")
    planning_days(first, last)
    with database.writing() as connection:
        stored = _held(connection, act, unit, staff_no)
        return _begin(connection, act, stored, staff_no, LEAVE, note, first=first, last=last).id


def ask_for_swap(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    with_staff_no: str,
    day: date,
    note: str = "",
) -> int:
    """Ask a colleague to take one's place on a published day, and to give theirs. Its number.

    Raises Misfit if that cannot be.
    """
    with database.writing() as connection:
        stored = _held(connection, act, unit, staff_no)
        rotas = PublishedRotas(connection, stored, act.today)
        swap = fitting(rotas, act.today, day=day, own=staff_no, theirs=with_staff_no)
        columns = {"when": day.isoformat(), "with_staff_no": with_staff_no}
        ask = _begin(connection, act, stored, staff_no, SWAP, note, **columns)
        officers = officers_of(connection, stored)
        tell_colleague(connection, act, stored, ask, officers, own=swap.theirs, theirs=swap.own)
    return ask.id


def agree(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Agree to a swap that one was asked for; then it waits for a manager."""
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        ask = found(connection, stored, number)
        _must_be_asked(act, unit, ask)
        step(connection, act, stored, ask, since=[WITH_COLLEAGUE], state=WAITING, agreed_at=act.at)
        rotas = PublishedRotas(connection, stored, act.today)
        colleague = ask.with_staff_no or ""
        fitting(rotas, act.today, day=ask.day, own=ask.staff_no, theirs=colleague)
        tell_managers(connection, act, stored, ask, officers_of(connection, stored))


def decline(database: Database, act: Act, *, unit: str, number: int, text: str = "") -> None:
    """Decline a swap that one was asked for."""
    text = short_enough("text", text)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        ask = found(connection, stored, number)
        _must_be_asked(act, unit, ask)
        told = {"decided_at": act.at, "decided_by": act.who, "answer": text}
        step(connection, act, stored, ask, since=[WITH_COLLEAGUE], state=DECLINED, **told)
        officers = officers_of(connection, stored)
        tell_asker(connection, act, stored, ask, officers, outcome=DECLINED, text=text)


def withdraw(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Take back what one asked for, as long as nobody has decided on it."""
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        ask = found(connection, stored, number)
        act.rights.must_be(unit, ask.staff_no)
        step(connection, act, stored, ask, since=OPEN, state=WITHDRAWN)


def _held(connection: Connection, act: Act, unit: str, staff_no: str) -> Stored:
    """The unit, in which somebody asks for themselves."""
    act.rights.must_be(unit, staff_no)
    stored = unit_held(connection, unit)
    if staff_no not in officers_of(connection, stored):
        raise NotFound(f"{staff_no} is not a staff number in {unit}.")
    return stored


def _begin(
    connection: Connection,
    act: Act,
    unit: Stored,
    staff_no: str,
    kind: str,
    note: str,
    **columns: Any,
) -> Ask:
    """Keep what is asked for, unless the same is open already."""
    for ask in asks.of_officer(connection, unit.id, staff_no):
        is_same = all(getattr(ask, name) == value for name, value in columns.items())
        if ask.is_open and ask.staff_no == staff_no and ask.kind == kind and is_same:
            raise RotaError("You have asked for this already, and it is not answered yet.")
    state = WITH_COLLEAGUE if kind == SWAP else WAITING
    number = asks.add(
        connection,
        unit.id,
        at=act.at,
        state=state,
        staff_no=staff_no,
        kind=kind,
        note=short_enough("note", note),
        **columns,
    )
    after = {"ask": number, "kind": kind, "staff_no": staff_no}
    audit.add(connection, unit.id, act.entry(f"asked for a {kind}", after=after))
    ask = found(connection, unit, number)
    if state == WAITING:
        tell_managers(connection, act, unit, ask, officers_of(connection, unit))
    return ask


def _must_be_asked(act: Act, unit: str, ask: Ask) -> None:
    if ask.with_staff_no is None:
        raise Forbidden("Only a swap is agreed to or declined by a colleague.")
    act.rights.must_be(unit, ask.with_staff_no)


def _refuse_past(day: date, today: date) -> None:
    if day <= today:
        raise fault("when", "The date must be after today")
