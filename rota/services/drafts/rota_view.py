"""What a rota shows to those who look at it: its rows, its desks and whom its breaches concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from rota.checker import Judgement
from rota.domain import OfficerDay, Problem, Rota
from rota.services.access.finding_rights import (
    ReadableFindings,
    Teams,
    find_readable,
    is_readable,
    list_officers_in,
)
from rota.writing.concerns import Concern, find_concerns
from rota.writing.grid import GridRow, build_rows_by_team
from rota.writing.occupancy import Occupancy, count_occupancy
from rota.writing.unplanned_officers import UnplannedOfficer, list_unplanned_officers


@dataclass(frozen=True)
class ReadableBreaches:
    """The breaches that are for a reader, the weightiest first, and those that are for others."""

    concerns: tuple[Concern, ...]
    left_out: tuple[Concern, ...]

    @cached_property
    def strict_by_day(self) -> Mapping[OfficerDay, bool]:
        """Every officer's day at which a breach shows, and whether one of them is strict."""
        strict: dict[OfficerDay, bool] = {}
        for concern in self.concerns:
            for officer_day in concern.officer_days:
                strict[officer_day] = strict.get(officer_day, False) or concern.is_strict
        return strict

    @cached_property
    def count_by_officer(self) -> Mapping[str, int]:
        """How many breaches concern each officer."""
        return Counter(officer for concern in self.concerns for officer in concern.officers)


NO_BREACHES = ReadableBreaches((), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class TablesAfterMoves:
    """What moves alone have made of the rows, the desks and the breaches of an earlier view."""

    rows: Mapping[str, Sequence[GridRow]]
    occupancy: Mapping[str, Mapping[date, Occupancy]]
    concerns: tuple[Concern, ...]


class RotaView:
    """A rota that was judged; each view of it is worked out once, when it is first asked for.

    `key` stands for all that it follows from. `problem` is what it was judged by, without the days
    that are not planned, which may be planned in the `whole_problem`. `after_moves` is there if
    moves alone led here from an earlier view.
    """

    problem: Problem
    whole_problem: Problem
    after_moves: TablesAfterMoves | None = None
    if TYPE_CHECKING:

        @property
        def key(self) -> Hashable: ...

        @property
        def judgement(self) -> Judgement: ...

        @property
        def rota(self) -> Rota: ...

    @cached_property
    def waiting(self) -> tuple[UnplannedOfficer, ...]:
        """Everybody who waits to be planned."""
        return list_unplanned_officers(self.problem)

    @cached_property
    def rows(self) -> Mapping[str, Sequence[GridRow]]:
        """The rows of each team that has members, by name."""
        made = self.after_moves
        return made.rows if made else build_rows_by_team(self.problem, self.rota)

    @cached_property
    def occupancy(self) -> Mapping[str, Mapping[date, Occupancy]]:
        """The desks of every office, and of every other site that has a number of them."""
        made = self.after_moves
        return made.occupancy if made else count_occupancy(self.problem, self.rota)

    @cached_property
    def concerns(self) -> tuple[Concern, ...]:
        """The breaches, the weightiest first, and whom they concern."""
        made = self.after_moves
        return made.concerns if made else find_concerns(self.judgement, self.rota.seats)

    def findings_for(self, teams: Teams) -> ReadableFindings:
        """All findings, kept or not, as somebody may know them who manages these teams."""
        return find_readable(self.problem, teams, self.judgement.findings)

    def breaches_for(self, teams: Teams) -> ReadableBreaches:
        """The breaches as somebody may know them who manages these teams; None for all teams."""
        if teams is None:
            return ReadableBreaches(self.concerns, ())
        knows = list_officers_in(self.problem, teams).__contains__
        parts: tuple[list[Concern], list[Concern]] = ([], [])
        for concern in self.concerns:
            parts[not is_readable(concern.breach, knows)].append(concern)
        return ReadableBreaches(*map(tuple, parts))
