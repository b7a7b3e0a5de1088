"""The days of one officer, as a page shows them to be changed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rota.domain import HALVES, WHOLE_DAY, Officer, OfficerDay, say_half, say_sites
from rota.services.rotas.board import BoardSheet
from rota.writing.grid import GridCell, GridRow, State, build_row
from web.board.board_forms import write_sites
from web.page_parts.words import place

PLANNABLE = (State.SEAT, State.NOT_PLANNED)
"""What a day is that may be changed."""

FREE = "free"
"""What half a day is of which the officer works the other half."""


@dataclass(frozen=True, slots=True)
class EditablePart:
    """A day, or half of one: its state, and the site if there is one. `half` is blank for a day."""

    half: str
    state: State
    site: str | None
    kind: str | None
    published_site: str | None

    @property
    def says(self) -> str:
        """Why there is no site: a half that is not worked is free."""
        state = FREE if self.half and self.state is State.OFF else self.state.value
        return f"{state} {say_half(self.half)}".strip()


@dataclass(frozen=True, slots=True)
class EditableDay:
    """A day: what it is in each part that differs, and what it may be changed to.

    Each choice has its sites as the form sends them, and in words.
    """

    date: date
    parts: tuple[EditablePart, ...]
    sites: str
    is_locked: bool
    is_by_hand: bool
    may_change: bool
    may_be_nowhere: bool
    choices: tuple[tuple[str, str], ...]
    breaches: tuple[str, ...]


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
        """Whether the reader manages a team of the officer's in the period."""
        return self.sheet.is_managed(self.staff_no)

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
        return EditableDay(
            date=day,
            parts=tuple(self._list_parts(cell)),
            sites=write_sites(cell.sites),
            is_locked=(self.staff_no, day) in sheet.locked,
            is_by_hand=(self.staff_no, day) in sheet.by_hand,
            may_change=self.is_mine
            and (cell.state in PLANNABLE or (self.staff_no, day) in self._offered)
            and day > sheet.fixed_until,
            may_be_nowhere=(self.staff_no, day) in self._offered,
            choices=tuple(dict(self._list_choices(day)).items()),
            breaches=tuple(
                concern.breach.says
                for concern in sheet.breaches.concerns
                if (self.staff_no, day) in concern.officer_days
            ),
        )

    def _list_parts(self, cell: GridCell) -> Iterator[EditablePart]:
        sites = self.sheet.problem.sites
        names = HALVES if cell.halves else (WHOLE_DAY,)
        for half, part in zip(names, cell.parts, strict=True):
            site = next(iter(part.sites), None)
            stored_site = sites.get(site) if site else None
            kind = stored_site.kind if stored_site else None
            yield EditablePart(half, part.state, site, kind, part.published_site)

    def _list_choices(self, day: date) -> Iterator[tuple[str, str]]:
        """The ways in which the day may be spent, those at one site first."""
        options = self.sheet.view.whole_problem.day_options.get((self.staff_no, day), ())
        for option in sorted(options, key=lambda option: len(option.seats)):
            if not option.seats:
                continue
            yield write_sites(seat.site for seat in option.seats), place(say_sites(option.seats))

    @property
    def _offered(self) -> Mapping[OfficerDay, str]:
        """What is offered of extra days."""
        return self.sheet.problem.parts_offered

    @property
    def _row(self) -> GridRow:
        """The officer's row, which the board has not if they are not there in the period."""
        view = self.sheet.view
        rows = view.rows.get(self.officer.team, ())
        own_rows = (row for row in rows if row.officer.staff_no == self.staff_no)
        return next(own_rows, None) or build_row(view.problem, view.rota, self.officer)
