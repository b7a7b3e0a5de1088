"""What officers ask for: a day, leave, or a swap with a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.domain import WEEKDAYS
from rota.errors import Conflict, NotFound, RotaError, TooMany
from rota.moments import find_start_of_day
from rota.reading import read_one
from rota.services.access.act import Act
from rota.services.requests.agreements import without_account
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.requests.request_messages import (
    Officers,
    name_of,
    tell_managers,
    tell_managers_of_end,
)
from rota.services.requests.request_states import (
    AskSummary,
    asked,
    fault,
    found,
    officers_of,
    short_enough,
    step,
)
from rota.services.requests.swap_fit import fitting
from rota.services.requests.swap_messages import (
    tell_colleague,
    tell_colleague_of_withdrawal,
    tell_managers_to_agree,
)
from rota.services.units.lookup import unit_held, unit_named
from rota.services.units.record_changes import planning_days
from rota.store.databases.database import Database
from rota.store.requests import asks
from rota.store.requests.asks import DAY, LEAVE, OPEN, SWAP, WAITING, WITH_COLLEAGUE, WITHDRAWN, Ask
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit
from rota.writing import row_texts


def own_asks(database: Database, act: Act, *, unit: str, staff_no: str) -> tuple[AskSummary, ...]:
    """All that the officer asked for, and the swaps they were asked for; the newest first."""
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        officers = officers_of(connection, stored)
        those = asks.of_officer(connection, stored.id, staff_no)
    return tuple(asked(ask, officers, reader=staff_no) for ask in those)


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
        asked = {"when": when, "wants": wants, "strength": strength}
        return _begin(connection, act, stored, staff_no, DAY, note, asked).id


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
        days = {"first": first, "last": last}
        return _begin(connection, act, stored, staff_no, LEAVE, note, days).id


def ask_for_swap(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    with_staff_no: str,
    day: date,
    note: str = "",
    seen: tuple[str, str] | None = None,
) -> int:
    """Ask a colleague to take one's place on a published day, and to give theirs. Its number.

    `seen` has one's own place and theirs as they were shown to the asker. Raises Misfit if the swap
    cannot be, Conflict if the places are others than were shown.
    """
    with database.writing() as connection:
        stored = _held(connection, act, unit, staff_no)
        officers = officers_of(connection, stored)
        rotas = PublishedRotas(connection, stored, act.today)
        swap = fitting(
            rotas, act.today, day=day, own=staff_no, theirs=with_staff_no, reader=staff_no
        )
        sites = swap.own.site, swap.theirs.site
        if seen not in (None, sites):
            raise Conflict("One of the two places has changed since you looked. Look again.")
        both = {"when": day.isoformat(), "with_staff_no": with_staff_no}
        places = dict(zip(("own_site", "with_site"), sites, strict=True))
        ask = _begin(connection, act, stored, staff_no, SWAP, note, both, **places)
        _tell_of_swap(connection, act, stored, ask, officers)
    return ask.id


def withdraw(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Take back what one asked for, as long as nobody has decided on it.

    Those are told who were asked for an answer.
    """
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        ask = found(connection, stored, number)
        act.rights.must_be(unit, ask.staff_no)
        step(connection, act, stored, ask, since=OPEN, state=WITHDRAWN)
        officers = officers_of(connection, stored)
        if ask.kind == SWAP:
            tell_colleague_of_withdrawal(connection, act, stored, ask, officers)
        if ask.state == WAITING or without_account(connection, stored, {ask.with_staff_no or ""}):
            by = name_of(ask.staff_no, officers)
            tell_managers_of_end(connection, act, stored, ask, officers, outcome=WITHDRAWN, by=by)


def _held(connection: Connection, act: Act, unit: str, staff_no: str) -> StoredUnit:
    """The unit, in which somebody asks for themselves."""
    act.rights.must_be(unit, staff_no)
    stored = unit_held(connection, unit)
    if staff_no not in officers_of(connection, stored):
        raise NotFound(f"{staff_no} is not a staff number in {unit}.")
    return stored


def _tell_of_swap(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Ask the colleague; and where they cannot answer here, the managers to answer for them."""
    has_account = not without_account(connection, unit, {ask.with_staff_no or ""})
    tell_colleague(connection, act, unit, ask, officers, has_account=has_account)
    if not has_account:
        tell_managers_to_agree(connection, act, unit, ask, officers)


def _begin(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    staff_no: str,
    kind: str,
    note: str,
    asked: Mapping[str, Any],
    **columns: Any,
) -> Ask:
    """Keep what is asked for, unless the same is open already."""
    for ask in asks.of_officer(connection, unit.id, staff_no):
        is_same = all(getattr(ask, name) == value for name, value in asked.items())
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
        **asked,
        **columns,
    )
    after = {"ask": number, "kind": kind, "staff_no": staff_no}
    audit.add(connection, unit.id, act.entry(f"asked for a {kind}", after=after))
    ask = found(connection, unit, number)
    if state == WAITING:
        tell_managers(connection, act, unit, ask, officers_of(connection, unit))
    return ask


def _refuse_past(day: date, today: date) -> None:
    if day <= today:
        raise fault("when", "The date must be after today")


def must_ask_less(database: Database, act: Act, *, unit: str, staff_no: str, most: int) -> None:
    """Raise TooMany if the officer has asked for so much already today."""
    act.rights.must_be(unit, staff_no)
    today, tomorrow = (find_start_of_day(act.today + timedelta(days=n)) for n in (0, 1))
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        number = asks.made_since(connection, stored.id, staff_no, today)
    if number >= most:
        says = f"You have asked for {number} things today, and {most} is the most in one day"
        raise TooMany(says, wait=tomorrow - act.at)
