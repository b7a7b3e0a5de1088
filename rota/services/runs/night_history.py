"""Past nights with their runs, and whether the last one began when it should have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from rota.domain import Period
from rota.moments import LONDON, find_date_in_london, find_start_of_day
from rota.services.access.act import Act
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.runs import nights
from rota.store.runs.nights import Night, NightRun
from rota.store.runs.runs import DONE, FAILED
from rota.store.runs.runs import NIGHT as PLANS_ANEW
from rota.store.units import units
from rota.store.units.units import StoredUnit

LATE = timedelta(minutes=30)
"""A night that has not begun so long after its time was missed."""


class NightPunctuality(StrEnum):
    """Whether the last night began when it was due."""

    BEGUN = "begun"
    SOON = "about to begin"
    MISSED = "missed"
    NEVER = "none yet"


def judge_punctuality(last: Night | None, now: datetime, night_at: time) -> NightPunctuality:
    """Whether the last night began when it was due; `night_at` is its time in London."""
    due_at = _find_last_due(now, night_at)
    if last is None:
        return NightPunctuality.NEVER
    if last.date >= find_date_in_london(due_at):
        return NightPunctuality.BEGUN
    return NightPunctuality.SOON if now - due_at < LATE else NightPunctuality.MISSED


def _find_last_due(now: datetime, night_at: time) -> datetime:
    """When the last night should have begun."""
    today = datetime.combine(find_date_in_london(now), night_at, tzinfo=LONDON)
    return today if today <= now else today - timedelta(days=1)


OF_UNIT, OF_ALL = 14, 3
"""Nights that are shown at once, of one unit and of all."""

WITHOUT_NIGHTS = timedelta(days=30)
"""Where no night was begun, runs that people asked for are looked for so far back."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run of a night."""

    run: NightRun

    @property
    def plans_anew(self) -> bool:
        """Whether it planned anew what is published; else it drafted the next period."""
        return self.run.kind == PLANS_ANEW

    @property
    def period(self) -> Period | None:
        """The period that it drafted."""
        return Period(self.run.start, self.run.weeks) if self.run.start and self.run.weeks else None

    @property
    def is_done(self) -> bool:
        return self.run.state == DONE

    @property
    def is_failed(self) -> bool:
        return self.run.state == FAILED

    @property
    def seconds(self) -> float:
        """How long it searched, over all periods that it planned."""
        result = self.run.result or {}
        summaries: Sequence[Mapping[str, Any]] = result.get("periods", [result])
        return sum(float(summary.get("seconds", {}).get("total", 0)) for summary in summaries)

    @property
    def took(self) -> timedelta | None:
        """From when it was asked for until it ended, waiting included."""
        return self.run.ended_at - self.run.asked_at if self.run.ended_at else None

    @property
    def changed(self) -> int:
        return self._read_count("changed")

    @property
    def people(self) -> int:
        return self._read_count("people")

    @property
    def proposed(self) -> int:
        return self._read_count("proposed")

    def _read_count(self, key: str) -> int:
        return int((self.run.result or {}).get(key, 0))


@dataclass(frozen=True, slots=True)
class PastNight:
    """A date with its runs; `night` is None where only somebody asked for them by hand."""

    date: date
    night: Night | None
    runs: tuple[PastRun, ...]

    @property
    def failed(self) -> int:
        return sum(run.is_failed for run in self.runs)

    @property
    def changed(self) -> int:
        return sum(run.changed for run in self.runs)

    @property
    def proposed(self) -> int:
        return sum(run.proposed for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class NightHistory:
    """Nights, the latest first, and whether the last one began when it was due.

    `older` is the date before which there are more.
    """

    punctuality: NightPunctuality
    last: Night | None
    nights: tuple[PastNight, ...]
    older: date | None


def load_for_unit(
    database: Database, act: Act, *, unit: str, night_at: time, before: date | None = None
) -> NightHistory:
    """The nights of one unit before the date, or up to today."""
    act.rights.must_know_figures(unit)
    with database.reading() as connection:
        stored_units = [find_unit(connection, unit)]
        return _load_history(connection, act, stored_units, night_at, before, OF_UNIT)


def load_for_all(
    database: Database, act: Act, *, night_at: time, before: date | None = None
) -> NightHistory:
    """The nights of all units that somebody heads or manages in."""
    with database.reading() as connection:
        stored_units = [
            unit for unit in units.list_all(connection) if act.rights.knows_figures(unit.name)
        ]
        return _load_history(connection, act, stored_units, night_at, before, OF_ALL)


def _load_history(
    connection: Connection,
    act: Act,
    stored_units: Sequence[StoredUnit],
    night_at: time,
    before: date | None,
    most: int,
) -> NightHistory:
    before = before or act.today + timedelta(days=1)
    latest_nights = nights.list_latest(connection, most=most + 1, before=before)
    listed_nights = latest_nights[:most]
    first = listed_nights[-1].date if listed_nights else before - WITHOUT_NIGHTS
    runs = nights.list_runs_between(
        connection,
        [unit.id for unit in stored_units],
        since=find_start_of_day(first),
        until=find_start_of_day(before),
    )
    last = nights.find_last(connection)
    return NightHistory(
        punctuality=judge_punctuality(last, act.at, night_at),
        last=last,
        nights=_group_by_date(listed_nights, runs),
        older=first if len(latest_nights) > most else None,
    )


def _group_by_date(past_nights: Sequence[Night], runs: Sequence[NightRun]) -> tuple[PastNight, ...]:
    night_of = {night.date: night for night in past_nights}
    runs_of: dict[date, list[PastRun]] = defaultdict(list)
    for run in runs:
        runs_of[find_date_in_london(run.asked_at)].append(PastRun(run))
    dates = sorted(night_of.keys() | runs_of.keys(), reverse=True)
    return tuple(PastNight(day, night_of.get(day), tuple(runs_of[day])) for day in dates)
