"""Why a seat is not as it was published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from rota.domain import Problem, Rota, Seat, in_words, name_part
from rota.explaining.availability import explain_no_choice, say_officer
from rota.explaining.change import Change
from rota.explaining.change_chains import find_chains
from rota.explaining.putting_back import PuttingBack
from rota.explaining.words import Words, list_names

NOTHING_BETTER = (
    "By itself this change makes nothing better that the rules count; "
    "somebody decided on it, or the search was cut short."
)
NO_WORSE = (
    "Putting it back makes nothing worse that the rules count, alone or with all of them; "
    "somebody decided on it, or the search was cut short."
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change was made.

    Every member of staff may read `says`; only `says_to_managers` tells why somebody is away, and
    what concerns one or two people alone, such as what they asked for.
    `chain` has the changes it hangs together with, nearest in time first, where the seat alone
    explains nothing.
    """

    change: Change
    says: str
    says_to_managers: str
    chain: tuple[Change, ...] = ()


def explain(problem: Problem, rota: Rota, changes: Sequence[Change]) -> tuple[Reason, ...]:
    """The reason of each of these changes, which the rota makes in what the unit published."""
    explaining = _Explaining(problem, rota)
    reasons = {change: explaining.explain_alone(change) for change in changes}
    if None in reasons.values():
        reasons.update(explaining.explain_by_chains(reasons))
    return tuple(reason for change in changes if (reason := reasons[change]))


class _Explaining:
    def __init__(self, problem: Problem, rota: Rota) -> None:
        self._problem = problem
        self._back = PuttingBack(problem, rota)

    def explain_alone(self, change: Change) -> Reason | None:
        """The reason that lies in the change itself, if there is one."""
        words = explain_no_choice(self._problem, change)
        if words is None and (worse := self._back.says(change, self._back.seats_with([change]))):
            words = worse.after("If this stayed as published:")
        return words and Reason(change, *words)

    def explain_by_chains(self, alone: Mapping[Change, Reason | None]) -> Mapping[Change, Reason]:
        """The reasons of the changes that have none in themselves."""
        reasons = {}
        for chain in find_chains({change: self._back.touched(change) for change in alone}):
            seats = self._back.seats_with(chain)
            explained = tuple(change for change in chain if alone[change])
            for change in chain:
                if alone[change] is None:
                    ends = explained or tuple(other for other in chain if other != change)
                    reasons[change] = self._explain_by_chain(change, ends, seats)
        return reasons

    def _explain_by_chain(self, change: Change, ends: Iterable[Change], seats: Set[Seat]) -> Reason:
        if not ends:
            return Reason(change, *Words.to_all(NOTHING_BETTER))
        nearest = tuple(sorted(ends, key=lambda end: abs(end.date - change.date)))
        worse = self._back.says(change, seats)
        words = (
            worse.after("If all of them stayed as published:") if worse else Words.to_all(NO_WORSE)
        )
        chain = f"This belongs to a chain of changes with {list_names(nearest, self._say_change)}."
        return Reason(change, *words.after(chain), nearest)

    def _say_change(self, change: Change) -> str:
        when = in_words(name_part(change.date, change.part))
        return f"{say_officer(self._problem, change.staff_no)} {when}"
