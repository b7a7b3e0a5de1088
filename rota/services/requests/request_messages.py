"""Messages to managers and officers about what officers ask for, one for each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from rota.domain import Officer
from rota.services.access.act import Act, find_actor_name
from rota.services.access.finding_rights import Consequence
from rota.services.access.team_managers import Managers, Reader, write_message
from rota.store.requests.asks import DAY, LEAVE, Ask
from rota.store.units.units import StoredUnit
from rota.store.upkeep import messages
from rota.writing.notice import Notice
from rota.writing.request_notices import (
    build_notice_to_asker,
    build_notice_to_manager,
    build_notice_to_manager_of_breakage,
    build_notice_to_manager_of_end,
)
from rota.writing.request_sentences import say_day_asked, say_leave_asked, say_swap_asked

Officers = Mapping[str, Officer]
"""The officers of a unit by staff number."""


def describe_ask(ask: Ask, officers: Officers) -> str:
    """What is asked for, as a part of a sentence."""
    if ask.kind == DAY:
        return say_day_asked(ask.when or "", ask.wants or "", ask.part)
    if ask.kind == LEAVE and ask.first and ask.last:
        return say_leave_asked(ask.first, ask.last, ask.part)
    return say_swap_asked(find_name(ask.with_staff_no, officers), ask.day)


def find_name(staff_no: str | None, officers: Officers) -> str:
    """The officer's name; the staff number if they are not in the unit any more."""
    officer = officers.get(staff_no or "")
    return officer.name if officer else staff_no or ""


def tell_managers(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Tell the managers concerned that something waits for their answer."""
    about = {**describe_to_managers(ask, officers), "note": ask.note}
    notices = [
        (reader, build_notice_to_manager(reader.name, unit.name, **about))
        for reader in find_managers(connection, unit, ask, officers)
    ]
    write_messages(connection, act, unit, ask, "managers", notices)


def tell_managers_of_end(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    *,
    outcome: str,
    by: str,
    text: str = "",
) -> None:
    """Tell the managers that something waits for them no longer, and who ended it."""
    about = {**describe_to_managers(ask, officers), "outcome": outcome, "by": by, "text": text}
    notices = [
        (reader, build_notice_to_manager_of_end(reader.name, unit.name, **about))
        for reader in find_managers(connection, unit, ask, officers)
    ]
    write_messages(connection, act, unit, ask, "ended", notices)


def tell_asker(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    *,
    outcome: str,
    text: str,
    result: str = "",
) -> None:
    """Tell the officer who asked what was decided, and what came of it."""
    asker = officers.get(ask.staff_no)
    if asker is None:
        return
    notice = build_notice_to_asker(
        asker.name,
        unit.name,
        request=describe_ask(ask, officers),
        outcome=outcome,
        by=find_name_of_actor(connection, act, unit, officers),
        result=result,
        text=text,
    )
    write_messages(connection, act, unit, ask, outcome, [(Reader.of(asker), notice)])


def tell_managers_of_breakage(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    consequences: Iterable[Consequence],
) -> None:
    """Tell the managers what gets worse with what was granted, if anything does."""
    if lines := [consequence.says for consequence in consequences]:
        about = describe_to_managers(ask, officers)
        notices = [
            (
                reader,
                build_notice_to_manager_of_breakage(
                    reader.name, unit.name, **about, broken_rules=lines
                ),
            )
            for reader in find_managers(connection, unit, ask, officers)
        ]
        write_messages(connection, act, unit, ask, "broken", notices)


def list_concerned(ask: Ask) -> tuple[str, ...]:
    """The staff numbers of the officer who asks and of the colleague, if there is one."""
    return (ask.staff_no, *([ask.with_staff_no] if ask.with_staff_no else []))


def find_managers(
    connection: Connection, unit: StoredUnit, ask: Ask, officers: Officers
) -> Iterable[Reader]:
    """The managers of the teams concerned; of two teams, also those who manage both.

    Only somebody who manages both can answer.
    """
    teams = {officers[staff_no].team for staff_no in list_concerned(ask) if staff_no in officers}
    managers = Managers(connection, unit, officers)
    readers = [reader for team in teams for reader in managers.of(team, but=list_concerned(ask))]
    if len(teams) > 1:
        readers += [
            reader for reader in managers.of_all if reader.staff_no not in list_concerned(ask)
        ]
    return {reader.key: reader for reader in readers}.values()


def describe_to_managers(ask: Ask, officers: Officers) -> dict[str, str]:
    """Who asks for what, as managers are told it."""
    return {"asker": find_name(ask.staff_no, officers), "request": describe_ask(ask, officers)}


def find_name_of_actor(
    connection: Connection, act: Act, unit: StoredUnit, officers: Officers
) -> str:
    """The name of the person who acts, as colleagues know it."""
    own_staff_no = act.rights.own.get(unit.name)
    return (
        find_name(own_staff_no, officers)
        if own_staff_no
        else find_actor_name(connection, act.actor)
    )


def write_messages(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    step: str,
    notices: Iterable[tuple[Reader, Notice]],
) -> None:
    """Put the messages of a step of the ask into the outbox, each reader's once."""
    occasion = f"{unit.id}/ask/{ask.id}/{step}"
    outgoing = [
        write_message(occasion, reader, notice, about=ask.staff_no) for reader, notice in notices
    ]
    messages.write(connection, outgoing, unit_id=unit.id, at=act.at)
