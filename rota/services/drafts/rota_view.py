"""What a rota shows to those who look at it: its rows, its desks and whom its breaches concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rota.checker import Judgement
from rota.domain import OfficerDay, Problem, Rota
from rota.services.access.finding_rights import ReadableFindings, Teams, is_for, known, officers_in
from rota.writing.concerns import Concern, concerns
from rota.writing.grid import GridRow, build_rows_by_team
from rota.writing.occupancy import Occupancy, count_occupancy
from rota.writing.unplanned_officers import UnplannedOfficer, list_unplanned_officers


@dataclass(frozen=True)
class BreachesFor:
    """The breaches that are for a reader, the weightiest first, and those that are for others."""

    concerns: tuple[Concern, ...]
    left_out: tuple[Concern, ...]

    @cached_property
    def marked(self) -> Mapping[OfficerDay, bool]:
        """Every officer's day at which a breach shows, and whether one of them is strict."""
        marked: dict[OfficerDay, bool] = {}
        for concern in self.concerns:
            is_strict = concern.is_strict
            for place in concern.places:
                if is_strict or place not in marked:
                    marked[place] = is_strict
        return marked

    @cached_property
    def margins(self) -> Mapping[str, int]:
        """How many breaches concern each officer."""
        return Counter(who for concern in self.concerns for who in concern.officers)


@dataclass(frozen=True, slots=True)
class EarlierView:
    """What was shown of a rota before somebody moved seats in it, to readers by their teams."""

    rows: Mapping[str, Sequence[GridRow]]
    told: Mapping[Teams, BreachesFor]
    views: Mapping[Hashable, Any]

    def differing(self, now: RotaView, teams: Teams) -> Set[str]:
        """The officers of whom something looks different now to somebody who manages the teams."""
        before, after = self.told.get(teams), now.told_to(teams)
        if before is None:
            return now.problem.officers.keys()
        were = {id(row) for rows in self.rows.values() for row in rows}
        moved = (row for rows in now.rows.values() for row in rows if id(row) not in were)
        marked = before.marked.items() ^ after.marked.items()
        margins = before.margins.items() ^ after.margins.items()
        return (
            {row.officer.staff_no for row in moved}
            | {staff_no for (staff_no, _), _ in marked}
            | {staff_no for staff_no, _ in margins}
        )


class RotaView:
    """A rota that was judged; each view of it is worked out once, when it is first asked for.

    `problem` is what it was judged by, without the days that are not planned, which may be planned
    in the `whole_problem`.
    """

    problem: Problem
    whole_problem: Problem
    if TYPE_CHECKING:

        @property
        def judgement(self) -> Judgement: ...

        @property
        def rota(self) -> Rota: ...

    @cached_property
    def earlier(self) -> EarlierView | None:
        """The last that was shown of the rota from which this one came by moves alone."""
        return None

    @cached_property
    def views(self) -> dict[Hashable, Any]:
        """What pages made of it and may show again, by what they were asked for."""
        return {}

    @cached_property
    def waiting(self) -> tuple[UnplannedOfficer, ...]:
        """Everybody who waits to be planned."""
        return list_unplanned_officers(self.problem)

    @cached_property
    def rows(self) -> Mapping[str, Sequence[GridRow]]:
        """The rows of each team that has members, by name."""
        return build_rows_by_team(self.problem, self.rota)

    @cached_property
    def occupancy(self) -> Mapping[str, Mapping[date, Occupancy]]:
        """The desks of every office, and of every other site that has a number of them."""
        return count_occupancy(self.problem, self.rota)

    @cached_property
    def concerns(self) -> tuple[Concern, ...]:
        """The breaches, the weightiest first, and whom they concern."""
        return concerns(self.judgement, self.rota.seats)

    @cached_property
    def found(self) -> dict[Teams, ReadableFindings]:
        """What `found_for` has sorted out already, by teams."""
        return {}

    def found_for(self, teams: Teams) -> ReadableFindings:
        """All findings, kept or not, as somebody may know them who manages these teams."""
        if teams not in self.found:
            self.found[teams] = known(self.problem, teams, self.judgement.findings)
        return self.found[teams]

    @cached_property
    def told(self) -> dict[Teams, BreachesFor]:
        """What readers were told already, by the teams that they manage."""
        return {}

    def told_to(self, teams: Teams) -> BreachesFor:
        """The breaches as somebody may know them who manages these teams; None for all teams."""
        if teams not in self.told:
            self.told[teams] = self._told_to(teams)
        return self.told[teams]

    def _told_to(self, teams: Teams) -> BreachesFor:
        if teams is None:
            return BreachesFor(self.concerns, ())
        theirs = officers_in(self.problem, teams)
        parts: tuple[list[Concern], list[Concern]] = ([], [])
        for concern in self.concerns:
            parts[not is_for(concern.breach.rule, concern.officers, theirs)].append(concern)
        return BreachesFor(*map(tuple, parts))
