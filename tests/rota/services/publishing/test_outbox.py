"""Each message is sent once; what fails is tried again with growing pauses, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from rota.errors import Forbidden, NotFound
from rota.sending import FolderPost, Letter, LetterRefused, NotSent
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.publishing import outbox
from rota.store.databases.database import Database
from rota.store.units.rows import table_of
from rota.store.upkeep import messages
from rota.store.upkeep.messages import Message
from rota.tables import MessageTable
from tests.rota.services.example import ON_SQLITE, keep
from tests.stored import audited

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
LEASE = timedelta(minutes=10)
SECOND = timedelta(seconds=1)
MENDED = Act("Mel", "a test", START + timedelta(hours=2))
HALF_A_MINUTE = timedelta(seconds=30)

CHART = """
        4 Jan 2027
        Mon
Ann     O
"""


@pytest.fixture
def database(database: Database) -> Database:
    """A database with two units, to whose officers messages can be written."""
    keep(database, CHART)
    keep(database, CHART, name="Red")
    return database


def write(
    database: Database,
    key: str = "1/run/1/ann",
    *,
    address: str = "ann@example.org",
    at: datetime = START,
    unit_id: int = 1,
) -> None:
    message = messages.NewMessage(
        key=key, staff_no="ann", address=address, subject="Your rota", body="Dear Ann,\n"
    )
    with database.writing() as connection:
        messages.write(connection, [message], unit_id=unit_id, at=at)


class Fake:
    """A mail server that keeps what it accepts; its troubles come one after the other."""

    def __init__(self, *troubles: Exception | None, handed_over_first: bool = True) -> None:
        self.accepted: list[Letter] = []
        self._troubles: Iterator[Exception | None] = iter(troubles)
        self._handed_over_first = handed_over_first

    def __str__(self) -> str:
        return "a fake"

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        trouble = next(self._troubles, None)
        if self._handed_over_first:
            handing_over()
        if trouble:
            raise trouble
        self.accepted.append(letter)

    def check(self) -> None:
        """It is always there."""


def send(database: Database, post: Fake, at: datetime = START) -> Message | None:
    return outbox.send_next(database, post, now=lambda: at, lease=LEASE)


def rows(database: Database) -> list[dict[str, object]]:
    its = table_of(MessageTable)
    with database.reading() as connection:
        found = connection.execute(select(its).order_by(its.c.id)).mappings()
        return [dict(row) for row in found]


def told(database: Database, *names: str) -> tuple[object, ...]:
    """These columns of the only message."""
    (row,) = rows(database)
    return tuple(row[name] for name in names)


def test_a_message_is_sent_once(database: Database) -> None:
    write(database)
    post = Fake()
    sent = send(database, post, START + SECOND)
    assert sent is not None
    assert post.accepted == [
        Letter(
            key="1/run/1/ann",
            to="ann@example.org",
            subject="Your rota",
            body="Dear Ann,\n",
            written_at=START,
        )
    ]
    assert told(database, "state", "attempts", "error") == ("sent", 1, None)
    assert told(database, "handed_over_at", "sent_at") == (START + SECOND, START + SECOND)
    assert send(database, post, START + timedelta(days=9)) is None
    assert len(post.accepted) == 1
    assert (outbox.count_by_state(database), outbox.list_unsent(database)) == ({"sent": 1}, ())


def test_what_is_due_longest_is_sent_first(database: Database) -> None:
    write(database, "later", at=START + SECOND)
    write(database, "first")
    write(database, "second")
    write(database, "tomorrow", at=START + timedelta(days=1))
    post = Fake()
    while send(database, post, START + SECOND):
        pass
    assert [letter.key for letter in post.accepted] == ["first", "second", "later"]
    assert outbox.count_by_state(database) == {"sent": 3, "waiting": 1}


@ON_SQLITE
def test_a_message_goes_out_as_a_file_where_there_is_no_mail_server(
    database: Database, tmp_path: Path
) -> None:
    write(database)
    folder = FolderPost(tmp_path, sender="rota@example.org")
    assert outbox.send_next(database, folder, now=lambda: START, lease=LEASE)
    assert [file.name for file in tmp_path.glob("*.eml")] == ["1%2Frun%2F1%2Fann.eml"]
    assert told(database, "state") == ("sent",)


def test_what_was_not_sent_is_tried_again_after_pauses_that_double(database: Database) -> None:
    write(database)
    post = Fake(*(NotSent("The line is dead.") for _ in range(10)))
    now, pauses = START, []
    for attempt in range(1, 11):
        assert send(database, post, now) is not None
        expected = ("waiting", attempt, "The line is dead.", None)
        assert told(database, "state", "attempts", "error", "lease_until") == expected
        (due,) = told(database, "due_at")
        assert isinstance(due, datetime)
        assert send(database, post, due - SECOND) is None
        pauses.append((due - now).total_seconds())
        now = due
    # An hour at most, however long it lasts.
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert send(database, post, now) is not None
    assert told(database, "state", "attempts", "error") == ("sent", 11, None)
    assert len(post.accepted) == 1


@ON_SQLITE
def test_a_message_that_never_succeeds_is_still_tried_after_very_many_attempts(
    database: Database,
) -> None:
    write(database)
    with database.writing() as connection:
        connection.execute(table_of(MessageTable).update().values(attempts=10_000))
    send(database, Fake(NotSent("The line is dead.")))
    assert told(database, "due_at") == (START + timedelta(hours=1),)


def test_what_is_refused_is_kept_and_not_tried_again(database: Database) -> None:
    write(database)
    post = Fake(LetterRefused("There is nobody of that name."))
    assert send(database, post) is not None
    assert told(database, "state", "error") == ("refused", "There is nobody of that name.")
    assert send(database, post, START + timedelta(days=9)) is None
    assert outbox.count_by_state(database) == {"refused": 1}
    assert [message.state for message in outbox.list_unsent(database)] == ["refused"]


def test_what_was_refused_is_sent_again_once_somebody_says_that_it_is_mended(
    database: Database,
) -> None:
    write(database, "blue")
    write(database, "red", unit_id=2)
    for _ in range(2):
        send(database, Fake(LetterRefused("The key is wrong.")))
    assert outbox.retry(database, MENDED, unit="Red") == 1
    post = Fake()
    assert send(database, post, MENDED.at - SECOND) is None
    while send(database, post, MENDED.at):
        pass
    assert [letter.key for letter in post.accepted] == ["red"]
    assert outbox.count_by_state(database) == {"refused": 1, "sent": 1}
    assert outbox.retry(database, MENDED) == 1
    assert outbox.retry(database, MENDED) == 0
    whole, red = audited(database, most=2)
    assert (whole.what, whole.after) == ("had refused messages sent again", {"messages": 1})
    assert (red.what, red.after) == (whole.what, whole.after)


def test_only_who_looks_after_the_installation_has_messages_sent_again(database: Database) -> None:
    manager = replace(MENDED, rights=Rights((Grant(Role.MANAGER, 1, "Blue"),)))
    with pytest.raises(Forbidden):
        outbox.retry(database, manager)


@ON_SQLITE
def test_a_message_without_an_address_is_kept_and_not_sent(database: Database) -> None:
    write(database, address="")
    assert send(database, Fake()) is None
    assert outbox.count_by_state(database) == {"no address": 1}


def test_of_two_messages_with_one_key_the_first_is_kept(database: Database) -> None:
    write(database)
    write(database, address="eve@example.org")
    assert told(database, "address") == ("ann@example.org",)


class Killed(BaseException):
    """The worker is dead."""


def test_a_message_whose_worker_died_is_sent_again_with_the_same_key(database: Database) -> None:
    # Nobody knows whether the first attempt reached the reader: the time when it was handed over
    # tells that it may have, and the key lets the reader's side drop a second copy.
    write(database)
    with pytest.raises(Killed):
        send(database, Fake(Killed()))
    assert told(database, "state", "handed_over_at", "sent_at") == ("sending", START, None)
    post = Fake()
    assert send(database, post, START + LEASE) is None
    assert send(database, post, START + LEASE + SECOND) is not None
    assert [letter.key for letter in post.accepted] == ["1/run/1/ann"]
    assert told(database, "state", "attempts") == ("sent", 2)


@ON_SQLITE
def test_a_worker_that_dies_before_it_hands_over_leaves_no_doubt(database: Database) -> None:
    write(database)
    with pytest.raises(Killed):
        send(database, Fake(Killed(), handed_over_first=False))
    assert told(database, "state", "handed_over_at") == ("sending", None)


def test_an_answer_that_was_lost_is_tried_again_with_the_same_key(database: Database) -> None:
    write(database)
    post = Fake(NotSent("The line went dead at the last word.", is_uncertain=True))
    send(database, post)
    assert told(database, "state", "handed_over_at") == ("waiting", START)
    send(database, post, START + HALF_A_MINUTE)
    assert [letter.key for letter in post.accepted] == ["1/run/1/ann"]
    assert told(database, "state", "sent_at") == ("sent", START + HALF_A_MINUTE)


class Slow(Fake):
    """A mail server during whose work another worker takes the message over."""

    def __init__(
        self, take_over: Callable[[], object], trouble: Exception | None = None, *, is_before: bool
    ) -> None:
        super().__init__()
        self._take_over = take_over
        self._trouble = trouble
        self._is_before = is_before

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        if self._is_before:
            self._take_over()
        super().send(letter, handing_over=handing_over)
        if not self._is_before:
            self._take_over()
        if self._trouble:
            raise self._trouble


LATER = START + LEASE + SECOND


def sent_by_another(database: Database) -> None:
    assert send(database, Fake(), LATER) is not None


def claimed_by_another(database: Database) -> None:
    with database.writing() as connection:
        assert messages.claim(connection, 1, claim="west", now=LATER, until=LATER + LEASE)


OTHERS = pytest.mark.parametrize("other", [sent_by_another, claimed_by_another])


@OTHERS
def test_a_worker_whose_message_was_taken_hands_nothing_over(
    database: Database, other: Callable[[Database], None]
) -> None:
    write(database)
    slow = Slow(lambda: other(database), is_before=True)
    with pytest.raises(NotSent, match=r"^Another worker sends this message\.$"):
        send(database, slow)
    assert slow.accepted == []
    assert told(database, "attempts", "error") == (2, None)


@ON_SQLITE
@OTHERS
@pytest.mark.parametrize("trouble", [None, NotSent("No."), LetterRefused("Never.")])
def test_a_worker_whose_message_was_taken_does_not_mark_it(
    database: Database, other: Callable[[Database], None], trouble: Exception | None
) -> None:
    write(database)
    expected: list[dict[str, object]] = []

    def taken_over() -> None:
        other(database)
        expected.extend(rows(database))

    with pytest.raises(NotSent, match=r"^Another worker sends this message\.$"):
        send(database, Slow(taken_over, trouble, is_before=False))
    assert rows(database) == expected
    assert told(database, "attempts", "error") == (2, None)


@pytest.mark.parametrize("workers", [2, 4])
def test_each_message_is_sent_by_one_of_several_workers(database: Database, workers: int) -> None:
    keys = [f"1/run/{number}/ann" for number in range(20)]
    for key in keys:
        write(database, key)
    start = Barrier(workers)

    def work(_: int) -> list[str]:
        own, post = Database(database.url), Fake()
        start.wait()
        for _ in count():
            if send(own, post) is None and not outbox.count_by_state(own).get("waiting"):
                break
        own.close()
        return [letter.key for letter in post.accepted]

    with ThreadPoolExecutor(workers) as pool:
        shares = list(pool.map(work, range(workers)))
    assert sorted(key for share in shares for key in share) == sorted(keys)
    assert {row["state"] for row in rows(database)} == {"sent"}
    assert {row["attempts"] for row in rows(database)} == {1}


@ON_SQLITE
def test_what_did_not_reach_anybody_is_listed_by_unit(database: Database) -> None:
    write(database, "1/a")
    write(database, "2/a", unit_id=2)
    write(database, "2/b", unit_id=2, address="")
    write(database, "2/c", unit_id=2)
    send(database, Fake())  # the first of all
    assert [its.key for its in outbox.list_unsent(database)] == ["2/a", "2/b", "2/c"]
    assert [its.key for its in outbox.list_unsent(database, unit="Red", most=2)] == ["2/a", "2/b"]
    assert outbox.list_unsent(database, unit="Blue") == ()
    with pytest.raises(NotFound, match=r"^There is no unit Bed\. Maybe Red\?$"):
        outbox.list_unsent(database, unit="Bed")
