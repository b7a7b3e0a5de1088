"""The table of a board as HTML: put together here, since a template would take too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

from rota.domain import HOME, Week
from rota.services.rotas.board import BoardSheet
from rota.writing.grid import GridRow
from web.board.cells import Faces, draw_cell, find_desk_face
from web.board.drawn_rows import Href, draw_rows

Teams = Mapping[str, Sequence[GridRow]]


def draw_head(sheet: BoardSheet) -> Markup:
    """The weeks and the days."""
    lengths = Counter(Week.of(day).monday for day in sheet.days)
    weeks = "".join(
        f'<th scope="colgroup" colspan="{number}" class="w">Week of {day.day} {day:%B %Y}</th>'
        for day, number in lengths.items()
    )
    days = "".join(_draw_day(sheet, day) for day in sheet.days)
    margin = '<th scope="col" rowspan="2" class="g">Breaches</th>' if sheet.tells_breaches else ""
    spans = (f'<colgroup span="{number}"></colgroup>' for number in lengths.values())
    groups = f"<colgroup></colgroup>{''.join(spans)}"
    officer = '<th scope="col" rowspan="2" class="i">Officer</th>'
    return Markup(f"{groups}<thead><tr>{officer}{weeks}{margin}</tr><tr>{days}</tr></thead>")


def draw_body(sheet: BoardSheet, teams: Teams, href: Href) -> Markup:
    """A part for each team. `href` is the address of an officer's page."""
    lines = draw_rows(sheet, href)
    columns = len(sheet.days) + 1 + sheet.tells_breaches
    parts = []
    for team, rows in teams.items():
        is_mine = ' data-mine="1"' if team in sheet.teams else ""
        title = _draw_title(escape(team), columns)
        text = "".join(lines[row.officer.staff_no] for row in rows)
        parts.append(f"<tbody{is_mine}>{title}{text}</tbody>")
    return Markup("".join(parts))


def draw_desks(sheet: BoardSheet) -> Markup:
    """How many are in at each office on each day, and how many desks it has."""
    rows = []
    for number, (site, days) in enumerate(sheet.view.occupancy.items()):
        cells = "".join(draw_cell(find_desk_face(days.get(day))) for day in sheet.days)
        margin = '<td class="g"></td>' if sheet.tells_breaches else ""
        name = f'<th scope="row" class="i">{escape(site)}</th>'
        rows.append(f'<tr data-desks="{number}">{name}{cells}{margin}</tr>')
    columns = len(sheet.days) + 1 + sheet.tells_breaches
    title = _draw_title("People in, and desks free", columns)
    return Markup(f'<tbody class="d">{title}{"".join(rows)}</tbody>')


def _draw_day(sheet: BoardSheet, day: date) -> str:
    is_today = ' class="t"' if day == sheet.today else ""
    today = '<span class="v">, today</span>' if is_today else ""
    return (
        f'<th scope="col" id="d-{day:%m%d}" data-d="{day}"{is_today}>'
        f"{day:%a}<b>{day.day}</b>{today}</th>"
    )


def _draw_title(text: str, columns: int) -> str:
    return f'<tr><th scope="rowgroup" colspan="{columns}" class="k"><span>{text}</span></th></tr>'


def list_site_names(faces: Faces) -> Iterator[tuple[str, str]]:
    """Each mark with the name of its site."""
    for site, mark in faces.marks.items():
        yield mark, "Home" if site == HOME.name else site
