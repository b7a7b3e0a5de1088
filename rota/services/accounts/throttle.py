"""Sign-ins that fail slow down whoever tries again; calls of programs are counted by the minute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_network
from threading import Lock

from sqlalchemy import Connection

from rota.errors import TooMany
from rota.services.access.secrets import compute_digest
from rota.store.accounts import allowances, failed_sign_ins
from rota.store.databases.database import Database

WINDOW = timedelta(days=1)
"""So long a failure counts."""


@dataclass(frozen=True, slots=True)
class Slowing:
    """The first `free` failures cost nothing; each later one doubles the pause, up to a limit."""

    free: int
    first: timedelta
    longest: timedelta

    def pause(self, failures: int) -> timedelta:
        """How long to wait after the last of so many failures."""
        beyond = failures - self.free
        if beyond < 0:
            return timedelta(0)
        doubled: timedelta = self.first * 2 ** min(beyond, _MOST_DOUBLINGS)
        return min(doubled, self.longest)


_MOST_DOUBLINGS = 20

OF_NAME_AT_PLACE = Slowing(5, timedelta(seconds=15), timedelta(minutes=15))

OF_BROWSER = Slowing(5, timedelta(seconds=15), timedelta(minutes=15))
"""For a browser with which its user signed in before, also while they are signed in."""

OF_NAME = Slowing(20, timedelta(seconds=15), timedelta(minutes=5))
"""For a name that is tried from many places, which are not those of its owner's browsers."""

OF_PLACE = Slowing(100, timedelta(seconds=1), timedelta(minutes=1))
"""For a place with whatever name; a whole office may share one."""

OF_TOKENS = Slowing(30, timedelta(seconds=1), timedelta(minutes=1))
"""For a place that sends tokens that are not good."""


class Throttled(TooMany):
    """Too many sign-ins failed; whoever tries again has to wait first."""


def count(
    database: Database, *, name: str, place: str, at: datetime, browser: str | None = None
) -> tuple[int, ...]:
    """Count a sign-in as failed before it is looked at, so that many at once are not too many.

    `browser` names one with which the user signed in before. The numbers of what was kept. Raises
    Throttled, also where the password would be right.
    """
    return _count(database, *_list_subjects(name, place, browser), at=at)


def count_outside(
    database: Database, *, place: str, at: datetime, browser: str | None = None
) -> tuple[int, ...]:
    """Count a sign-in by single sign-on as failed before the provider is asked.

    `browser` names one with which anybody signed in before. Raises Throttled.
    """
    at_place = _Subject(_place_key(place), OF_PLACE)
    in_browser = _Subject(f"browser {compute_digest(browser)}", OF_BROWSER) if browser else None
    return _count(database, in_browser or at_place, at=at)


def count_bad_token(database: Database, *, place: str, at: datetime) -> None:
    """Count a token that is not good. Raises Throttled."""
    subject = _Subject(f"tokens {_place_key(place)}", OF_TOKENS)
    _count(database, subject, at=at, sentence="Too many tokens were not good")


def forgive(
    connection: Connection,
    failure_ids: Iterable[int],
    *,
    name: str,
    place: str,
    browser: str | None = None,
) -> None:
    """Forget what was counted, which did not fail, and what else there was of the name there.

    What others did from the same place stays, or one account of one's own would forgive all; and
    so does what was tried for the name elsewhere.
    """
    failed_sign_ins.remove(connection, failure_ids)
    of_name, *_ = _list_subjects(name, place, browser)
    failed_sign_ins.forget(connection, of_name.about)


def take_back(connection: Connection, failure_ids: Iterable[int]) -> None:
    """Forget what was counted and did not fail."""
    failed_sign_ins.remove(connection, failure_ids)


def forgive_name(connection: Connection, *, name: str) -> None:
    """Forget all that failed for the name, wherever it came from."""
    failed_sign_ins.forget_beginning(connection, _name_key(name))


def forget_old_failures(connection: Connection, *, at: datetime) -> None:
    """Forget what counts no more."""
    failed_sign_ins.forget_old(connection, before=at - WINDOW)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What failures are counted for, and how they slow it down.

    Nothing is added where `place` is slowed down by itself: one place alone, however long it tries,
    slows a name down for nobody else.
    """

    about: str
    slowing: Slowing
    place: str | None = None

    def wait(self, failures: Sequence[datetime], at: datetime) -> timedelta:
        """How long it still has to wait after those failures, of which the newest is first."""
        return failures[0] + self.slowing.pause(len(failures)) - at if failures else timedelta(0)


def _list_subjects(name: str, place: str, browser: str | None) -> tuple[_Subject, ...]:
    """What a failure counts for; the first is that of the name right there."""
    about = _name_key(name)
    if browser is not None:
        return (_Subject(f"{about} in {compute_digest(browser)}", OF_BROWSER),)
    about_both = f"{about} at {_place_key(place)}"
    return (
        _Subject(about_both, OF_NAME_AT_PLACE),
        _Subject(about, OF_NAME, place=about_both),
        _Subject(_place_key(place), OF_PLACE),
    )


def _count(
    database: Database,
    *subjects: _Subject,
    at: datetime,
    sentence: str = "Too many sign-ins have failed",
) -> tuple[int, ...]:
    with database.writing() as connection:
        failed_sign_ins.hold(connection)
        failed = {
            subject.about: failed_sign_ins.list_instants(
                connection, subject.about, since=at - WINDOW
            )
            for subject in subjects
        }
        wait = max(subject.wait(failed[subject.about], at) for subject in subjects)
        if wait > timedelta(0):
            raise Throttled(sentence, wait=wait)
        return tuple(
            failed_sign_ins.add(connection, subject.about, at=at)
            for subject in subjects
            if subject.place is None or len(failed[subject.place]) < OF_NAME_AT_PLACE.free
        )


def _name_key(name: str) -> str:
    return f"name {compute_digest(name)}"


def _place_key(place: str) -> str:
    """A digest of the place; of IPv6 the network, in which everybody has many addresses.

    An address of IPv4 may be written as one of IPv6, all of which would be in one network.
    """
    try:
        address = IPv6Address(place)
    except ValueError:
        return f"place {compute_digest(place)}"
    network = address.ipv4_mapped or ip_network((address, 64), strict=False)
    return f"place {compute_digest(str(network))}"


ALLOWANCE_WINDOW = timedelta(minutes=1)
"""Allowances are for so long; then all is as before."""

_PARTS = 10
"""A process sets this part of an allowance aside at once."""


class Meter:
    """What one process has set aside and not spent. All threads of a process share one."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._since: datetime | None = None
        self._remaining: dict[str, int] = {}

    def spend(self, database: Database, spender: str, *, most: int, at: datetime) -> None:
        """Spend one call of those that `spender` may make in a minute. Raises TooMany."""
        since = _find_minute(at)
        if self._take_one(spender, since):
            return
        part = max(1, most // _PARTS)
        with database.writing() as connection:
            number_taken = allowances.take(
                connection, compute_digest(spender), since=since, number=part
            )
        allowed = min(part, most - (number_taken - part))
        if allowed <= 0:
            raise TooMany("Too many calls in one minute", wait=since + ALLOWANCE_WINDOW - at)
        with self._turn:
            self._remaining[spender] = self._remaining.get(spender, 0) + allowed - 1

    def _take_one(self, spender: str, since: datetime) -> bool:
        """Take one call of what this process has set aside for that minute, if any is left."""
        with self._turn:
            if self._since != since:
                self._since = since
                self._remaining.clear()
            remaining = self._remaining.get(spender, 0)
            self._remaining[spender] = max(remaining - 1, 0)
            return remaining > 0


def forget_old_allowances(connection: Connection, *, at: datetime) -> None:
    """Forget the allowances of minutes that are over by any clock."""
    allowances.forget_old(connection, before=_find_minute(at) - ALLOWANCE_WINDOW)


def _find_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
