"""The one door through which rotas are published, whoever comes through it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from rota.domain import Period
from rota.errors import RotaError
from rota.rules import STRICT_LEVELS
from rota.services.access.act import Act
from rota.services.access.finding_rights import ReadableFindings, known, teams_of
from rota.services.access.secrets import compute_seal
from rota.services.publishing.publication import Publication, told_change
from rota.services.requests.lapsing import lapse_outdated
from rota.store.rotas import versions
from rota.store.rotas.versions import Version
from rota.store.runs import runs
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit

MOST_LISTED = 20
"""Breaches that the refusal lists; of more, the others are counted."""

LONGEST_NOTE = 2000
"""Characters of a note or an acknowledgement."""


class Unacknowledged(RotaError):  # noqa: N818, it is the user who reads it
    """What is to be published adds breaches that somebody has to answer for, and nobody has."""

    def __init__(self, breaches: ReadableFindings) -> None:
        self.breaches = breaches.findings
        self.left_out = breaches.left_out
        told = [self.left_out, *(breach.says for breach in self.breaches)]
        self.seal = compute_seal(told)
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


def publish_rota(
    connection: Connection, act: Act, unit: StoredUnit, publication: Publication
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
        published_by=act.actor,
        note=publication.note,
    )
    version_id = versions.add(connection, unit.id, version, publication.put)
    kept = [told_change(change, publication.reasons) for change in publication.changes]
    versions.add_changes(connection, version_id, kept)
    audit.add(connection, unit.id, _entry(act, version, publication))
    lapse_outdated(connection, act, unit)
    return version


def planned_for(connection: Connection, unit: StoredUnit, version: Version) -> int:
    """The unit's revision that the version fits: its own, or that of a night since it came out."""
    by_night = runs.find_revision_of_night(connection, unit.id, since=version.published_at)
    return max(by_night, version.planned_revision)


def overlapping(connection: Connection, unit: StoredUnit, period: Period) -> Sequence[Period]:
    """The published periods that share days with the period without being the same."""
    periods = [version.period for version in versions.in_force(connection, unit.id)]
    return [its for its in periods if its != period and _overlap(its, period)]


def _refuse_past(publication: Publication) -> None:
    """What was published up to today is history, whoever asks."""
    today = publication.problem.today
    if not publication.is_first and any(day <= today for _, day in publication.put):
        raise RotaError(f"What was published up to {today} stays as it was. Nothing was published.")


def _refuse_overlap(connection: Connection, unit: StoredUnit, period: Period) -> None:
    for other in overlapping(connection, unit, period):
        raise RotaError(
            f"The period {period} shares days with {other}, which is published. "
            "A period is published as a whole; choose the same one or one that does not touch it."
        )


def refuse_unacknowledged(
    act: Act, unit: StoredUnit, publications: Iterable[Publication], *, seal: str | None = None
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
    refusal = Unacknowledged(ReadableFindings(findings, left_out))
    if (findings or left_out) and refusal.seal != seal:
        raise refusal


def _overlap(one: Period, other: Period) -> bool:
    return one.first <= other.last and other.first <= one.last


def _entry(act: Act, version: Version, publication: Publication) -> audit.AuditEntry:
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
