"""Messages about a swap to the two officers, and to managers where one has no account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from rota.services.access.act import Act
from rota.services.access.team_managers import Reader
from rota.services.requests.request_messages import (
    Officers,
    describe_ask,
    describe_to_managers,
    find_managers,
    find_name,
    find_name_of_actor,
    write_messages,
)
from rota.store.requests.asks import LAPSED, REFUSED, WITHDRAWN, Ask
from rota.store.units.units import StoredUnit
from rota.writing.request_notices import (
    build_notice_of_lapse,
    build_notice_of_refusal,
    build_notice_of_withdrawal,
    build_notice_to_asker_agreed_for,
    build_notice_to_colleague,
    build_notice_to_colleague_agreed_for,
    build_notice_to_manager_without_account,
)


def tell_colleague(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    *,
    has_account: bool,
) -> None:
    """Ask the colleague whether they agree to a swap, and tell them how to say so."""
    colleague = officers[ask.with_staff_no or ""]
    notice = build_notice_to_colleague(
        colleague.name,
        unit.name,
        **_describe_swap(ask, officers),
        note=ask.note,
        has_account=has_account,
    )
    write_messages(connection, act, unit, ask, "colleague", [(Reader.of(colleague), notice)])


def tell_agreed_for(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Tell both that a manager has agreed to the swap for the colleague."""
    by = find_name_of_actor(connection, act, unit, officers)
    colleague, asker = officers.get(ask.with_staff_no or ""), officers.get(ask.staff_no)
    notices = []
    if colleague:
        notice = build_notice_to_colleague_agreed_for(
            colleague.name, unit.name, **_describe_swap(ask, officers), by=by
        )
        notices.append((Reader.of(colleague), notice))
    if asker:
        about = {"request": describe_ask(ask, officers), "by": by}
        name = find_name(ask.with_staff_no, officers)
        notice = build_notice_to_asker_agreed_for(asker.name, unit.name, **about, colleague=name)
        notices.append((Reader.of(asker), notice))
    write_messages(connection, act, unit, ask, "agreed-for", notices)


def tell_of_lapse(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    *,
    reason: str,
) -> None:
    """Tell both that their swap has lapsed, and who is elsewhere by now."""
    pairs = (ask.staff_no, ask.with_staff_no), (ask.with_staff_no, ask.staff_no)
    notices = []
    for staff_no, other_staff_no in pairs:
        if officer := officers.get(staff_no or ""):
            notice = build_notice_of_lapse(
                officer.name,
                unit.name,
                other_name=find_name(other_staff_no, officers),
                day=ask.day,
                reason=reason,
                is_asker=staff_no == ask.staff_no,
            )
            notices.append((Reader.of(officer), notice))
    write_messages(connection, act, unit, ask, LAPSED, notices)


def tell_colleague_of_withdrawal(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Tell the colleague that the swap is not asked for any more."""
    if colleague := officers.get(ask.with_staff_no or ""):
        asker = find_name(ask.staff_no, officers)
        notice = build_notice_of_withdrawal(colleague.name, unit.name, asker=asker, day=ask.day)
        write_messages(connection, act, unit, ask, WITHDRAWN, [(Reader.of(colleague), notice)])


def tell_colleague_of_refusal(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Tell the colleague, who agreed to the swap, that a manager refused it."""
    if colleague := officers.get(ask.with_staff_no or ""):
        asker, by = (
            find_name(ask.staff_no, officers),
            find_name_of_actor(connection, act, unit, officers),
        )
        notice = build_notice_of_refusal(colleague.name, unit.name, asker=asker, day=ask.day, by=by)
        write_messages(connection, act, unit, ask, REFUSED, [(Reader.of(colleague), notice)])


def tell_managers_to_agree(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Tell the managers of a swap to which the colleague, who has no account, cannot agree."""
    colleague = find_name(ask.with_staff_no, officers)
    about = {**describe_to_managers(ask, officers), "colleague": colleague, "note": ask.note}
    notices = [
        (reader, build_notice_to_manager_without_account(reader.name, unit.name, **about))
        for reader in find_managers(connection, unit, ask, officers)
    ]
    write_messages(connection, act, unit, ask, "no-account", notices)


def _describe_swap(ask: Ask, officers: Officers) -> dict[str, Any]:
    """Who asks for a swap on which day and of which sites, for the colleague's message."""
    return {
        "asker": find_name(ask.staff_no, officers),
        "day": ask.day,
        "own_site": ask.with_site or "",
        "asker_site": ask.own_site or "",
    }
