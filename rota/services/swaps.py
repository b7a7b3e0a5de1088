"""Two officers who take each other's places on a day of a published rota."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rota.domain import Officer, Problem, PublishedSeat, Seat, in_words
from rota.effects import Effect
from rota.explaining import Change, Reason
from rota.services.acting import Act
from rota.services.published_rotas import InForce, Misfit, PublishedRotas
from rota.services.publishing import SWAPPED, Publication, planned_for, publish_rota
from rota.services.telling import tell_officers
from rota.store.units import Stored
from rota.store.versions import Version
from rota.writing.asking import YOU, locked_place, no_two_places, no_use, same_place


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


def fitting(
    rotas: PublishedRotas,
    today: date,
    *,
    day: date,
    own: str,
    theirs: str,
    reader: str | None = None,
) -> Swap:
    """The swap of these two staff numbers on the day. Raises Misfit, in words, if it cannot be.

    The words are for the one of the two who is the `reader`; for anybody else, if none is.
    """
    if own == theirs:
        raise Misfit("A swap is with somebody else; choose a colleague.")
    if day <= today:
        raise Misfit(f"A swap has to be for a day after today; {in_words(day)[3:]} is not.")
    in_force = rotas.holding(day)
    problem = in_force.problem
    called = {who: YOU if who == reader else _name(problem, who) for who in (own, theirs)}
    seats = {who: seat for who in called if (seat := problem.published.get((who, day)))}
    if missing := [called[who] for who in called if who not in seats]:
        raise Misfit(no_two_places(day, missing))
    mine, other = seats[own].seat, seats[theirs].seat
    if mine.site == other.site:
        raise Misfit(same_place(day, [*called.values()], mine.site))
    swap = Swap(day, mine, other, in_force)
    for taken in swap.taken:
        place = taken.staff_no, day
        if taken.site not in problem.allowed_sites[place]:
            says = locked_place if place in problem.locked else no_use
            raise Misfit(says(day, called[taken.staff_no], taken.site))
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


def _name(problem: Problem, staff_no: str) -> str:
    officer = problem.officers.get(staff_no)
    return officer.name if officer else staff_no
