"""Whether two officers can take each other's places on a day of a published rota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rota.domain import Problem, Seat, in_words
from rota.effects import Effect
from rota.services.requests.published_rotas import NotPossible, PublishedRota, PublishedRotas
from rota.writing.request_sentences import (
    YOU,
    say_locked_seat,
    say_may_not_use,
    say_not_two_seats,
    say_same_site,
)


@dataclass(frozen=True, slots=True)
class Swap:
    """A swap that fits: each officer's place on the day as published, which the other takes."""

    day: date
    own: Seat
    theirs: Seat
    in_force: PublishedRota

    @property
    def taken(self) -> tuple[Seat, Seat]:
        return self.own._replace(site=self.theirs.site), self.theirs._replace(site=self.own.site)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the swap does to the findings of the rota."""
        return self.in_force.effects.find(taken=self.taken, given_up=(self.own, self.theirs))


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
        raise NotPossible("A swap is with somebody else; choose a colleague.")
    if day <= today:
        raise NotPossible(f"A swap has to be for a day after today; {in_words(day)[3:]} is not.")
    in_force = rotas.holding(day)
    problem = in_force.problem
    called = {who: YOU if who == reader else _name(problem, who) for who in (own, theirs)}
    seats = {who: seat for who in called if (seat := problem.published.get((who, day)))}
    if missing := [called[who] for who in called if who not in seats]:
        raise NotPossible(say_not_two_seats(day, missing))
    mine, other = seats[own].seat, seats[theirs].seat
    if mine.site == other.site:
        raise NotPossible(say_same_site(day, [*called.values()], mine.site))
    swap = Swap(day, mine, other, in_force)
    for taken in swap.taken:
        place = taken.staff_no, day
        if taken.site not in problem.allowed_sites[place]:
            says = say_locked_seat if place in problem.locked else say_may_not_use
            raise NotPossible(says(day, called[taken.staff_no], taken.site))
    return swap


def _name(problem: Problem, staff_no: str) -> str:
    officer = problem.officers.get(staff_no)
    return officer.name if officer else staff_no
