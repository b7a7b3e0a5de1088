"""What people are told of what officers ask for; each is told once of each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from rota.domain import Officer, Seat
from rota.services.acting import Act
from rota.services.doers import name_of_doer
from rota.services.managing import Managers, Reader
from rota.services.telling import message
from rota.store import messages
from rota.store.asks import DAY, LEAVE, Ask
from rota.store.units import Stored
from rota.writing.asking import (
    day_asked,
    leave_asked,
    swap_asked,
    to_asker,
    to_colleague,
    to_manager,
)
from rota.writing.notice import Notice

Officers = Mapping[str, Officer]
"""The officers of a unit by staff number."""


def in_words(ask: Ask, officers: Officers) -> str:
    """What is asked for, as it stands in a sentence."""
    if ask.kind == DAY:
        return day_asked(ask.when or "", ask.wants or "")
    if ask.kind == LEAVE and ask.first and ask.last:
        return leave_asked(ask.first, ask.last)
    return swap_asked(name_of(ask.with_staff_no, officers), ask.day)


def name_of(staff_no: str | None, officers: Officers) -> str:
    """The officer's name; the staff number of somebody who has gone."""
    officer = officers.get(staff_no or "")
    return officer.name if officer else staff_no or ""


def tell_colleague(
    connection: Connection,
    act: Act,
    unit: Stored,
    ask: Ask,
    officers: Officers,
    *,
    own: Seat,
    theirs: Seat,
) -> None:
    """Ask the colleague whether they agree to a swap of these seats, of which `own` is theirs."""
    colleague = officers[own.staff_no]
    its = to_colleague(
        colleague.name,
        unit.name,
        asker=name_of(ask.staff_no, officers),
        day=own.date,
        own=own.site,
        theirs=theirs.site,
        note=ask.note,
    )
    _write(connection, act, unit, ask, "colleague", [(Reader.of(colleague), its)])


def tell_managers(
    connection: Connection, act: Act, unit: Stored, ask: Ask, officers: Officers
) -> None:
    """Tell the managers of the teams that it concerns that something waits for them.

    Where these are two teams, those are told too who manage both, and so can answer.
    """
    asker = name_of(ask.staff_no, officers)
    asked = in_words(ask, officers)
    teams = {officers[who].team for who in concerned(ask) if who in officers}
    managers = Managers(connection, unit, officers)
    readers = [its for team in teams for its in managers.of(team, but=concerned(ask))]
    if len(teams) > 1:
        readers += [its for its in managers.of_all if its.staff_no not in concerned(ask)]
    told = [
        (its, to_manager(its.name, unit.name, asker=asker, asked=asked, note=ask.note))
        for its in {its.key: its for its in readers}.values()
    ]
    _write(connection, act, unit, ask, "managers", told)


def tell_asker(
    connection: Connection,
    act: Act,
    unit: Stored,
    ask: Ask,
    officers: Officers,
    *,
    outcome: str,
    text: str,
) -> None:
    """Tell whoever asked what somebody did with it."""
    asker = officers.get(ask.staff_no)
    if asker is None:
        return
    own = act.rights.own.get(unit.name)
    its = to_asker(
        asker.name,
        unit.name,
        asked=in_words(ask, officers),
        outcome=outcome,
        by=name_of(own, officers) if own else name_of_doer(connection, act.who),
        text=text,
    )
    _write(connection, act, unit, ask, outcome, [(Reader.of(asker), its)])


def concerned(ask: Ask) -> tuple[str, ...]:
    """The staff numbers of those whose days are at stake."""
    return (ask.staff_no, *([ask.with_staff_no] if ask.with_staff_no else []))


def _write(
    connection: Connection,
    act: Act,
    unit: Stored,
    ask: Ask,
    step: str,
    told: Iterable[tuple[Reader, Notice]],
) -> None:
    occasion = f"{unit.id}/ask/{ask.id}/{step}"
    written = [message(occasion, reader, its, about=ask.staff_no) for reader, its in told]
    messages.write(connection, written, unit_id=unit.id, at=act.at)
