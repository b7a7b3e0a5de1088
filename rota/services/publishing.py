"""What happens whenever a rota is published, whoever does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from rota.checker import Judgement
from rota.domain import Period, Problem, PublishedSeat, Rota
from rota.errors import RotaError
from rota.explaining import Change, Reason, changes_between, explain
from rota.services.acting import Act
from rota.services.lapsing import lapse_outdated
from rota.store import audit, runs, versions
from rota.store.units import Stored
from rota.store.versions import ToldChange, Version

IMPORTED, PUBLISHED, RESTORED, PLANNED_BY_NIGHT, ACCEPTED, SWAPPED = (
    "imported",
    "published",
    "restored",
    "planned by the night",
    "accepted",
    "swapped",
)
"""Why there is a version."""

LONGEST_NOTE = 2000
"""Characters of a note or an acknowledgement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A rota that is to be published, as it was judged.

    The problem holds what was published before it.
    """

    cause: str
    problem: Problem
    seats: tuple[PublishedSeat, ...]
    judgement: Judgement
    planned_revision: int
    note: str = ""
    acknowledgement: str = ""
    """Why it is published although rules of the first levels are broken; for managers alone."""
    reasons: Mapping[Change, Reason] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The seats that differ from what was published; none if nothing was."""
        before = self.problem.unit.published
        return changes_between(before, _rota(self.seats)) if before else ()


def explained(problem: Problem, rota: Rota) -> Mapping[Change, Reason]:
    """Why each published seat is changed; what is published for the first time needs no reason."""
    if not problem.unit.published:
        return {}
    changes = changes_between(problem.unit.published, rota)
    return {reason.change: reason for reason in explain(problem, rota, changes)}


def publish_rota(
    connection: Connection, act: Act, unit: Stored, publication: Publication
) -> Version:
    """Publish the rota as the unit's next version, and keep what it changed and why."""
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
    _refuse_overlap(connection, unit, version.period)
    version_id = versions.add(connection, unit.id, version, publication.seats)
    told = [told_change(change, publication.reasons) for change in publication.changes]
    versions.add_changes(connection, version_id, told)
    before = {"version": version.number - 1}
    after = {
        "version": version.number,
        "period": str(version.period),
        "cause": version.cause,
        "costs": dict(version.costs),
        "changes": len(told),
        **({"acknowledged": publication.acknowledgement} if publication.acknowledgement else {}),
    }
    audit.add(connection, unit.id, act.entry("published a version", before=before, after=after))
    lapse_outdated(connection, act, unit)
    return version


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


def planned_for(connection: Connection, unit: Stored, version: Version) -> int:
    """The unit's revision that the version fits: its own, or that of a night since it came out."""
    by_night = runs.planned_by_night(connection, unit.id, since=version.published_at)
    return max(by_night, version.planned_revision)


def overlapping(connection: Connection, unit: Stored, period: Period) -> Sequence[Period]:
    """The published periods that share days with the period without being the same."""
    periods = [version.period for version in versions.in_force(connection, unit.id)]
    return [its for its in periods if its != period and _overlap(its, period)]


def _refuse_overlap(connection: Connection, unit: Stored, period: Period) -> None:
    for other in overlapping(connection, unit, period):
        raise RotaError(
            f"The period {period} shares days with {other}, which is published. "
            "A period is published as a whole; choose the same one or one that does not touch it."
        )


def _overlap(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _rota(seats: Sequence[PublishedSeat]) -> Rota:
    return Rota.of(seat.seat for seat in seats)
