"""Asks: what officers ask of their managers, and the state of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from rota.domain import WHOLE_DAY
from rota.store.units.rows import table_of
from rota.tables import AskTable

DAY, LEAVE, SWAP = "day", "leave", "swap"
"""What may be asked for."""

WITH_COLLEAGUE, WAITING, GRANTED, NOTED, REFUSED, DECLINED, WITHDRAWN, LAPSED = (
    "with colleague",
    "waiting",
    "granted",
    "noted",
    "refused",
    "declined",
    "withdrawn",
    "lapsed",
)
"""A swap begins with the colleague, any other ask waits for a manager; other states end it.

What is granted is published; what is noted counts when the rota is next planned. A swap lapses when
one of the two is not published any more where they were when it was agreed to.
"""

OPEN = (WITH_COLLEAGUE, WAITING)

_ASK = table_of(AskTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What an officer asks for.

    A day has `when` (a date, or a weekday such as Mon), `wants` (a kind of site) and `strength`;
    leave has its `first` and `last` day; both may be of half of the day, their `part`. A swap has
    the date in `when`, `with_staff_no`, and where the two were published to be when it was asked
    for: `own_site` and `with_site`. `agreed_by` is the manager who agreed for the colleague,
    `outcome` what became of it, in words.
    """

    id: int
    unit_id: int
    staff_no: str
    kind: str
    when: str | None
    wants: str | None
    strength: int | None
    first: date | None
    last: date | None
    with_staff_no: str | None
    note: str
    state: str
    made_at: datetime
    agreed_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    answer: str
    own_site: str | None
    with_site: str | None
    agreed_by: str | None
    outcome: str | None
    part: str

    @property
    def day(self) -> date:
        """The date of a swap. ValueError for anything else."""
        return date.fromisoformat(self.when or "")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def add(connection: Connection, unit_id: int, *, at: datetime, state: str, **columns: Any) -> int:
    """Add an ask. Its number."""
    nothing: dict[str, Any] = {field.name: None for field in fields(Ask) if field.name != "id"}
    row = {**nothing, "note": "", "answer": "", "part": WHOLE_DAY, **columns}
    row |= {"unit_id": unit_id, "made_at": at, "state": state}
    number: int = connection.execute(insert(_ASK).values(row).returning(_ASK.c.id)).scalar_one()
    return number


def find(connection: Connection, unit_id: int, number: int) -> Ask | None:
    """The unit's ask of that number."""
    return next(iter(_load(connection, _ASK.c.unit_id == unit_id, _ASK.c.id == number)), None)


def list_of_officer(connection: Connection, unit_id: int, staff_no: str) -> tuple[Ask, ...]:
    """All asks of the officer, and all swaps that others asked them for."""
    is_own = or_(_ASK.c.staff_no == staff_no, _ASK.c.with_staff_no == staff_no)
    return _load(connection, _ASK.c.unit_id == unit_id, is_own)


def count_made_since(connection: Connection, unit_id: int, staff_no: str, since: datetime) -> int:
    """How many asks the officer has made since that instant."""
    conditions = (_ASK.c.unit_id == unit_id, _ASK.c.staff_no == staff_no, _ASK.c.made_at >= since)
    number: int = connection.execute(select(func.count()).where(*conditions)).scalar_one()
    return number


def list_in_states(
    connection: Connection, unit_id: int, states: Iterable[str], *, most: int | None = None
) -> tuple[Ask, ...]:
    """The unit's asks in one of these states, or so many of the newest."""
    conditions = (_ASK.c.unit_id == unit_id, _ASK.c.state.in_(list(states)))
    return _load(connection, *conditions, most=most)


def list_granted_after(connection: Connection, unit_id: int, day: date) -> tuple[Ask, ...]:
    """The days and swaps that were granted for dates after the day, and for weekdays."""
    conditions = (_ASK.c.unit_id == unit_id, _ASK.c.state == GRANTED, _ASK.c.when > day.isoformat())
    return _load(connection, *conditions)


def change_state(
    connection: Connection, number: int, *, since: Iterable[str], state: str, **columns: Any
) -> bool:
    """Change the state, if it is one of those in `since`. Whether it was."""
    conditions = (_ASK.c.id == number, _ASK.c.state.in_(list(since)))
    change = update(_ASK).where(*conditions).values(state=state, **columns)
    return bool(connection.execute(change).rowcount)


def save_outcome(connection: Connection, number: int, outcome: str) -> None:
    """Save what came of it, in words."""
    connection.execute(update(_ASK).where(_ASK.c.id == number).values(outcome=outcome))


def _load(
    connection: Connection, *conditions: ColumnElement[bool], most: int | None = None
) -> tuple[Ask, ...]:
    """The asks that meet the conditions, the newest first."""
    columns = [_ASK.c[field.name] for field in fields(Ask)]
    query = select(*columns).where(*conditions).order_by(_ASK.c.id.desc()).limit(most)
    return tuple(Ask(**row) for row in connection.execute(query).mappings())
