"""What officers ask for: a day, leave, or a swap with a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.domain import WEEKDAYS, WHOLE_DAY
from rota.errors import Conflict, NotFound, RotaError, TooMany
from rota.moments import find_start_of_day
from rota.reading import list_planning_days, read_one
from rota.services.access.act import Act
from rota.services.requests.agreements import find_without_account
from rota.services.requests.published_rotas import PublishedRotas
from rota.services.requests.request_messages import (
    Officers,
    find_name,
    tell_managers,
    tell_managers_of_end,
)
from rota.services.requests.request_states import (
    AskSummary,
    build_fault,
    change_state,
    find_ask,
    load_officers,
    read_text,
    summarise_ask,
)
from rota.services.requests.swap_fit import fit_swap
from rota.services.requests.swap_messages import (
    tell_colleague,
    tell_colleague_of_withdrawal,
    tell_managers_to_agree,
)
from rota.services.units.lookup import find_unit, hold_unit
from rota.store.databases.database import Database
from rota.store.requests import asks
from rota.store.requests.asks import DAY, LEAVE, OPEN, SWAP, WAITING, WITH_COLLEAGUE, WITHDRAWN, Ask
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit
from rota.writing import row_texts


def list_own_asks(
    database: Database, act: Act, *, unit: str, staff_no: str
) -> tuple[AskSummary, ...]:
    """The officer's asks, and the swaps that others asked them for, the newest first."""
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        officers = load_officers(connection, stored_unit, act.today)
        own_asks = asks.list_of_officer(connection, stored_unit.id, staff_no)
    days_off = stored_unit.policy.days_off
    return tuple(
        summarise_ask(ask, officers, reader=staff_no, days_off=days_off) for ask in own_asks
    )


def ask_for_day(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    when: str,
    wants: str,
    strength: int,
    part: str = WHOLE_DAY,
    note: str = "",
) -> int:
    """Ask for a day at a kind of site, on a date or on every such weekday, or for half of it.

    The ask's number.

    Raises BadInput with what is wrong, by the columns of `requests`.
    """
    row = {"staff_no": staff_no, "when": when, "wants": wants, "strength": str(strength)}
    row["part"] = part
    with database.writing() as connection:
        stored_unit = _hold_unit(connection, act, unit, staff_no)
        request = read_one("requests", row, unit=units.load_staff(connection, stored_unit.id))
        when = row_texts("requests", request)["when"]
        if when not in WEEKDAYS:
            _refuse_past(date.fromisoformat(when), act.today)
        details = {"when": when, "wants": wants, "strength": strength, "part": part}
        return _add_ask(connection, act, stored_unit, staff_no, DAY, note, details).id


def ask_for_leave(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    first: date,
    last: date,
    part: str = WHOLE_DAY,
    note: str = "",
) -> int:
    """Ask for leave, both days included, or for half of each. The ask's number."""
    if first < act.today:
        raise build_fault("first", "The first day must be today or later")
    if last < first:
        raise build_fault("last", "The last day must be the same as or after the first day")
    list_planning_days(first, last)
    with database.writing() as connection:
        stored_unit = _hold_unit(connection, act, unit, staff_no)
        details = {"first": first, "last": last, "part": part}
        return _add_ask(connection, act, stored_unit, staff_no, LEAVE, note, details).id


def ask_for_swap(
    database: Database,
    act: Act,
    *,
    unit: str,
    staff_no: str,
    with_staff_no: str,
    day: date,
    note: str = "",
    sites_shown: tuple[str, str] | None = None,
) -> int:
    """Ask a colleague to exchange sites on a published day. The ask's number.

    `sites_shown` are one's own site and the colleague's as the asker was shown them. Raises
    NotPossible if the swap cannot be, Conflict if the sites are others by now.
    """
    with database.writing() as connection:
        stored_unit = _hold_unit(connection, act, unit, staff_no)
        officers = load_officers(connection, stored_unit, act.today)
        rotas = PublishedRotas(connection, stored_unit, act.today)
        swap = fit_swap(
            rotas,
            act.today,
            day=day,
            staff_no=staff_no,
            with_staff_no=with_staff_no,
            reader=staff_no,
        )
        sites = swap.own.sites, swap.colleague.sites
        if sites_shown not in (None, sites):
            raise Conflict("One of the two places has changed since you looked. Look again.")
        details = {"when": day.isoformat(), "with_staff_no": with_staff_no}
        site_columns = dict(zip(("own_site", "with_site"), sites, strict=True))
        ask = _add_ask(connection, act, stored_unit, staff_no, SWAP, note, details, **site_columns)
        _tell_of_swap(connection, act, stored_unit, ask, officers)
    return ask.id


def withdraw(database: Database, act: Act, *, unit: str, number: int) -> None:
    """Take back what one asked for, as long as nobody has decided on it.

    Whoever was asked for an answer is told.
    """
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        ask = find_ask(connection, stored_unit, number)
        act.rights.must_be(unit, ask.staff_no)
        change_state(connection, act, stored_unit, ask, since=OPEN, state=WITHDRAWN)
        officers = load_officers(connection, stored_unit, act.today)
        if ask.kind == SWAP:
            tell_colleague_of_withdrawal(connection, act, stored_unit, ask, officers)
        if ask.state == WAITING or find_without_account(
            connection, stored_unit, {ask.with_staff_no or ""}
        ):
            by = find_name(ask.staff_no, officers)
            tell_managers_of_end(
                connection, act, stored_unit, ask, officers, outcome=WITHDRAWN, by=by
            )


def _hold_unit(connection: Connection, act: Act, unit: str, staff_no: str) -> StoredUnit:
    """The unit, held until the transaction ends. Raises Forbidden for any other officer."""
    act.rights.must_be(unit, staff_no)
    stored_unit = hold_unit(connection, unit)
    if staff_no not in load_officers(connection, stored_unit, act.today):
        raise NotFound(f"{staff_no} is not a staff number in {unit}.")
    return stored_unit


def _tell_of_swap(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Ask the colleague; and where they cannot answer here, the managers to answer for them."""
    has_account = not find_without_account(connection, unit, {ask.with_staff_no or ""})
    tell_colleague(connection, act, unit, ask, officers, has_account=has_account)
    if not has_account:
        tell_managers_to_agree(connection, act, unit, ask, officers)


def _add_ask(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    staff_no: str,
    kind: str,
    note: str,
    details: Mapping[str, Any],
    **columns: Any,
) -> Ask:
    """Save what is asked for, unless the same is open already."""
    for ask in asks.list_of_officer(connection, unit.id, staff_no):
        is_same = all(getattr(ask, name) == value for name, value in details.items())
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
        note=read_text("note", note),
        **details,
        **columns,
    )
    after = {"ask": number, "kind": kind, "staff_no": staff_no}
    audit.add(connection, unit.id, act.entry(f"asked for a {kind}", after=after))
    ask = find_ask(connection, unit, number)
    if state == WAITING:
        tell_managers(connection, act, unit, ask, load_officers(connection, unit, act.today))
    return ask


def _refuse_past(day: date, today: date) -> None:
    if day <= today:
        raise build_fault("when", "The date must be after today")


def must_ask_less(database: Database, act: Act, *, unit: str, staff_no: str, most: int) -> None:
    """Raise TooMany if the officer has asked for so much already today."""
    act.rights.must_be(unit, staff_no)
    today, tomorrow = (find_start_of_day(act.today + timedelta(days=n)) for n in (0, 1))
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        number = asks.count_made_since(connection, stored_unit.id, staff_no, today)
    if number >= most:
        sentence = f"You have asked for {number} things today, and {most} is the most in one day"
        raise TooMany(sentence, wait=tomorrow - act.at)
