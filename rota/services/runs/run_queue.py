"""In which order runs are taken: the night goes first, and after it the units take turns.

Between the runs of a night, one that somebody asked for may go now and then, if it is short. Of the
units goes first whichever has had the least of the workers lately; each keeps its own order. Long
runs of a unit are worked on one after the other, so that they never keep all workers from others.
What a night drafts of the next period comes last.
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

    free: tuple[FreeRun, ...]
    taken: tuple[TakenRun, ...]

    def order(self) -> tuple[int, ...]:
        """The free runs in the order in which they are taken."""
        return tuple(run.id for run in _Reckoning(self).all_in_order())

    def takeable(self) -> Iterator[int]:
        """Those of them that a worker may take now, in the same order."""
        for run in _Reckoning(self).in_order():
            yield run.id

    def is_held(self, run_id: int) -> bool:
        """Whether the run is a long one, and waits for another long one of its unit to end."""
        reckoning = _Reckoning(self)
        return any(run.id == run_id and reckoning.holds(run) for run in self.free)


class _Reckoning:
    """The turns, reckoned one after the other.

    A run counts with the time that it took; while it is under way, and when it is reckoned with in
    advance, with the time that it may take. So the order stays as it was told unless a run ends
    early or somebody asks for another.
    """

    def __init__(self, turns: Turns) -> None:
        self._asked: dict[int, list[FreeRun]] = defaultdict(list)
        self._nights: list[FreeRun] = []
        self._drafts: list[FreeRun] = []
        self._had: dict[int, float] = defaultdict(float)
        self._busy: set[int] = set()
        self._night_had = self._between_had = 0.0
        for run in turns.free:
            self._line_of(run).append(run)
        since = min((run.asked_at for run in self._nights), default=None)
        for its in turns.taken:
            self._take_in(its, since)

    def all_in_order(self) -> Iterator[FreeRun]:
        while self._asked or self._nights:
            yield from self._in_turn()
            self._busy.clear()
        yield from self._drafts

    def in_order(self) -> Iterator[FreeRun]:
        yield from self._in_turn()
        yield from self._drafts

    def holds(self, run: FreeRun) -> bool:
        return _is_asked_for(run) and run.unit_id in self._busy and not _is_short(run)

    def _line_of(self, run: FreeRun) -> list[FreeRun]:
        if _is_asked_for(run):
            return self._asked[run.unit_id]
        return self._nights if run.kind == NIGHT else self._drafts

    def _take_in(self, run: TakenRun, since: datetime | None) -> None:
        """Count what the run has had; `since` is when the runs of the night were asked for."""
        has_begun_since = since is not None and run.begun_at is not None and run.begun_at >= since
        if run.kind == NIGHT:
            self._night_had += _had(run) if has_begun_since else 0
        elif _is_asked_for(run):
            self._had[run.unit_id] += _had(run)
            self._between_had += _had(run) if has_begun_since else 0
            if run.ended_at is None and not _is_short(run):
                self._busy.add(run.unit_id)

    def _in_turn(self) -> Iterator[FreeRun]:
        """Runs one after the other, as if each took all the time it may, until none is left."""
        while (run := self._next()) is not None:
            self._go(run)
            yield run

    def _next(self) -> FreeRun | None:
        if not self._nights:
            return self._first_asked(longest=None)
        night = self._nights[0]
        short = self._first_asked(longest=max(SHORT_SECONDS, night.seconds))
        is_its_turn = self._night_had > NIGHT_SHARE * self._between_had
        return short if short and is_its_turn else night

    def _first_asked(self, *, longest: float | None) -> FreeRun | None:
        """The first run of the unit whose turn it is, of those that search for no longer."""
        firsts = (self._first_of(unit, longest) for unit in self._asked)
        there = (run for run in firsts if run)
        return min(there, key=lambda run: (self._had[run.unit_id], run.id), default=None)

    def _first_of(self, unit: int, longest: float | None) -> FreeRun | None:
        for run in self._asked[unit]:
            if not self.holds(run) and (longest is None or run.seconds <= longest):
                return run
        return None

    def _go(self, run: FreeRun) -> None:
        """Take the run out of its line, and reckon with all that it may take."""
        if run.kind == NIGHT:
            self._nights.remove(run)
            self._night_had += run.seconds
            return
        line = self._asked[run.unit_id]
        line.remove(run)
        if not line:
            del self._asked[run.unit_id]
        self._had[run.unit_id] += run.seconds
        self._between_had += run.seconds
        if not _is_short(run):
            self._busy.add(run.unit_id)


def turns(connection: Connection, now: datetime) -> Turns:
    """The turns as they are now."""
    free = queue.free(connection, now)
    taken = queue.taken(connection, now, since=now - LATELY) if free else ()
    return Turns(free, taken)


def _had(run: TakenRun) -> float:
    """The seconds that the run has had of a worker, or may have while it is under way."""
    if run.ended_at is None:
        return run.seconds
    return (run.ended_at - run.begun_at).total_seconds() if run.begun_at else 0


def _is_asked_for(run: FreeRun | TakenRun) -> bool:
    """Whether somebody asked for the run, and not a night."""
    return run.kind != NIGHT and run.key is None


def _is_short(run: FreeRun | TakenRun) -> bool:
    return run.seconds <= SHORT_SECONDS
