"""What officers ask of their managers, and how far each of it has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

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
"""A swap begins with the colleague, anything else waiting for a manager; all others end it.

What is granted has happened; what is noted counts when the rota is next planned. A swap lapses when
one of its two places is not any more what it was when it was agreed to.
"""

OPEN = (WITH_COLLEAGUE, WAITING)

_ASK = table_of(AskTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What an officer asks for.

    A day has `when` (a date, or a weekday such as Mon), `wants` (a kind of site) and `strength`;
    leave has its `first` and `last` day; a swap has the date in `when`, `with_staff_no`, and where
    the two were published to be when it was asked for: `own_site` and `with_site`. `agreed_by` is
    the manager who agreed for the colleague, `outcome` what became of it, in words.
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

    @property
    def day(self) -> date:
        """The date of a swap. ValueError for anything else."""
        return date.fromisoformat(self.when or "")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def add(connection: Connection, unit_id: int, *, at: datetime, state: str, **columns: Any) -> int:
    """Keep something asked for. Its number."""
    nothing: dict[str, Any] = {field.name: None for field in fields(Ask) if field.name != "id"}
    row = {**nothing, "note": "", "answer": "", **columns}
    row |= {"unit_id": unit_id, "made_at": at, "state": state}
    number: int = connection.execute(insert(_ASK).values(row).returning(_ASK.c.id)).scalar_one()
    return number


def find(connection: Connection, unit_id: int, number: int) -> Ask | None:
    """What has that number in the unit."""
    return next(iter(_those(connection, _ASK.c.unit_id == unit_id, _ASK.c.id == number)), None)


def of_officer(connection: Connection, unit_id: int, staff_no: str) -> tuple[Ask, ...]:
    """All that the officer has asked for, and all swaps that others asked them for."""
    own = or_(_ASK.c.staff_no == staff_no, _ASK.c.with_staff_no == staff_no)
    return _those(connection, _ASK.c.unit_id == unit_id, own)


def made_since(connection: Connection, unit_id: int, staff_no: str, since: datetime) -> int:
    """How much the officer has asked for since that instant."""
    where = (_ASK.c.unit_id == unit_id, _ASK.c.staff_no == staff_no, _ASK.c.made_at >= since)
    number: int = connection.execute(select(func.count()).where(*where)).scalar_one()
    return number


def in_states(
    connection: Connection, unit_id: int, states: Iterable[str], *, most: int | None = None
) -> tuple[Ask, ...]:
    """All of the unit in one of these states, or so many of the newest."""
    where = (_ASK.c.unit_id == unit_id, _ASK.c.state.in_(list(states)))
    return _those(connection, *where, most=most)


def granted_after(connection: Connection, unit_id: int, day: date) -> tuple[Ask, ...]:
    """What was granted for dates after the day, and for weekdays."""
    where = (_ASK.c.unit_id == unit_id, _ASK.c.state == GRANTED, _ASK.c.when > day.isoformat())
    return _those(connection, *where)


def move(
    connection: Connection, number: int, *, since: Iterable[str], state: str, **columns: Any
) -> bool:
    """Bring what is in one of the states `since` to the state; False if it is in none of them."""
    where = (_ASK.c.id == number, _ASK.c.state.in_(list(since)))
    moved = update(_ASK).where(*where).values(state=state, **columns)
    return bool(connection.execute(moved).rowcount)


def keep_outcome(connection: Connection, number: int, outcome: str) -> None:
    """Keep what became of it, in words."""
    connection.execute(update(_ASK).where(_ASK.c.id == number).values(outcome=outcome))


def _those(
    connection: Connection, *where: ColumnElement[bool], most: int | None = None
) -> tuple[Ask, ...]:
    """Those asks, the newest first."""
    columns = [_ASK.c[field.name] for field in fields(Ask)]
    asked = select(*columns).where(*where).order_by(_ASK.c.id.desc()).limit(most)
    return tuple(Ask(**row) for row in connection.execute(asked).mappings())
