"""Asks as they go from one state to the next, and whether they would have any effect."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from rota.domain import HOME, WEEKDAYS, Officer, Unit
from rota.errors import BadInput, Conflict, Fault, NotFound
from rota.remarks.workdays import Workdays, list_days
from rota.services.access.act import Act
from rota.services.requests.request_messages import Officers, describe_ask, find_name
from rota.store.requests import asks
from rota.store.requests.asks import (
    DAY,
    DECLINED,
    GRANTED,
    LAPSED,
    LEAVE,
    NOTED,
    REFUSED,
    SWAP,
    WAITING,
    WITH_COLLEAGUE,
    WITHDRAWN,
    Ask,
)
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit
from rota.writing.request_sentences import YOU, say_no_home_office, say_no_work_on, say_no_work_then

__all__ = [
    "DAY",
    "DECLINED",
    "GRANTED",
    "LAPSED",
    "LEAVE",
    "LONGEST_TEXT",
    "NOTED",
    "REFUSED",
    "SWAP",
    "WAITING",
    "WITHDRAWN",
    "WITH_COLLEAGUE",
    "Ask",
    "AskSummary",
    "build_fault",
    "change_state",
    "find_ask",
    "load_officers",
    "read_text",
    "summarise_ask",
]

LONGEST_TEXT = 500
"""Characters of a note or an answer."""


@dataclass(frozen=True, slots=True)
class AskSummary:
    """Something that is asked for, in words, by whom, and of which colleague, by their names."""

    ask: Ask
    says: str
    asker: str
    colleague: str | None
    remark: str
    """Why it would have no effect, as things are; empty if it is not open, or would have some."""


def summarise_ask(
    ask: Ask, officers: Officers, *, reader: str | None = None, days_off: Collection[date] = ()
) -> AskSummary:
    """The ask with its words and names, for the officer of that staff number or for anybody."""
    colleague = find_name(ask.with_staff_no, officers) if ask.with_staff_no else None
    asker, officer = find_name(ask.staff_no, officers), officers.get(ask.staff_no)
    remark = ""
    if ask.is_open and officer:
        name = YOU if reader == ask.staff_no else asker
        remark = explain_no_effect(ask, officer, name=name, days_off=days_off)
    return AskSummary(ask, describe_ask(ask, officers), asker, colleague, remark)


def load_officers(connection: Connection, unit: StoredUnit, today: date) -> Officers:
    """Everybody by staff number as they are today: their managers are those of today's team."""
    officers = units.load_officers(connection, unit.id, today)
    return {officer.staff_no: officer for officer in officers}


def find_ask(connection: Connection, unit: StoredUnit, number: int) -> Ask:
    """The ask of that number. Raises NotFound if there is none."""
    ask = asks.find(connection, unit.id, number)
    if ask is None:
        raise NotFound(f"Nothing that was asked for in {unit.name} has the number {number}.")
    return ask


def change_state(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    *,
    since: Iterable[str],
    state: str,
    what_was_done: str = "",
    **columns: Any,
) -> None:
    """Bring the ask to another state. Raises Conflict if it is not in one of those before.

    `what_was_done` is for the audit, where the state does not say it.
    """
    if not asks.change_state(connection, ask.id, since=since, state=state, **columns):
        state_now = find_ask(connection, unit, ask.id).state
        raise Conflict(f"That is {state_now} already. Nothing was changed.")
    entry = act.entry(
        what_was_done or f"{state} what was asked for",
        before={"ask": ask.id, "state": ask.state},
        after={"ask": ask.id, "state": state, "kind": ask.kind, "staff_no": ask.staff_no},
    )
    audit.add(connection, unit.id, entry)


def read_text(column: str, text: str) -> str:
    """The text without blanks around it. Raises BadInput if it is too long."""
    text = text.strip()
    if len(text) > LONGEST_TEXT:
        raise build_fault(column, f"This must be {LONGEST_TEXT} characters or fewer")
    return text


def build_fault(column: str, sentence: str) -> BadInput:
    """What is wrong with one field of a form."""
    return BadInput([Fault("asks", sentence, column=column)])


def explain_no_effect(ask: Ask, officer: Officer, *, name: str, days_off: Collection[date]) -> str:
    """Why the ask would have no effect, as a sentence about the officer; empty if it has some.

    The officer is called by `name`, which is "you" where they read it themselves.
    """
    if ask.kind == LEAVE and ask.first and ask.last:
        days = list_days((ask.first, ask.last))
        works = any(_is_worked(officer, day, ask.part, days_off) for day in days)
        return "" if works else say_no_work_then(name)
    if ask.kind != DAY:
        return ""
    if ask.when in WEEKDAYS:
        is_worked = WEEKDAYS.index(ask.when) in officer.working_days.weekdays
    else:
        is_worked = _is_worked(officer, ask.day, ask.part, days_off)
    if not is_worked:
        return say_no_work_on(name, ask.when or "", ask.part)
    lacks_home = ask.wants == HOME.name and not officer.has_home_office
    return say_no_home_office(name) if lacks_home else ""


def _is_worked(officer: Officer, day: date, part: str, days_off: Collection[date]) -> bool:
    """Whether the officer works any of that part of the day, unless they are away."""
    days = Workdays(Unit(sites=(), teams=(), officers=(officer,)), days_off)
    return days.find_cause(officer, day, part) is None
