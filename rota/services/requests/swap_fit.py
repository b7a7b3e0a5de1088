"""Whether two officers can exchange their sites on a day of a published rota."""

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
    """A swap that fits: the published seats of the day that the two officers exchange."""

    day: date
    own_seat: Seat
    colleague_seat: Seat
    in_force: PublishedRota

    @property
    def seats_before(self) -> tuple[Seat, Seat]:
        return self.own_seat, self.colleague_seat

    @property
    def seats_after(self) -> tuple[Seat, Seat]:
        own, colleague = self.seats_before
        return own._replace(site=colleague.site), colleague._replace(site=own.site)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the swap does to the findings of the rota."""
        return self.in_force.effects.find(
            seats_taken=self.seats_after, seats_given_up=self.seats_before
        )


def fit_swap(
    rotas: PublishedRotas,
    today: date,
    *,
    day: date,
    staff_no: str,
    with_staff_no: str,
    reader: str | None = None,
) -> Swap:
    """The swap of these two officers on the day.

    Raises NotPossible if it cannot be, with a sentence for the one of the two who is the `reader`;
    for anybody else, if none is.
    """
    if staff_no == with_staff_no:
        raise NotPossible("A swap is with somebody else; choose a colleague.")
    if day <= today:
        raise NotPossible(f"A swap has to be for a day after today; {in_words(day)[3:]} is not.")
    in_force = rotas.find_holding(day)
    problem = in_force.problem
    names = {
        number: YOU if number == reader else _find_name(problem, number)
        for number in (staff_no, with_staff_no)
    }
    seats = {number: seat for number in names if (seat := problem.published.get((number, day)))}
    if missing := [names[number] for number in names if number not in seats]:
        raise NotPossible(say_not_two_seats(day, missing))
    own_seat, colleague_seat = seats[staff_no].seat, seats[with_staff_no].seat
    if own_seat.site == colleague_seat.site:
        raise NotPossible(say_same_site(day, [*names.values()], own_seat.site))
    swap = Swap(day, own_seat, colleague_seat, in_force)
    for taken_seat in swap.seats_after:
        officer_day = taken_seat.staff_no, day
        if taken_seat.site not in problem.allowed_sites[officer_day]:
            explain = say_locked_seat if officer_day in problem.locked else say_may_not_use
            raise NotPossible(explain(day, names[taken_seat.staff_no], taken_seat.site))
    return swap


def _find_name(problem: Problem, staff_no: str) -> str:
    officer = problem.officers.get(staff_no)
    return officer.name if officer else staff_no
