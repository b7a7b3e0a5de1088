"""Checks of the installation: whether all is well, and if not, how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection

from rota.errors import RotaError
from rota.moments import LONDON
from rota.rules.finding_sentences import Count
from rota.sending import Post
from rota.services.access.act import Act
from rota.services.publishing.mail_transport import build_post
from rota.services.runs.night_history import NightPunctuality, judge_punctuality
from rota.settings import Settings
from rota.store.databases import schema
from rota.store.databases.database import Database
from rota.store.runs import nights, runs, workers
from rota.store.runs.nights import Night
from rota.store.upkeep import messages
from rota.store.upkeep.messages import SENDING, WAITING

LEAST_DISK = 500 * 2**20
"""Bytes that must be free where a database file lies."""

LONGEST_WAIT = timedelta(hours=1)
"""A message or a run that waits longer shows that something is wrong."""

RECENT = timedelta(weeks=1)
"""A message that could go nowhere is told for so long; by then somebody has seen to it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how it is, and what to do where it is not well."""

    about: str
    sentence: str
    mend: str = ""

    @property
    def is_well(self) -> bool:
        return not self.mend


def examine_installation(database: Database, act: Act, settings: Settings) -> tuple[Check, ...]:
    """Look at everything that has to work where these settings are. For administrators."""
    act.rights.must_administer()
    file = settings.sqlite_file
    return examine(
        database,
        _find_post(settings),
        now=act.at,
        night_at=settings.night_at,
        lease=timedelta(seconds=settings.lease_seconds),
        folder=file.parent if file else None,
    )


def examine(
    database: Database,
    post: Post | RotaError,
    *,
    now: datetime,
    night_at: time,
    lease: timedelta,
    folder: Path | None,
) -> tuple[Check, ...]:
    """Look at everything that has to work.

    `post` is how messages go out, or why they cannot. `lease` is that of the workers, `folder`
    where a database file lies.
    """
    checks = [*_check_clock(now), *_check_disk(folder), *_check_post(post)]
    try:
        with database.reading() as connection:
            return (*_check_database(connection, database, now, night_at, lease), *checks)
    except RotaError as error:
        return (Check("database", str(error), "Mend what it says; nothing works without."), *checks)


def _check_database(
    connection: Connection,
    database: Database,
    now: datetime,
    night_at: time,
    lease: timedelta,
) -> Iterator[Check]:
    is_at, newest = schema.find_revision(connection), schema.find_newest_revision()
    if not schema.is_up_to_date(connection):
        sentence = f"{database} is at migration {is_at or 'none'}, the newest is {newest}"
        yield Check("database", sentence, "Run: rota db upgrade")
        return
    yield Check("database", f"{database} answers and is at migration {newest}")
    yield _check_workers(workers.load_signs_of_life(connection), now, lease)
    yield _check_night(nights.find_last(connection), now, night_at)
    yield from _check_runs(connection, now)
    yield _check_outbox(connection, now)


def _check_workers(last_seen: Mapping[str, datetime], now: datetime, lease: timedelta) -> Check:
    alive = workers.find_alive(last_seen, at=now, lease=lease)
    if alive:
        return Check("worker", f"{len(alive)} alive: {', '.join(alive)}")
    last = max(last_seen.values(), default=None)
    sentence = (
        f"none is alive; the last was seen {_format_moment(last)}" if last else "none was ever seen"
    )
    return Check("worker", sentence, "Start one, and keep it running: rota worker")


def _check_night(last: Night | None, now: datetime, night_at: time) -> Check:
    punctuality = judge_punctuality(last, now, night_at)
    if last is None:
        return Check("night", "none has begun yet", _MAKE_UP)
    if punctuality == NightPunctuality.BEGUN:
        sentence = (
            f"{last.date} began at {_format_moment(last.begun_at)} with {Count(last.runs):run}"
        )
        return Check("night", sentence)
    if punctuality == NightPunctuality.SOON:
        return Check("night", f"the last was {last.date}; tonight's is about to begin")
    return Check("night", f"the last that began was {last.date}", _MAKE_UP)


_MAKE_UP = "A worker makes it up when it starts: rota worker"


def _check_runs(connection: Connection, now: datetime) -> Iterator[Check]:
    waiting = runs.list_in_states(connection, runs.WAITING)
    failed = [
        run
        for run in runs.list_latest(connection, unit_id=None, most=200)
        if run.state == runs.FAILED and run.ended_at and now - run.ended_at < timedelta(days=1)
    ]
    if waiting and now - waiting[0].asked_at > LONGEST_WAIT:
        sentence = f"{len(waiting)} wait, the oldest since {_format_moment(waiting[0].asked_at)}"
        yield Check("runs", sentence, "Start a worker, or more of them: rota worker")
    elif failed:
        last = failed[0]
        sentence = (
            f"{len(failed)} failed in a day; the last was {last.id} of {last.unit}: {last.error}"
        )
        yield Check("runs", sentence, "See what it says: rota runs")
    else:
        yield Check("runs", f"{len(waiting)} wait, none failed in a day")


def _check_outbox(connection: Connection, now: datetime) -> Check:
    counts = messages.count_by_state(connection)
    oldest = messages.find_oldest_waiting(connection)
    sentence = ", ".join(f"{number} {state}" for state, number in sorted(counts.items())) or "empty"
    if messages.count_undeliverable(connection, since=now - RECENT):
        reason = messages.find_last_refusal(connection, since=now - RECENT)
        return Check(
            "outbox", f"{sentence}; the last: {reason}" if reason else sentence, _UNDELIVERABLE
        )
    if oldest and now - oldest > LONGEST_WAIT:
        waiting = counts.get(WAITING, 0) + counts.get(SENDING, 0)
        late = f"{waiting} wait, the oldest since {_format_moment(oldest)}"
        return Check("outbox", late, "See why, and mend the ROTA_SMTP settings: rota outbox")
    return Check("outbox", sentence)


_UNDELIVERABLE = (
    "See whom it concerns and why: rota outbox. Mend addresses or settings, then send what was "
    "refused again: rota outbox --retry"
)


def _find_post(settings: Settings) -> Post | RotaError:
    try:
        return build_post(settings)
    except RotaError as error:
        return error


def _check_post(post: Post | RotaError) -> Iterator[Check]:
    if isinstance(post, RotaError):
        yield Check("messages", str(post), "Make the folder, or name another")
        return
    yield _try_post("messages", str(post), post.check, "Mend the ROTA_SMTP or ROTA_NOTIFY settings")


def _try_post(about: str, sentence: str, check: Callable[[], None], mend: str) -> Check:
    try:
        check()
    except RotaError as error:
        return Check(about, str(error), mend)
    return Check(about, f"go out through {sentence}")


def _check_disk(folder: Path | None) -> Iterator[Check]:
    if folder is None:
        return
    try:
        free_bytes = shutil.disk_usage(folder).free
    except OSError as error:
        yield Check("disk", str(error), "Make the folder of the database")
        return
    sentence = f"{free_bytes // 2**20} MB free at {folder}"
    yield Check(
        "disk", sentence, "" if free_bytes >= LEAST_DISK else f"Free {LEAST_DISK // 2**20} MB"
    )


def _check_clock(now: datetime) -> Iterator[Check]:
    local = now.astimezone(LONDON)
    yield Check("clock", f"it is {local:%H:%M} on {local:%d/%m/%Y} in London ({local:%Z})")


def _format_moment(instant: datetime) -> str:
    return f"{instant.astimezone(LONDON):%H:%M on %d/%m/%Y}"
