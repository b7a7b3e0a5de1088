"""What speaks against putting changed seats back as they were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import chain

from rota.checker import Finding
from rota.domain import HALVES, WHOLE_DAY, OfficerDay, Problem, Rota, Seat, list_halves
from rota.effects import Effect, Effects, sum_cost_differences
from rota.explaining.availability import explain_not_working, may_be_at
from rota.explaining.change import Change, find_sites
from rota.explaining.void_seats import VoidSeats, name_stand_in
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
        self._sites = find_sites(rota.seats)
        self._published = find_sites(problem.unit.published)

    def seats_with(self, changes: Iterable[Change]) -> frozenset[Seat]:
        """The seats of the rota if those of the changes that can be were put back."""
        back = [c for c in changes if may_be_at(self._problem, c, c.before)]
        by_day: dict[OfficerDay, list[Change]] = defaultdict(list)
        for change in back:
            by_day[change.officer_day].append(change)
        seats = {day: self._find_seats_back(day, of_day) for day, of_day in by_day.items()}
        others = (seat for seat in self._effects.rota.seats if seat.officer_day not in seats)
        return frozenset((*others, *chain.from_iterable(seats.values())))

    def _find_seats_back(
        self, officer_day: OfficerDay, changes: Iterable[Change]
    ) -> tuple[Seat, ...]:
        """The seats of a day with the changes put back, or all of it if half alone cannot be.

        It stays as it is where neither can be.
        """
        now = {half: self._sites.get((*officer_day, half)) for half in HALVES}
        published = {half: self._published.get((*officer_day, half)) for half in HALVES}
        back = {half: change.before for change in changes for half in list_halves(change.part)}
        for sites in ({**now, **back}, published):
            seats = self._join(officer_day, sites)
            if any(option.seats == seats for option in self._problem.day_options[officer_day]):
                return seats
        return tuple(seat for seat in self._effects.rota if seat.officer_day == officer_day)

    def _join(self, officer_day: OfficerDay, sites: Mapping[str, str | None]) -> tuple[Seat, ...]:
        """The seats at these sites in the halves in which the officer may have one."""
        halves = list_halves(self._problem.parts_planned[officer_day])
        placed = ((half, sites[half]) for half in halves)
        return tuple(Rota.of(Seat(*officer_day, site, half) for half, site in placed if site))

    def says(self, change: Change, seats: Set[Seat]) -> Words | None:
        """What would be worse with these seats, where the change is concerned."""
        worse = _find_most_important(
            self._effects.find_at(_find_naming(self._effects, change), seats)
        )
        return self._tell(change, [effect.after for effect in worse], seats) if worse else None

    def touched(self, change: Change) -> Set[Hashable]:
        """The day of the change, and the numbers of what names a seat of it.

        What is named is looked up as if everybody were in who was published.
        """
        stand_in = replace(change, staff_no=name_stand_in(change.staff_no, change.part))
        effects = self._void.effects
        return {
            change.officer_day,
            *_find_naming(effects, change),
            *_find_naming(effects, stand_in),
        }

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
        first = {seat.staff_no: seat for seat in sorted(missing_seats, reverse=True)}
        staff = "An officer" if len(first) == 1 else f"{len(first)} officers"
        sentence = f"{staff} planned for this {'is' if len(first) == 1 else 'are'} not at work."
        why = partial(self._why_not_working, self._team(change.staff_no))
        return Words(sentence, join_sentences(sorted(first.values()), why))

    def _why_not_working(self, team: str | None, seat: Seat) -> str:
        words = explain_not_working(self._problem, seat.staff_no, seat.date, seat.part)
        return words.says_to_managers if team == self._team(seat.staff_no) else words.says

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
    """The numbers of what names a seat in the time and at the sites of the change."""
    parts = (WHOLE_DAY, *list_halves(change.part))
    return {
        index
        for seat in (*change.given_up, *change.taken)
        for part in parts
        for index in effects.list_indexes_naming(seat._replace(part=part))
    }


def _find_most_important(effects: Sequence[Effect]) -> Sequence[Effect]:
    """What worsens on the first level that is dearer on the whole, if any is, or on the first."""
    worse = [effect for effect in effects if effect.worsens]
    differences = sum_cost_differences(effects)
    dearer = [effect for effect in worse if differences[effect.level] > 0]
    return [effect for effect in worse if effect.level == (dearer or worse)[0].level]
