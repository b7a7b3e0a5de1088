"""The seats of a draft as it was looked at: which can be published, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rota.domain import (
    Problem,
    PublishedSeat,
    Seat,
    SeatsByDay,
    SeatsOfDay,
    Unit,
    flatten_days,
    group_by_day,
)
from rota.services.drafts.merging import (
    Overlap,
    PublishedSince,
    find_overlaps,
    merge_days,
)
from rota.services.units.planning_problem import compute_draft_changes
from rota.store.rotas.drafts import Draft
from rota.writing.draft_seats import (
    say_fallen_away,
    say_moved_by_hand,
    say_not_kept,
    say_number_not_kept,
    say_overlap,
)

_TITLES = {
    "fallen": ("1 seat of this draft falls away", "seats of this draft fall away"),
    "overlaps": (
        "1 seat that this draft changes was changed by another version since",
        "seats that this draft changes were changed by other versions since",
    ),
    "not_kept": (say_number_not_kept(1), say_number_not_kept(2)[2:]),
    "by_hand": ("1 seat was moved by hand", "seats were moved by hand"),
}
"""The title of each kind of remarks, for one of them and after the number of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What is to be known of single seats of a draft, by officer and date, each in a few words.

    Those that fall away, those that a version has changed as well since, those that were moved by
    hand, and those of them that the last run could not keep.
    """

    fallen: tuple[str, ...]
    overlaps: tuple[str, ...]
    by_hand: tuple[str, ...]
    not_kept: tuple[str, ...]

    @property
    def sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The remarks of each kind that there are, under a title that counts them."""
        titled = ((_TITLES[name], getattr(self, name)) for name in _TITLES)
        return tuple(
            (one if len(lines) == 1 else f"{len(lines)} {several}", lines)
            for (one, several), lines in titled
            if lines
        )


class DraftSeats:
    """The seats of a draft; each view of them is worked out once, when it is first asked for.

    `problem` and `whole_problem` are what the draft was judged by, as a sight has them, `tables`
    the unit's with what is published, and `since` what was published after the draft was begun.
    `seats` are those that would be published, by officer and date: those of the draft that can be;
    where it has none that can, the published seat stays.
    """

    draft: Draft
    since: PublishedSince
    problem: Problem
    whole_problem: Problem
    tables: Unit
    seats: SeatsByDay

    @cached_property
    def drafted_days(self) -> tuple[SeatsOfDay, ...]:
        """The same by officer and date."""
        return tuple(merge_days(self.draft, self.since, self.tables.published))

    @property
    def drafted(self) -> tuple[PublishedSeat, ...]:
        """The seats of the draft, but for those that were published anew and are not its own."""
        return flatten_days(self.drafted_days)

    @property
    def is_outdated(self) -> bool:
        """Whether another version of these weeks was published since the draft was begun."""
        return self.draft.base != self.since.number

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """What of the draft would be published over what versions have changed since."""
        coming = (of_day for of_day in self._standing if of_day.date > self.problem.fixed_until)
        return tuple(find_overlaps(self.since, group_by_day(self.tables.published), coming))

    @property
    def by_hand(self) -> tuple[SeatsOfDay, ...]:
        """The days moved by hand that would be published, by officer and date."""
        moved_from = self.draft.moved_from
        return tuple(of_day for of_day in self._standing if of_day.officer_day in moved_from)

    @property
    def not_kept(self) -> tuple[Seat, ...]:
        """The seats moved by hand that the last run could not keep, but for those set back since.

        Those of days that are history are left out.
        """
        return tuple(
            seat
            for seat in self.draft.not_kept
            if seat.date > self.problem.fixed_until and not self._stands(seat)
        )

    @cached_property
    def remarks(self) -> Remarks:
        """What whoever looks at the draft is to know of single seats, each in a few words."""
        problem, seats = self.whole_problem, self.seats
        return Remarks(
            fallen=tuple(say_fallen_away(problem, of_day) for of_day in self.fallen),
            overlaps=tuple(
                say_overlap(
                    problem,
                    overlap.staff_no,
                    overlap.date,
                    sites=(overlap.before, overlap.published),
                    version=overlap.version,
                    draft_sites=overlap.sites,
                )
                for overlap in self.overlaps
            ),
            by_hand=tuple(
                say_moved_by_hand(problem, of_day, self.draft.moved_from[of_day.officer_day])
                for of_day in self.by_hand
            ),
            not_kept=tuple(
                say_not_kept(problem, seat, stands.sites if stands else None)
                for seat in self.not_kept
                for stands in [seats.get(seat.officer_day)]
            ),
        )

    @property
    def _standing(self) -> Iterator[SeatsOfDay]:
        """The days of the draft that can be used, as far as they can."""
        for of_day in self.drafted_days:
            stands = self.seats.get(of_day.officer_day)
            if stands is not None and of_day.keep_part(stands.part) == stands:
                yield stands

    def _stands(self, seat: Seat) -> bool:
        """Whether the officer is at that site for all of the seat."""
        of_day = self.seats.get(seat.officer_day)
        stands = of_day and of_day.keep_part(seat.part)
        return stands is not None and stands.plain == (seat,)

    @property
    def fallen(self) -> tuple[SeatsOfDay, ...]:
        """What of the days of the draft cannot be used any more, and so falls away."""
        fixed_until, standing = self.problem.fixed_until, {s.officer_day: s for s in self._standing}
        days = (of_day for of_day in self.drafted_days if of_day.date > fixed_until)
        pairs = ((of_day, standing.get(of_day.officer_day)) for of_day in days)
        fallen = (of_day.without(stands) if stands else of_day for of_day, stands in pairs)
        return tuple(of_day for of_day in fallen if of_day)


def find_standing_seats(
    problem: Problem, published: Iterable[PublishedSeat], seats_of_draft: Iterable[PublishedSeat]
) -> SeatsByDay:
    """What is published once the seats of a draft are, as far as their officers are planned."""
    after = {**group_by_day(published), **compute_draft_changes(problem, seats_of_draft)}
    parts = problem.parts_planned
    standing = ((day, seats and seats.keep_part(parts.get(day))) for day, seats in after.items())
    return {officer_day: of_day for officer_day, of_day in standing if of_day}
