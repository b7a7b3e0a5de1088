"""The outbox: messages to people, each kept until it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from rota.store.databases.inserting import insert_all_unless_there
from rota.store.units.rows import table_of
from rota.tables import MessageTable

WAITING, SENDING, SENT, REFUSED, NO_ADDRESS = "waiting", "sending", "sent", "refused", "no address"

_MESSAGE = table_of(MessageTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it stands.

    `handed_over_at` is when its last attempt came to the point from which nobody can tell whether
    the mail server has taken it.
    """

    id: int
    key: str
    staff_no: str
    address: str
    subject: str
    body: str
    state: str
    attempts: int
    written_at: datetime
    due_at: datetime
    handed_over_at: datetime | None
    sent_at: datetime | None
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """A message that is to be sent; there is only ever one of a key."""

    key: str
    staff_no: str
    address: str
    subject: str
    body: str


def write(
    connection: Connection, messages: Sequence[NewMessage], *, unit_id: int, at: datetime
) -> None:
    """Put messages into the outbox, but for those whose key is there already."""
    common = {"unit_id": unit_id, "attempts": 0, "written_at": at, "due_at": at}
    rows = [{**asdict(new), **common, "state": _find_first_state(new)} for new in messages]
    insert_all_unless_there(connection, _MESSAGE, rows, unique="key")


def _find_first_state(message: NewMessage) -> str:
    return WAITING if message.address else NO_ADDRESS


def find_next_due(connection: Connection, now: datetime) -> Message | None:
    """The message that waits longest, of those whose time has come and nobody sends."""
    query = _select_messages(_is_due(now)).order_by(_MESSAGE.c.due_at, _MESSAGE.c.id).limit(1)
    row = connection.execute(query.with_for_update(skip_locked=True)).mappings().one_or_none()
    return Message(**row) if row else None


def claim(
    connection: Connection, number: int, *, claim: str, now: datetime, until: datetime
) -> bool:
    """Take the message to send it, if it is due and nobody sends it."""
    conditions = (_MESSAGE.c.id == number, _is_due(now))
    values: dict[str, Any] = {"state": SENDING, "claim": claim, "lease_until": until}
    values["attempts"] = _MESSAGE.c.attempts + 1
    return bool(connection.execute(update(_MESSAGE).where(*conditions).values(values)).rowcount)


def change(connection: Connection, number: int, *, claim: str, **values: Any) -> bool:
    """Change the message's columns, if it is still being sent under that claim."""
    conditions = (
        _MESSAGE.c.id == number,
        _MESSAGE.c.claim == claim,
        _MESSAGE.c.state == SENDING,
    )
    return bool(connection.execute(update(_MESSAGE).where(*conditions).values(values)).rowcount)


def count_by_state(connection: Connection) -> Mapping[str, int]:
    """How many messages there are in each state."""
    query = select(_MESSAGE.c.state, func.count()).group_by(_MESSAGE.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def count_under_way(connection: Connection, now: datetime) -> int:
    """How many are due, or taken by somebody who may have died over them."""
    is_taken = _MESSAGE.c.state == SENDING
    query = select(func.count()).select_from(_MESSAGE).where(or_(_is_due(now), is_taken))
    return connection.scalar(query) or 0


def count_undeliverable(connection: Connection, *, since: datetime) -> int:
    """How many written since then were refused, or have nowhere to go."""
    conditions = (_MESSAGE.c.state.in_((REFUSED, NO_ADDRESS)), _MESSAGE.c.written_at >= since)
    return connection.scalar(select(func.count()).select_from(_MESSAGE).where(*conditions)) or 0


def find_last_refusal(connection: Connection, *, since: datetime) -> str | None:
    """Why the last message was refused of those that were written since then."""
    refused = and_(_MESSAGE.c.state == REFUSED, _MESSAGE.c.written_at >= since)
    last = select(_MESSAGE.c.error).where(refused).order_by(_MESSAGE.c.id.desc()).limit(1)
    reason: str | None = connection.scalar(last)
    return reason


def let_wait_again(connection: Connection, unit_id: int | None, *, at: datetime) -> int:
    """Have the messages that were refused sent again, of a unit or of all. How many there are."""
    refused = _MESSAGE.c.state == REFUSED
    if unit_id is not None:
        refused = and_(refused, _MESSAGE.c.unit_id == unit_id)
    waiting = {"state": WAITING, "due_at": at, "lease_until": None}
    return connection.execute(update(_MESSAGE).where(refused).values(waiting)).rowcount


def find_oldest_waiting(connection: Connection) -> datetime | None:
    """When the message was written that waits longest."""
    conditions = _MESSAGE.c.state.in_((WAITING, SENDING))
    oldest: datetime | None = connection.scalar(
        select(func.min(_MESSAGE.c.written_at)).where(conditions)
    )
    return oldest


def list_unsent(connection: Connection, unit_id: int | None, *, most: int) -> tuple[Message, ...]:
    """Those that did not reach anybody yet, the oldest first."""
    conditions = _MESSAGE.c.state != SENT
    if unit_id is not None:
        conditions = and_(conditions, _MESSAGE.c.unit_id == unit_id)
    rows = connection.execute(
        _select_messages(conditions).order_by(_MESSAGE.c.id).limit(most)
    ).mappings()
    return tuple(Message(**row) for row in rows)


def _is_due(now: datetime) -> ColumnElement[bool]:
    is_waiting = and_(_MESSAGE.c.state == WAITING, _MESSAGE.c.due_at <= now)
    is_abandoned = and_(_MESSAGE.c.state == SENDING, _MESSAGE.c.lease_until < now)
    return or_(is_waiting, is_abandoned)


def _select_messages(*conditions: ColumnElement[bool]) -> Any:
    return select(*(_MESSAGE.c[field.name] for field in fields(Message))).where(*conditions)
