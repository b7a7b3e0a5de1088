"""What speaks against putting changed seats back as they were published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date
from functools import partial
from itertools import chain

from rota.checker import Finding
from rota.domain import Problem, Rota, Seat
from rota.effects import Effect, Effects, sum_cost_differences
from rota.explaining.availability import explain_not_working
from rota.explaining.change import Change
from rota.explaining.void_seats import VoidSeats
from rota.explaining.words import Words, join_sentences
from rota.rules import find_officers_named

NOT_FOR_ALL = "A rule about one or two people would be broken."
"""What all staff read of findings that are for those whom they concern and their managers."""


class PuttingBack:
    """Puts changes of a rota back, alone or together, and tells what would be worse."""

    def __init__(self, problem: Problem, rota: Rota) -> None:
        self._problem = problem
        self._effects = Effects(problem, rota)
        self._void = VoidSeats(problem, rota, actual_effects=self._effects)

    def seats_with(self, changes: Iterable[Change]) -> frozenset[Seat]:
        """The seats of the rota if those of the changes that can be were put back."""
        allowed = self._problem.allowed_sites
        back = [c for c in changes if c.before in allowed.get((c.staff_no, c.date), ())]
        return self._effects.list_seats_after(
            seats_taken=chain.from_iterable(change.given_up for change in back),
            seats_given_up=chain.from_iterable(change.taken for change in back),
        )

    def says(self, change: Change, seats: Set[Seat]) -> Words | None:
        """What would be worse with these seats, where the change is concerned."""
        worse = _find_most_important(
            self._effects.find_at(_find_naming(self._effects, change), seats)
        )
        return self._tell(change, [effect.after for effect in worse], seats) if worse else None

    def touched(self, change: Change) -> set[int]:
        """The numbers of what names a seat of the change, were everybody in who was published."""
        return _find_naming(self._void.effects, change)

    def _tell(self, change: Change, findings: Sequence[Finding], seats: Set[Seat]) -> Words:
        words = Words(_say_to_staff(findings), join_sentences(findings, _say))
        missing_seats = {
            seat for finding in findings for seat in self._void.find_behind(finding, seats)
        }
        return words.and_then(self._since(change, missing_seats)) if missing_seats else words

    def _since(self, change: Change, missing_seats: Iterable[Seat]) -> Words:
        """Who is missed, each officer with the first day on which they are.

        It is read by the managers of the officer whose seat changes, so that the kind of absence
        is told of officers of the same team alone.
        """
        first = {seat.staff_no: seat.date for seat in sorted(missing_seats, reverse=True)}
        staff = "An officer" if len(first) == 1 else f"{len(first)} officers"
        sentence = f"{staff} planned for this {'is' if len(first) == 1 else 'are'} not at work."
        why = partial(self._why_not_working, self._team(change.staff_no))
        return Words(sentence, join_sentences(sorted(first.items()), why))

    def _why_not_working(self, team: str | None, officer_day: tuple[str, date]) -> str:
        words = explain_not_working(self._problem, *officer_day)
        return words.says_to_managers if team == self._team(officer_day[0]) else words.says

    def _team(self, staff_no: str) -> str | None:
        officer = self._problem.officers.get(staff_no)
        return officer.team if officer else None


def _say_to_staff(findings: Sequence[Finding]) -> str:
    readable = [
        f
        for f in findings
        if f.rule.is_readable_by(find_officers_named(f.requirement), _knows_nobody)
    ]
    sentences = [join_sentences(readable, _say)] if readable else []
    return " ".join([*sentences, NOT_FOR_ALL] if len(readable) < len(findings) else sentences)


def _knows_nobody(_: str) -> bool:
    """Whether all staff may know an officer's own findings."""
    return False


def _say(finding: Finding) -> str:
    return finding.says


def _find_naming(effects: Effects, change: Change) -> set[int]:
    return {
        p for seat in (*change.given_up, *change.taken) for p in effects.list_indexes_naming(seat)
    }


def _find_most_important(effects: Sequence[Effect]) -> Sequence[Effect]:
    """What worsens on the first level that is dearer on the whole, if any is, or on the first."""
    worse = [effect for effect in effects if effect.worsens]
    differences = sum_cost_differences(effects)
    dearer = [effect for effect in worse if differences[effect.level] > 0]
    return [effect for effect in worse if effect.level == (dearer or worse)[0].level]
