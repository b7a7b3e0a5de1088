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
class EditableDay:
    """A day: its state, the site if there is one, and what it may be changed to."""

    date: date
    state: State
    site: str | None
    kind: str | None
    published_site: str | None
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
            for concern in self.sheet.breaches.concerns
            if self.staff_no in concern.officers
            and not any(staff_no == self.staff_no for staff_no, _ in concern.officer_days)
        )

    def days(self) -> Iterator[EditableDay]:
        for day in self.sheet.days:
            yield self._day(day)

    def _day(self, day: date) -> EditableDay:
        sheet, cell = self.sheet, self._row.cells[day]
        site = cell.sites[0] if cell.sites else None
        stored_site = sheet.problem.sites.get(site) if site else None
        return EditableDay(
            date=day,
            state=cell.state,
            site=site,
            kind=stored_site.kind if stored_site else None,
            published_site=cell.published_site,
            is_locked=(self.staff_no, day) in sheet.locked,
            is_by_hand=(self.staff_no, day) in sheet.by_hand,
            may_change=self.is_mine and cell.state in PLANNABLE and day > sheet.fixed_until,
            choices=sheet.view.whole_problem.allowed_sites.get((self.staff_no, day), ()),
            breaches=tuple(
                concern.breach.says
                for concern in sheet.breaches.concerns
                if (self.staff_no, day) in concern.officer_days
            ),
        )

    @property
    def _row(self) -> GridRow:
        """The officer's row, which the board has not if they are not there in the period."""
        view = self.sheet.view
        rows = view.rows.get(self.officer.team, ())
        own_rows = (row for row in rows if row.officer.staff_no == self.staff_no)
        return next(own_rows, None) or build_row(view.problem, view.rota, self.officer)
