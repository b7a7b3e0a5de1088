"""The rows of a board as HTML, drawn anew only where they look different."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Set
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import escape

from rota.cache import Cache
from rota.domain import OfficerDay
from rota.services.drafts.rota_view import ReadableBreaches
from rota.services.rotas.board import BoardSheet
from rota.writing.grid import GridRow
from web.access.request_context import the_database
from web.board.cells import Faces, cell_id, draw_cell, row_id

Href = tuple[str, str]
"""An address in two parts, between which a staff number stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnRows:
    """The row of each officer as HTML, by staff number, and all that it was drawn from."""

    html: Mapping[str, str]
    rows: Mapping[str, GridRow]
    site_marks: Mapping[str, str]
    breaches: ReadableBreaches
    locked: frozenset[OfficerDay]
    by_hand: frozenset[OfficerDay]


_DRAWN: Cache[DrawnRows] = Cache(most=32)
"""The rows of each board by its view, and those drawn last of it whatever its view was then."""


def draw_rows(sheet: BoardSheet, href: Href) -> Mapping[str, str]:
    """The row of each officer as HTML, made once for all readers who see the same.

    `href` is the address of an officer's page.
    """
    reader = (sheet.tells_breaches, sheet.teams, sheet.known_teams)
    board = (sheet.unit, sheet.period, sheet.draft is None, sheet.days, *reader, href)
    key = (sheet.view.key, *board)
    return _DRAWN.find(
        the_database().engine, key, lambda: _draw_after_last(sheet, href, board)
    ).html


def _draw_after_last(sheet: BoardSheet, href: Href, board: Hashable) -> DrawnRows:
    drawn = _draw(sheet, href, _DRAWN.peek(the_database().engine, board))
    _DRAWN.put(the_database().engine, board, drawn)
    return drawn


def _draw(sheet: BoardSheet, href: Href, last: DrawnRows | None) -> DrawnRows:
    faces = Faces(sheet)
    rows = {row.officer.staff_no: row for rows in sheet.view.rows.values() for row in rows}
    can_stay = last is not None and last.site_marks == faces.marks
    old = last.html if last is not None and can_stay else {}
    changed_rows = (
        _find_changed(sheet, rows, last) if last is not None and can_stay else frozenset()
    )
    return DrawnRows(
        html={
            staff_no: old[staff_no]
            if staff_no in old and staff_no not in changed_rows
            else _draw_row(sheet, faces, row, href)
            for staff_no, row in rows.items()
        },
        rows=rows,
        site_marks=faces.marks,
        breaches=sheet.breaches,
        locked=sheet.locked,
        by_hand=sheet.by_hand,
    )


def _find_changed(sheet: BoardSheet, rows: Mapping[str, GridRow], last: DrawnRows) -> Set[str]:
    """The officers whose rows look different from those that were drawn last."""
    old, new = last.breaches, sheet.breaches
    days = {day for day, _ in old.strict_by_day.items() ^ new.strict_by_day.items()}
    days |= (last.locked ^ sheet.locked) | (last.by_hand ^ sheet.by_hand)
    return (
        {staff_no for staff_no, row in rows.items() if last.rows.get(staff_no) != row}
        | {staff_no for staff_no, _ in days}
        | {staff_no for staff_no, _ in old.count_by_officer.items() ^ new.count_by_officer.items()}
    )


def _draw_row(sheet: BoardSheet, faces: Faces, row: GridRow, href: Href) -> str:
    officer = row.officer
    staff_no = officer.staff_no
    name = f"{escape(officer.name)}"
    if sheet.is_managed(staff_no):
        name = f'<a href="{href[0]}{quote(staff_no)}{href[1]}">{name}</a>'
    about = "".join(f" <i>{mark}</i>" for mark in row.marks)
    cells = "".join(_draw_cells(sheet, faces, row))
    breaches = sheet.breaches.count_by_officer.get(staff_no) or ""
    margin = f'<td class="g">{breaches}</td>' if sheet.tells_breaches else ""
    return (
        f'<tr id="{row_id(staff_no)}" data-s="{escape(staff_no)}">'
        f'<th scope="row" class="i">{name}{about}</th>{cells}{margin}</tr>'
    )


def _draw_cells(sheet: BoardSheet, faces: Faces, row: GridRow) -> Iterator[str]:
    """The cells of a row; only those at which a breach shows can be led to."""
    strict, staff_no = sheet.breaches.strict_by_day, row.officer.staff_no
    for day in sheet.days:
        identity = cell_id(staff_no, day) if (staff_no, day) in strict else ""
        yield draw_cell(faces.of(row, day), identity)
