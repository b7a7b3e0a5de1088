"""Seats that are to be published, what they change of the rota, and how it stands afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rota.checker import Finding, Judgement, judge
from rota.domain import (
    ChangedDays,
    Problem,
    PublishedSeat,
    Rota,
    SeatsByDay,
    flatten_days,
    group_by_day,
)
from rota.explaining import Change, Reason, explain, find_changes_between
from rota.rules import STRICT_LEVELS
from rota.services.units.planning_problem import build_published_rota
from rota.store.rotas.version_changes import VersionChange

IMPORTED, PUBLISHED, RESTORED, PLANNED_BY_NIGHT, ACCEPTED, SWAPPED, GRANTED_ON_REQUEST = (
    "imported",
    "published",
    "restored",
    "planned by the night",
    "accepted",
    "swapped",
    "granted",
)
"""Why there is a version."""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Days that are to be published in a period; all others of it stay as they are published.

    `problem` holds what was published before. `put` has the seats that each officer gets on each
    date that changes, or None where the published ones are taken back.
    """

    cause: str
    problem: Problem
    put: ChangedDays
    planned_revision: int
    note: str = ""
    is_acknowledged: bool = False
    acknowledgement: str = ""
    """Why it is published although it adds breaches of the first levels; for managers alone."""
    why: Mapping[Change, Reason] | None = None
    """Why published seats are changed; None where the rules tell it."""

    @property
    def is_first(self) -> bool:
        """Whether nothing of the period was published before."""
        return not self.problem.unit.published

    @cached_property
    def days_before(self) -> SeatsByDay:
        """What was published of the period before."""
        return group_by_day(self.problem.unit.published)

    @cached_property
    def seats(self) -> tuple[PublishedSeat, ...]:
        """All that is published of the period afterwards, by officer and date."""
        return flatten_days({**self.days_before, **self.put}.values())

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The published seats that become others; none if nothing was published before."""
        return () if self.is_first else find_changes(self.problem, self.put)

    @cached_property
    def reasons(self) -> Mapping[Change, Reason]:
        """Why each published seat is changed, as far as it is known."""
        return explain_changes(*self.judged, self.changes) if self.why is None else self.why

    @cached_property
    def judged(self) -> tuple[Problem, Rota]:
        """What the rota is judged by afterwards, and its seats that count."""
        return build_published_rota(self.problem, self.seats)

    @cached_property
    def judgement(self) -> Judgement:
        """How the rota stands afterwards."""
        return judge(*self.judged)

    @cached_property
    def added_breaches(self) -> tuple[Finding, ...]:
        """The breaches of the first levels that come, or get worse, with these seats."""
        strict = find_strict_breaches(self.judgement)
        if self.is_first or not strict:
            return strict
        before = judge_published(self.problem, self.problem.unit.published)
        subjects = {breach.subject for breach in self.judgement.list_breaches_added_to(before)}
        return tuple(breach for breach in strict if breach.subject in subjects)


def judge_published(problem: Problem, seats: Sequence[PublishedSeat]) -> Judgement:
    """How the rota stands if these seats are published of the problem's period, and no others."""
    return judge(*build_published_rota(problem, seats))


def find_changes(problem: Problem, put: ChangedDays) -> tuple[Change, ...]:
    """What these days change of the published ones, by officer and date; locks are no change."""
    before = (seat for seat in problem.unit.published if seat.officer_day in put)
    return find_changes_between(before, Rota.of(seat.seat for seat in flatten_days(put.values())))


def explain_changes(
    problem: Problem, rota: Rota, changes: Sequence[Change]
) -> Mapping[Change, Reason]:
    """Why the rota makes each of these changes to what the problem has published."""
    if not changes:
        return {}
    return {reason.change: reason for reason in explain(problem, rota, changes)}


def build_version_change(change: Change, reasons: Mapping[Change, Reason]) -> VersionChange:
    """The change as it is kept, with its reason."""
    reason = reasons.get(change)
    return VersionChange(
        change.staff_no,
        change.date,
        change.before,
        change.after,
        reason.says if reason else "",
        reason.says_to_managers if reason else "",
        change.part,
    )


def find_strict_breaches(judgement: Judgement) -> tuple[Finding, ...]:
    """The breaches that somebody has to answer for who publishes them."""
    return tuple(b for b in judgement.breaches if b.rule.level in STRICT_LEVELS)
