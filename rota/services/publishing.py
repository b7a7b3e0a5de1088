"""The one door through which rotas are published, whoever comes through it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from rota.checker import Finding, Judgement, judge
from rota.domain import Period, Place, Problem, PublishedSeat, Rota
from rota.errors import RotaError
from rota.explaining import Change, Reason, explain
from rota.rules import STRICT_LEVELS
from rota.services.acting import Act
from rota.services.knowing import Known, known, teams_of
from rota.services.lapsing import lapse_outdated
from rota.services.problems import as_published
from rota.store import audit, runs, versions
from rota.store.units import Stored
from rota.store.versions import ToldChange, Version

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

MOST_LISTED = 20
"""Breaches that the refusal lists; of more, the others are counted."""

LONGEST_NOTE = 2000
"""Characters of a note or an acknowledgement."""


class Unacknowledged(RotaError):  # noqa: N818, it is the user who reads it
    """What is to be published adds breaches that somebody has to answer for, and nobody has."""

    def __init__(self, breaches: Known) -> None:
        self.breaches = breaches.findings
        self.left_out = breaches.left_out
        told = [self.left_out, *(breach.says for breach in self.breaches)]
        self.seal = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
        lines = [f"  {breach.says}" for breach in self.breaches[:MOST_LISTED]]
        if (more := len(self.breaches) - MOST_LISTED) > 0:
            lines.append(f"  and {more} more")
        if self.left_out:
            lines.append(f"  {self.left_out} about people of teams you do not manage")
        listed = "\n".join(lines)
        super().__init__(
            f"Nothing was published, since it adds breaches of {' and '.join(STRICT_LEVELS)}:\n"
            f"{listed}\nTo publish all the same: --acknowledge"
        )


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Seats that are to be published in a period; all others of it stay as they are published.

    `problem` holds what was published before. `put` has the seat that each officer gets on each
    date that changes, or None where the published seat is taken back.
    """

    cause: str
    problem: Problem
    put: Mapping[Place, PublishedSeat | None]
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
    def seats(self) -> tuple[PublishedSeat, ...]:
        """All that is published of the period afterwards, by officer and date."""
        before = {(seat.staff_no, seat.date): seat for seat in self.problem.unit.published}
        return tuple(sorted(seat for seat in {**before, **self.put}.values() if seat))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The published seats that become others; none if nothing was published before."""
        return () if self.is_first else changes_made(self.problem, self.put)

    @cached_property
    def reasons(self) -> Mapping[Change, Reason]:
        """Why each published seat is changed, as far as it is known."""
        return explained(*self.judged, self.changes) if self.why is None else self.why

    @cached_property
    def judged(self) -> tuple[Problem, Rota]:
        """What the rota is judged by afterwards, and its seats that count."""
        return as_published(self.problem, self.seats)

    @cached_property
    def judgement(self) -> Judgement:
        """How the rota stands afterwards."""
        return judge(*self.judged)

    @cached_property
    def added_breaches(self) -> tuple[Finding, ...]:
        """The breaches of the first levels that come, or get worse, with these seats."""
        strict = strict_breaches(self.judgement)
        if self.is_first or not strict:
            return strict
        before = judge_published(self.problem, self.problem.unit.published)
        added = {breach.subject for breach in self.judgement.breaches_added_to(before)}
        return tuple(breach for breach in strict if breach.subject in added)


def publish_rota(
    connection: Connection, act: Act, unit: Stored, publication: Publication
) -> Version:
    """Publish the seats as the unit's next version, and keep what it changed and why.

    Nothing else of the period changes, and swaps lapse of which a place changes. Raises
    Unacknowledged if the seats add breaches of the first levels that nobody has acknowledged.
    """
    _refuse_past(publication)
    _refuse_overlap(connection, unit, publication.problem.period)
    if not (publication.is_acknowledged or publication.acknowledgement):
        refuse_unacknowledged(act, unit, [publication])
    version = Version(
        number=versions.newest_number(connection, unit.id) + 1,
        period=publication.problem.period,
        cause=publication.cause,
        costs=publication.judgement.costs,
        seats=len(publication.seats),
        planned_revision=publication.planned_revision,
        published_at=act.at,
        published_by=act.who,
        note=publication.note,
    )
    version_id = versions.add(connection, unit.id, version, publication.put)
    kept = [told_change(change, publication.reasons) for change in publication.changes]
    versions.add_changes(connection, version_id, kept)
    audit.add(connection, unit.id, _entry(act, version, publication))
    lapse_outdated(connection, act, unit)
    return version


def judge_published(problem: Problem, seats: Sequence[PublishedSeat]) -> Judgement:
    """How the rota stands if these seats are published of the problem's period, and no others."""
    return judge(*as_published(problem, seats))


def changes_made(problem: Problem, put: Mapping[Place, PublishedSeat | None]) -> tuple[Change, ...]:
    """What these seats change of the published ones, by officer and date; locks are no change."""
    return tuple(sorted(_changes_made(problem, put)))


def _changes_made(problem: Problem, put: Mapping[Place, PublishedSeat | None]) -> Iterator[Change]:
    before = {(seat.staff_no, seat.date): seat.site for seat in problem.unit.published}
    for place, seat in put.items():
        site = seat.site if seat else None
        if before.get(place) != site:
            yield Change(*place, before.get(place), site)


def explained(problem: Problem, rota: Rota, changes: Sequence[Change]) -> Mapping[Change, Reason]:
    """Why the rota makes each of these changes to what the problem has published."""
    if not changes:
        return {}
    return {reason.change: reason for reason in explain(problem, rota, changes)}


def told_change(change: Change, reasons: Mapping[Change, Reason]) -> ToldChange:
    """The change as it is kept, with its reason."""
    reason = reasons.get(change)
    return ToldChange(
        change.staff_no,
        change.date,
        change.before,
        change.after,
        reason.says if reason else "",
        reason.says_to_managers if reason else "",
    )


def strict_breaches(judgement: Judgement) -> tuple[Finding, ...]:
    """The breaches that somebody has to answer for who publishes them."""
    return tuple(b for b in judgement.breaches if b.rule.level in STRICT_LEVELS)


def planned_for(connection: Connection, unit: Stored, version: Version) -> int:
    """The unit's revision that the version fits: its own, or that of a night since it came out."""
    by_night = runs.planned_by_night(connection, unit.id, since=version.published_at)
    return max(by_night, version.planned_revision)


def overlapping(connection: Connection, unit: Stored, period: Period) -> Sequence[Period]:
    """The published periods that share days with the period without being the same."""
    periods = [version.period for version in versions.in_force(connection, unit.id)]
    return [its for its in periods if its != period and _overlap(its, period)]


def _refuse_past(publication: Publication) -> None:
    """What was published up to today is history, whoever asks."""
    today = publication.problem.today
    if not publication.is_first and any(day <= today for _, day in publication.put):
        raise RotaError(f"What was published up to {today} stays as it was. Nothing was published.")


def _refuse_overlap(connection: Connection, unit: Stored, period: Period) -> None:
    for other in overlapping(connection, unit, period):
        raise RotaError(
            f"The period {period} shares days with {other}, which is published. "
            "A period is published as a whole; choose the same one or one that does not touch it."
        )


def refuse_unacknowledged(
    act: Act, unit: Stored, publications: Iterable[Publication], *, seal: str | None = None
) -> None:
    """Raise Unacknowledged with all breaches of the first levels that these add, if they add any.

    Those of which somebody gives the seal were answered for.
    """
    parts = [
        known(each.problem, teams_of(act.rights, unit.name, each.problem), each.added_breaches)
        for each in publications
    ]
    findings = tuple(finding for part in parts for finding in part.findings)
    left_out = sum(part.left_out for part in parts)
    refusal = Unacknowledged(Known(findings, left_out))
    if (findings or left_out) and refusal.seal != seal:
        raise refusal


def _overlap(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _entry(act: Act, version: Version, publication: Publication) -> audit.Entry:
    acknowledged = publication.acknowledgement
    return act.entry(
        "published a version",
        before={"version": version.number - 1},
        after={
            "version": version.number,
            "period": str(version.period),
            "cause": version.cause,
            "costs": dict(version.costs),
            "changes": len(publication.changes),
            **({"acknowledged": acknowledged} if acknowledged else {}),
        },
    )
