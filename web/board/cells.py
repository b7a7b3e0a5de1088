"""The cells of a board, each as small as can be: there are thousands on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

from rota.domain import HALVES, OfficerDay, say_half
from rota.services.rotas.board import BoardSheet
from rota.writing.grid import GridCell, GridRow, State
from rota.writing.occupancy import Occupancy
from web.board.marks import (
    BROKEN,
    BY_HAND,
    CHANGED,
    CLASSES,
    LOCKED,
    SIGNS,
    SPLIT,
    STRICTLY_BROKEN,
    find_site_marks,
)


class Face(NamedTuple):
    """How a cell looks: its classes and its text, or those of each half of a day that is split."""

    classes: str
    text: str
    halves: tuple[Face, ...] = ()

    @property
    def html(self) -> str:
        """What stands in the cell; of two halves, the morning is on the left."""
        return "".join(map(_draw_half, HALVES, self.halves)) or self.text


@dataclass(frozen=True)
class Faces:
    """The faces of a sheet's cells."""

    sheet: BoardSheet

    @cached_property
    def marks(self) -> Mapping[str, str]:
        return find_site_marks(self.sheet.problem)

    @cached_property
    def _classes(self) -> Mapping[str, str]:
        return {name: CLASSES[site.kind] for name, site in self.sheet.problem.sites.items()}

    def of(self, row: GridRow, day: date) -> Face:
        """The face of an officer's day."""
        cell, officer_day = row.cells[day], (row.officer.staff_no, day)
        looks = (
            tuple((part.state, part.sites, part.published_site is not None) for part in cell.parts),
            officer_day in self._by_hand,
            officer_day in self._locked,
            self._marked.get(officer_day),
        )
        face = self._known.get(looks)
        if face is None:
            face = self._known[looks] = self._build(cell, *looks[1:])
        return face

    @cached_property
    def _known(self) -> dict[tuple[Any, ...], Face]:
        """The few faces that there are among thousands of cells."""
        return {}

    @cached_property
    def _locked(self) -> frozenset[OfficerDay]:
        return self.sheet.locked

    @cached_property
    def _by_hand(self) -> frozenset[OfficerDay]:
        return self.sheet.by_hand

    @cached_property
    def _marked(self) -> Mapping[OfficerDay, bool]:
        return self.sheet.breaches.strict_by_day

    def _build(
        self, cell: GridCell, is_by_hand: bool, is_locked: bool, is_strict: bool | None
    ) -> Face:
        parts = [self._draw_part(part) for part in cell.parts]
        is_changed = any(part.published_site is not None for part in cell.parts)
        also = (
            CHANGED if is_changed else "",
            BY_HAND if is_by_hand else "",
            LOCKED if is_locked else "",
            {None: "", False: BROKEN, True: STRICTLY_BROKEN}[is_strict],
        )
        halves = tuple(map(self._mark_changed, parts, cell.parts)) if len(parts) > 1 else ()
        classes = SPLIT if halves else parts[0].classes
        text = "/".join(part.text for part in parts)
        return Face(" ".join(name for name in (classes, *also) if name), text, halves)

    def _draw_part(self, cell: GridCell) -> Face:
        """The face of a day, or of half of one, without all that is marked at the day."""
        if cell.state is not State.SEAT:
            return Face(*SIGNS.get(cell.state, ("", "")))
        text = "+".join(self.marks.get(site, "?") for site in cell.sites)
        return Face(self._classes.get(cell.sites[0], "z"), text)

    def _mark_changed(self, face: Face, cell: GridCell) -> Face:
        is_changed = cell.published_site is not None
        return face._replace(classes=f"{face.classes} {CHANGED}") if is_changed else face


def _draw_half(half: str, face: Face) -> str:
    words = f'<span class="v"> {say_half(half)} </span>'
    return f'<span class="{face.classes}">{face.text}{words}</span>'


def find_desk_face(occupancy: Occupancy | None) -> Face:
    """How many are at a site on a day, and how many desks are free."""
    if occupancy is None:
        return Face("x", "-")
    if occupancy.desks is None:
        return Face("", f"{occupancy.officers}")
    free = occupancy.desks - occupancy.officers
    if free < 0:
        return Face("s", f"{occupancy.officers}\n{-free} over")
    return Face("" if free else "f", f"{occupancy.officers}\n{f'{free} free' if free else 'full'}")


def draw_cell(face: Face, identity: str = "") -> str:
    """The cell as HTML, with what links to it name."""
    id_ = f' id="{identity}"' if identity else ""
    classes = f' class="{face.classes}"' if face.classes else ""
    return f"<td{id_}{classes}>{face.html}</td>"


def cell_id(staff_no: str, day: date) -> str:
    """What a link to the cell names."""
    return f"c-{_token(staff_no)}-{_short(day)}"


def row_id(staff_no: str) -> str:
    """What a link to the officer's row names."""
    return f"r-{_token(staff_no)}"


@cache
def _short(day: date) -> str:
    return f"{day:%m%d}"


def _token(staff_no: str) -> str:
    """The staff number with nothing in it that an identity may not hold."""
    if staff_no.isalnum() and staff_no.isascii():
        return staff_no
    return "".join(c if c.isalnum() and c.isascii() else f"_{ord(c):x}" for c in staff_no)


def find_different(before: BoardSheet, after: BoardSheet) -> Iterator[tuple[str, date, Face]]:
    """The cells that look different now, of the days that are shown."""
    old, new = Faces(before), Faces(after)
    old_rows = {row.officer.staff_no: row for row in _list_rows(before)}
    changed_days = {
        officer_day
        for officer_day, _ in before.breaches.strict_by_day.items()
        ^ after.breaches.strict_by_day.items()
    }
    changed_days |= (before.locked ^ after.locked) | (before.by_hand ^ after.by_hand)
    touched = {staff_no for staff_no, _ in changed_days}
    for row in _list_rows(after):
        old_row = old_rows.get(row.officer.staff_no)
        if row is old_row and row.officer.staff_no not in touched:
            continue
        for day in after.days:
            face = new.of(row, day)
            if old_row is None or old.of(old_row, day) != face:
                yield row.officer.staff_no, day, face


def _list_rows(sheet: BoardSheet) -> Iterable[GridRow]:
    teams: Iterable[Sequence[GridRow]] = sheet.view.rows.values()
    return (row for rows in teams for row in rows)
