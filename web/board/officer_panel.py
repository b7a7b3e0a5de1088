"""The days of one officer, as a page shows them to be changed one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rota.domain import Officer
from rota.services.rotas.board import BoardSheet
from rota.writing.grid import GridRow, State, build_row
from web.page_parts.words import KIND_LETTERS

PLANNABLE = (State.SEAT, State.NOT_PLANNED)
"""What a day is that may be changed."""


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """A day: its state, the site if there is one, and what it may be changed to."""

    date: date
    state: State
    site: str | None
    kind: str | None
    was: str | None
    is_locked: bool
    is_by_hand: bool
    may_change: bool
    choices: tuple[str, ...]
    breaches: tuple[str, ...]

    @property
    def letter(self) -> str:
        return KIND_LETTERS[self.kind] if self.kind else ""


@dataclass(frozen=True)
class OfficerDays:
    """The days of an officer of the sheet that are shown."""

    sheet: BoardSheet
    staff_no: str

    @property
    def officer(self) -> Officer:
        return self.sheet.problem.officers[self.staff_no]

    @property
    def is_mine(self) -> bool:
        """Whether the reader manages the officer's team."""
        return self.officer.team in self.sheet.teams

    @property
    def general(self) -> tuple[str, ...]:
        """Breaches about the officer that show at no day."""
        return tuple(
            concern.breach.says
            for concern in self.sheet.concerns
            if self.staff_no in concern.officers
            and not any(who == self.staff_no for who, _ in concern.places)
        )

    def days(self) -> Iterator[OfficerDay]:
        for day in self.sheet.days:
            yield self._day(day)

    def _day(self, day: date) -> OfficerDay:
        sheet, cell = self.sheet, self._row.cells[day]
        site = cell.sites[0] if cell.sites else None
        known = sheet.problem.sites.get(site) if site else None
        return OfficerDay(
            date=day,
            state=cell.state,
            site=site,
            kind=known.kind if known else None,
            was=cell.was,
            is_locked=(self.staff_no, day) in sheet.locked,
            is_by_hand=(self.staff_no, day) in sheet.by_hand,
            may_change=self.is_mine and cell.state in PLANNABLE and day > sheet.fixed_until,
            choices=sheet.sight.whole_problem.allowed_sites.get((self.staff_no, day), ()),
            breaches=tuple(
                its.breach.says for its in sheet.concerns if (self.staff_no, day) in its.places
            ),
        )

    @property
    def _row(self) -> GridRow:
        """The officer's row, which the board has not if they are not there in the period."""
        sight = self.sheet.sight
        rows = sight.rows.get(self.officer.team, ())
        known = (row for row in rows if row.officer.staff_no == self.staff_no)
        return next(known, None) or build_row(sight.problem, sight.rota, self.officer)
