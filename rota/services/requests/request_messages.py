"""What people are told of what officers ask for; each is told once of each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from rota.domain import Officer
from rota.services.access.act import Act, name_of_doer
from rota.services.access.finding_rights import Consequence
from rota.services.access.team_managers import Managers, Reader, message
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


def ask_in_words(ask: Ask, officers: Officers) -> str:
    """What is asked for, as it stands in a sentence."""
    if ask.kind == DAY:
        return say_day_asked(ask.when or "", ask.wants or "")
    if ask.kind == LEAVE and ask.first and ask.last:
        return say_leave_asked(ask.first, ask.last)
    return say_swap_asked(name_of(ask.with_staff_no, officers), ask.day)


def name_of(staff_no: str | None, officers: Officers) -> str:
    """The officer's name; the staff number of somebody who has gone."""
    officer = officers.get(staff_no or "")
    return officer.name if officer else staff_no or ""


def tell_managers(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers
) -> None:
    """Tell the managers whom it concerns that something waits for them."""
    about = {**asked_of(ask, officers), "note": ask.note}
    notices = [
        (reader, build_notice_to_manager(reader.name, unit.name, **about))
        for reader in managers_of(connection, unit, ask, officers)
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
    about = {**asked_of(ask, officers), "outcome": outcome, "by": by, "text": text}
    notices = [
        (reader, build_notice_to_manager_of_end(reader.name, unit.name, **about))
        for reader in managers_of(connection, unit, ask, officers)
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
    """Tell whoever asked what somebody did with it, and what came of it."""
    asker = officers.get(ask.staff_no)
    if asker is None:
        return
    its = build_notice_to_asker(
        asker.name,
        unit.name,
        request=ask_in_words(ask, officers),
        outcome=outcome,
        by=name_of_actor(connection, act, unit, officers),
        result=result,
        text=text,
    )
    write_messages(connection, act, unit, ask, outcome, [(Reader.of(asker), its)])


def tell_managers_of_breakage(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    broken: Iterable[Consequence],
) -> None:
    """Tell the managers what gets worse with what was granted, if anything does."""
    if lines := [consequence.says for consequence in broken]:
        about = asked_of(ask, officers)
        notices = [
            (
                reader,
                build_notice_to_manager_of_breakage(reader.name, unit.name, **about, broken=lines),
            )
            for reader in managers_of(connection, unit, ask, officers)
        ]
        write_messages(connection, act, unit, ask, "broken", notices)


def concerned(ask: Ask) -> tuple[str, ...]:
    """The staff numbers of those whose days are at stake."""
    return (ask.staff_no, *([ask.with_staff_no] if ask.with_staff_no else []))


def managers_of(
    connection: Connection, unit: StoredUnit, ask: Ask, officers: Officers
) -> Iterable[Reader]:
    """Those who manage the teams that it concerns.

    Where these are two teams, those too who manage both, and so can answer.
    """
    teams = {officers[who].team for who in concerned(ask) if who in officers}
    managers = Managers(connection, unit, officers)
    readers = [its for team in teams for its in managers.of(team, but=concerned(ask))]
    if len(teams) > 1:
        readers += [its for its in managers.of_all if its.staff_no not in concerned(ask)]
    return {its.key: its for its in readers}.values()


def asked_of(ask: Ask, officers: Officers) -> dict[str, str]:
    """Who asks for what, as managers are told it."""
    return {"asker": name_of(ask.staff_no, officers), "request": ask_in_words(ask, officers)}


def name_of_actor(connection: Connection, act: Act, unit: StoredUnit, officers: Officers) -> str:
    """Whoever acts, by the name that colleagues know."""
    own = act.rights.own.get(unit.name)
    return name_of(own, officers) if own else name_of_doer(connection, act.who)


def write_messages(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    step: str,
    notices: Iterable[tuple[Reader, Notice]],
) -> None:
    """Put what these readers are told at a step of the ask into the outbox, once."""
    occasion = f"{unit.id}/ask/{ask.id}/{step}"
    written = [message(occasion, reader, notice, about=ask.staff_no) for reader, notice in notices]
    messages.write(connection, written, unit_id=unit.id, at=act.at)
