"""The order in which runs are taken: the night goes first, and after it the units take turns.

Between the runs of a night, a short one that a person asked for may go now and then. The unit that
has had the least of the workers' time lately goes first; its own runs keep their order. Long runs
of a unit are worked on one after the other, so that they never occupy all workers. Drafts of the
next period that a night asked for come last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from rota.store.runs import queue
from rota.store.runs.queue import FreeRun, TakenRun
from rota.store.runs.runs import NIGHT

LATELY = timedelta(days=1)
"""What a unit has had of the workers counts for so long."""

SHORT_SECONDS = 300
"""A run that may search for longer is a long one."""

NIGHT_SHARE = 3
"""While runs of a night wait, they have so many times as long as the short ones between them."""


@dataclass(frozen=True, slots=True)
class Turns:
    """The runs that nobody works on, in the order of their numbers, and those that were taken."""

    free_runs: tuple[FreeRun, ...]
    taken_runs: tuple[TakenRun, ...]

    def list_order(self) -> tuple[int, ...]:
        """The free runs in the order in which they are taken."""
        return tuple(run.id for run in _Reckoning(self).take_all())

    def list_takeable(self) -> Iterator[int]:
        """The free runs that a worker may take now, in the same order."""
        for run in _Reckoning(self).take_possible():
            yield run.id

    def is_held(self, run_id: int) -> bool:
        """Whether the run is a long one, and waits for another long one of its unit to end."""
        reckoning = _Reckoning(self)
        return any(run.id == run_id and reckoning.is_held(run) for run in self.free_runs)


class _Reckoning:
    """Whose turn it is, worked out one run after the other.

    A run counts with the seconds that it took; while it is under way or still waits, with those
    that it may take. So people are told an order that changes only when a run ends early or
    somebody asks for another.
    """

    def __init__(self, turns: Turns) -> None:
        self._requested: dict[int, list[FreeRun]] = defaultdict(list)
        self._nights: list[FreeRun] = []
        self._drafts: list[FreeRun] = []
        self._unit_seconds: dict[int, float] = defaultdict(float)
        self._busy: set[int] = set()
        self._night_seconds = self._short_seconds = 0.0
        for run in turns.free_runs:
            self._find_line(run).append(run)
        since = min((run.asked_at for run in self._nights), default=None)
        for taken_run in turns.taken_runs:
            self._count_taken(taken_run, since)

    def take_all(self) -> Iterator[FreeRun]:
        while self._requested or self._nights:
            yield from self._take_in_turn()
            self._busy.clear()
        yield from self._drafts

    def take_possible(self) -> Iterator[FreeRun]:
        yield from self._take_in_turn()
        yield from self._drafts

    def is_held(self, run: FreeRun) -> bool:
        return _is_requested(run) and run.unit_id in self._busy and not _is_short(run)

    def _find_line(self, run: FreeRun) -> list[FreeRun]:
        if _is_requested(run):
            return self._requested[run.unit_id]
        return self._nights if run.kind == NIGHT else self._drafts

    def _count_taken(self, run: TakenRun, since: datetime | None) -> None:
        """Count the seconds of the run; `since` is when the runs of the night were asked for."""
        has_begun_since = since is not None and run.begun_at is not None and run.begun_at >= since
        if run.kind == NIGHT:
            self._night_seconds += _count_seconds(run) if has_begun_since else 0
        elif _is_requested(run):
            self._unit_seconds[run.unit_id] += _count_seconds(run)
            self._short_seconds += _count_seconds(run) if has_begun_since else 0
            if run.ended_at is None and not _is_short(run):
                self._busy.add(run.unit_id)

    def _take_in_turn(self) -> Iterator[FreeRun]:
        """Runs one after the other, as if each took all the time it may, until none is left."""
        while (run := self._find_next()) is not None:
            self._take(run)
            yield run

    def _find_next(self) -> FreeRun | None:
        if not self._nights:
            return self._find_first_requested(longest=None)
        night = self._nights[0]
        short = self._find_first_requested(longest=max(SHORT_SECONDS, night.seconds))
        is_its_turn = self._night_seconds > NIGHT_SHARE * self._short_seconds
        return short if short and is_its_turn else night

    def _find_first_requested(self, *, longest: float | None) -> FreeRun | None:
        """The first run of the unit whose turn it is, of those that search for no longer."""
        firsts = (self._find_first_of(unit, longest) for unit in self._requested)
        free_runs = (run for run in firsts if run)
        return min(
            free_runs, key=lambda run: (self._unit_seconds[run.unit_id], run.id), default=None
        )

    def _find_first_of(self, unit: int, longest: float | None) -> FreeRun | None:
        for run in self._requested[unit]:
            if not self.is_held(run) and (longest is None or run.seconds <= longest):
                return run
        return None

    def _take(self, run: FreeRun) -> None:
        """Take the run out of its line, and count all the time that it may take."""
        if run.kind == NIGHT:
            self._nights.remove(run)
            self._night_seconds += run.seconds
            return
        line = self._requested[run.unit_id]
        line.remove(run)
        if not line:
            del self._requested[run.unit_id]
        self._unit_seconds[run.unit_id] += run.seconds
        self._short_seconds += run.seconds
        if not _is_short(run):
            self._busy.add(run.unit_id)


def load_turns(connection: Connection, now: datetime) -> Turns:
    """The turns as they are now."""
    free_runs = queue.list_free(connection, now)
    taken_runs = queue.list_taken(connection, now, since=now - LATELY) if free_runs else ()
    return Turns(free_runs, taken_runs)


def _count_seconds(run: TakenRun) -> float:
    """The seconds that a worker spent on the run, or may spend while it is under way."""
    if run.ended_at is None:
        return run.seconds
    return (run.ended_at - run.begun_at).total_seconds() if run.begun_at else 0


def _is_requested(run: FreeRun | TakenRun) -> bool:
    """Whether a person asked for the run, not a night."""
    return run.kind != NIGHT and run.key is None


def _is_short(run: FreeRun | TakenRun) -> bool:
    return run.seconds <= SHORT_SECONDS
