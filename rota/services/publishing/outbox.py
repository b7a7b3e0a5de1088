"""The outbox: every message is kept until it is sent, however often that fails."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from rota.sending import Letter, LetterRefused, NotSent, Post
from rota.services.access.act import Act
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.upkeep import audit, messages
from rota.store.upkeep.messages import REFUSED, SENT, WAITING, Message

FIRST_PAUSE = timedelta(seconds=30)
"""The pause after a first attempt that failed; each further one is twice as long."""

LONGEST_PAUSE = timedelta(hours=1)
"""No pause is longer."""


def send_next(
    database: Database, post: Post, *, now: Callable[[], datetime], lease: timedelta
) -> Message | None:
    """Send the message that is due longest, and keep how that went. None if none is due.

    The lease has to last longer than the post may take. What is kept just before the post hands
    the message over tells afterwards whether a lost attempt may have reached the reader: the same
    key goes with every attempt, so that a second copy can be known for one.
    """
    claim = secrets.token_hex(8)
    message = _claimed(database, claim, now(), lease)
    if message is None:
        return None

    def keep(**values: object) -> None:
        with database.writing() as connection:
            if not messages.change(connection, message.id, claim=claim, **values):
                raise NotSent("Another worker sends this message.")

    try:
        post.send(_letter(message), handing_over=lambda: keep(handed_over_at=now()))
    except LetterRefused as refused:
        keep(state=REFUSED, error=str(refused))
    except NotSent as not_sent:
        due = now() + _pause(message.attempts + 1)
        keep(state=WAITING, due_at=due, error=str(not_sent), lease_until=None)
    else:
        keep(state=SENT, sent_at=now(), error=None)
    return message


def retry(database: Database, act: Act, *, unit: str | None = None) -> int:
    """Have what was refused sent again, since what was wrong is mended. How many there are."""
    act.rights.must_administer()
    with database.writing() as connection:
        unit_id = find_unit(connection, unit).id if unit else None
        number = messages.let_wait_again(connection, unit_id, at=act.at)
        if number:
            entry = act.entry("had refused messages sent again", after={"messages": number})
            audit.add(connection, unit_id, entry)
    return number


def count_by_state(database: Database) -> Mapping[str, int]:
    """How many messages there are in each state."""
    with database.reading() as connection:
        return messages.count_by_state(connection)


def count_under_way(database: Database, *, now: datetime) -> int:
    """How many messages are due, or taken by a worker that sends them or died over them.

    Those that are tried again later are not among them.
    """
    with database.reading() as connection:
        return messages.count_under_way(connection, now)


def list_unsent(
    database: Database, *, unit: str | None = None, most: int = 50
) -> tuple[Message, ...]:
    """So many of the messages that did not reach anybody yet, the oldest first."""
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id if unit else None
        return messages.list_unsent(connection, unit_id, most=most)


def _claimed(database: Database, claim: str, now: datetime, lease: timedelta) -> Message | None:
    with database.writing() as connection:
        message = messages.find_next_due(connection, now)
        if message is None:
            return None
        is_ours = messages.claim(connection, message.id, claim=claim, now=now, until=now + lease)
    return message if is_ours else None


def _letter(message: Message) -> Letter:
    return Letter(
        key=message.key,
        to=message.address,
        subject=message.subject,
        body=message.body,
        written_at=message.written_at,
    )


def _pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_PAUSE)
