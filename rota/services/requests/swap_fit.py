"""Whether two officers can exchange their places on a day of a published rota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rota.domain import Problem, SeatsOfDay, fits_day, in_words, list_plain
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
    """A swap that fits: the published days that the two officers exchange, with both halves."""

    day: date
    own: SeatsOfDay
    colleague: SeatsOfDay
    in_force: PublishedRota

    @property
    def days_before(self) -> tuple[SeatsOfDay, SeatsOfDay]:
        return self.own, self.colleague

    @property
    def days_after(self) -> tuple[SeatsOfDay, SeatsOfDay]:
        own, colleague = self.days_before
        return colleague.give_to(own.staff_no), own.give_to(colleague.staff_no)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the swap does to the findings of the rota."""
        return self.in_force.effects.find(
            seats_taken=list_plain(self.days_after), seats_given_up=list_plain(self.days_before)
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
    days = {number: of_day for number in names if (of_day := in_force.find_day((number, day)))}
    if missing := [names[number] for number in names if number not in days]:
        raise NotPossible(say_not_two_seats(day, missing))
    own, colleague = days[staff_no], days[with_staff_no]
    if own.sites == colleague.sites:
        raise NotPossible(say_same_site(day, [*names.values()], own.sites))
    swap = Swap(day, own.lock(is_locked=False), colleague.lock(is_locked=False), in_force)
    for before, after in zip(swap.days_before, swap.days_after, strict=True):
        is_possible = fits_day(problem.day_options[after.officer_day], after.plain)
        if not is_possible or after.part != before.part:
            explain = say_locked_seat if after.officer_day in problem.locked else say_may_not_use
            raise NotPossible(explain(day, names[after.staff_no], after.sites))
    return swap


def _find_name(problem: Problem, staff_no: str) -> str:
    officer = problem.officers.get(staff_no)
    return officer.name if officer else staff_no
