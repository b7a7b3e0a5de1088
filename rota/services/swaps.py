"""Two officers who take each other's places on a day of a published rota."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from rota.domain import Officer, Problem, PublishedSeat, Seat, in_words
from rota.effects import Effect, Effects
from rota.errors import RotaError
from rota.explaining import Change, Reason
from rota.services.acting import Act
from rota.services.problems import published_problem
from rota.services.publishing import (
    SWAPPED,
    Publication,
    as_published,
    planned_for,
    publish_rota,
)
from rota.services.telling import tell_officers
from rota.store import versions
from rota.store.units import Stored
from rota.store.versions import Version


class Misfit(RotaError):  # noqa: N818, it is the user who reads it
    """A swap that cannot be."""


@dataclass(frozen=True)
class InForce:
    """A published rota as it stands, and what moving its seats would do."""

    version: Version
    problem: Problem

    @cached_property
    def effects(self) -> Effects:
        return Effects(*as_published(self.problem, self.problem.unit.published))


class PublishedRotas:
    """The published rotas of a unit, each read when it is first asked for."""

    def __init__(self, connection: Connection, unit: Stored, today: date) -> None:
        self._connection = connection
        self._unit = unit
        self._today = today
        self._read: dict[date, InForce] = {}

    @cached_property
    def _versions(self) -> tuple[Version, ...]:
        return versions.in_force(self._connection, self._unit.id)

    def between(self, first: date, last: date) -> list[InForce]:
        """Those that share days with these dates, both included."""
        those = [v for v in self._versions if v.period.first <= last and first <= v.period.last]
        return [self._of(version) for version in those]

    def holding(self, day: date) -> InForce:
        """The one that holds the day. Raises Misfit if there is none."""
        for found in self.between(day, day):
            return found
        raise Misfit(f"No rota is published {in_words(day)}.")

    def _of(self, version: Version) -> InForce:
        first = version.period.first
        if first not in self._read:
            problem = published_problem(self._connection, self._unit, version.period, self._today)
            self._read[first] = InForce(version, problem)
        return self._read[first]


@dataclass(frozen=True, slots=True)
class Swap:
    """A swap that fits: each officer's place on the day as published, which the other takes."""

    day: date
    own: Seat
    theirs: Seat
    in_force: InForce

    @property
    def taken(self) -> tuple[Seat, Seat]:
        return self.own._replace(site=self.theirs.site), self.theirs._replace(site=self.own.site)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the swap does to the findings of the rota."""
        return self.in_force.effects.of(taken=self.taken, given_up=(self.own, self.theirs))


def fitting(rotas: PublishedRotas, today: date, *, day: date, own: str, theirs: str) -> Swap:
    """The swap of these two staff numbers on the day. Raises Misfit, in words, if it cannot be."""
    if day <= today:
        raise Misfit(f"A swap has to be for a day after today; {in_words(day)[3:]} is not.")
    in_force = rotas.holding(day)
    seats = in_force.problem.published
    mine, other = seats.get((own, day)), seats.get((theirs, day))
    if own == theirs or mine is None or other is None:
        raise Misfit(f"There are no two places to swap {in_words(day)}; one of you is not planned.")
    if mine.site == other.site:
        raise Misfit(f"There is nothing to swap {in_words(day)}; you are both in the same place.")
    swap = Swap(day, mine.seat, other.seat, in_force)
    allowed = in_force.problem.allowed_sites
    if any(seat.site not in allowed[seat.staff_no, day] for seat in swap.taken):
        raise Misfit(
            f"This swap does not fit {in_words(day)}: one of you may not use the other's place, "
            "or the day is locked."
        )
    return swap


def publish_swap(
    connection: Connection,
    act: Act,
    unit: Stored,
    swap: Swap,
    officers: Mapping[str, Officer],
    *,
    is_acknowledged: bool = False,
    acknowledgement: str = "",
) -> Version:
    """Publish these two seats swapped and nothing else, and tell both.

    Raises Unacknowledged if that adds breaches of the first levels, and nobody has said so.
    """
    publication = Publication(
        cause=SWAPPED,
        problem=swap.in_force.problem,
        put={(seat.staff_no, seat.date): PublishedSeat(*seat) for seat in swap.taken},
        planned_revision=planned_for(connection, unit, swap.in_force.version),
        is_acknowledged=is_acknowledged,
        acknowledgement=acknowledgement,
        why={reason.change: reason for reason in _reasons(swap, officers)},
    )
    version = publish_rota(connection, act, unit, publication)
    tell_officers(connection, act, unit, version, [publication])
    return version


def _reasons(swap: Swap, officers: Mapping[str, Officer]) -> list[Reason]:
    """The same for both; only managers read who they are."""
    before = (swap.own, swap.theirs)
    names = " and ".join(officers[seat.staff_no].name for seat in before)
    deed = "swapped places, and a manager agreed."
    return [
        Reason(
            Change(was.staff_no, swap.day, was.site, now.site),
            f"Two officers {deed}",
            f"{names} {deed}",
        )
        for was, now in zip(before, swap.taken, strict=True)
    ]
