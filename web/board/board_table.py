"""The table of a board as HTML: put together here, since a template would take too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cache
from urllib.parse import quote

from markupsafe import Markup, escape

from rota.domain import HOME
from rota.services.rotas.board import BoardSheet
from rota.writing.grid import GridRow
from web.board.cells import Face, Faces, desk_face

Teams = Mapping[str, Sequence[GridRow]]


def head(sheet: BoardSheet) -> Markup:
    """The weeks and the days."""
    mondays = [day for day in sheet.days if day.weekday() == 0]
    weeks = "".join(
        f'<th scope="colgroup" colspan="5" class="w">Week of {its.day} {its:%B %Y}</th>'
        for its in mondays
    )
    days = "".join(_day(sheet, day) for day in sheet.days)
    margin = '<th scope="col" rowspan="2" class="g">Breaches</th>' if sheet.tells_breaches else ""
    groups = "<colgroup></colgroup>" + '<colgroup span="5"></colgroup>' * len(mondays)
    who = '<th scope="col" rowspan="2" class="i">Officer</th>'
    return Markup(f"{groups}<thead><tr>{who}{weeks}{margin}</tr><tr>{days}</tr></thead>")


Href = tuple[str, str]
"""An address in two parts, between which a staff number stands."""


def body(sheet: BoardSheet, teams: Teams, href: Href) -> Markup:
    """A part for each team. `href` is the address of an officer's page."""
    lines = _lines(sheet, href)
    columns = len(sheet.days) + 1 + sheet.tells_breaches
    parts = []
    for team, rows in teams.items():
        mine = ' data-mine="1"' if team in sheet.teams else ""
        title = _title(escape(team), columns)
        text = "".join(lines[row.officer.staff_no] for row in rows)
        parts.append(f"<tbody{mine}>{title}{text}</tbody>")
    return Markup("".join(parts))


def desks(sheet: BoardSheet) -> Markup:
    """How many are in at each office on each day, and how many desks it has."""
    rows = []
    for number, (site, days) in enumerate(sheet.sight.occupancy.items()):
        cells = "".join(_td(desk_face(days.get(day))) for day in sheet.days)
        margin = '<td class="g"></td>' if sheet.tells_breaches else ""
        name = f'<th scope="row" class="i">{escape(site)}</th>'
        rows.append(f'<tr data-desks="{number}">{name}{cells}{margin}</tr>')
    columns = len(sheet.days) + 1 + sheet.tells_breaches
    title = _title("People in, and desks free", columns)
    return Markup(f'<tbody class="d">{title}{"".join(rows)}</tbody>')


def cell_id(staff_no: str, day: date) -> str:
    """What a link to the cell names."""
    return f"c-{_token(staff_no)}-{_short(day)}"


def row_id(staff_no: str) -> str:
    """What a link to the officer's row names."""
    return f"r-{_token(staff_no)}"


def _day(sheet: BoardSheet, day: date) -> str:
    is_today = ' class="t"' if day == sheet.today else ""
    today = '<span class="v">, today</span>' if is_today else ""
    return (
        f'<th scope="col" id="d-{day:%m%d}" data-d="{day}"{is_today}>'
        f"{day:%a}<b>{day.day}</b>{today}</th>"
    )


def _title(text: str, columns: int) -> str:
    return f'<tr><th scope="rowgroup" colspan="{columns}" class="k"><span>{text}</span></th></tr>'


def _lines(sheet: BoardSheet, href: Href) -> Mapping[str, str]:
    """The row of each officer, made once for all who look at the same sheet."""
    reader = sheet.tells_breaches, sheet.teams, sheet.known_teams
    key = ("lines", sheet.days, sheet.today, *reader, href)
    sight = sheet.sight
    known: Mapping[str, str] | None = sight.views.get(key)
    if known is None:
        earlier = sight.earlier
        old = earlier.views.get(key, {}) if earlier else {}
        anew = earlier.differing(sight, sheet.known_teams) if earlier else frozenset()
        known = sight.views[key] = dict(_made(sheet, href, old, anew))
    return known


def _made(
    sheet: BoardSheet, href: Href, old: Mapping[str, str], anew: Set[str]
) -> Iterator[tuple[str, str]]:
    """The row of each officer: the old one where there is one and none is to be made anew."""
    faces = Faces(sheet)
    for team, rows in sheet.sight.rows.items():
        its = href if team in sheet.teams else None
        for row in rows:
            who = row.officer.staff_no
            is_known = who in old and who not in anew
            yield who, old[who] if is_known else _row(sheet, faces, row, its)


def _row(sheet: BoardSheet, faces: Faces, row: GridRow, href: Href | None) -> str:
    officer = row.officer
    who, number = officer.staff_no, escape(officer.staff_no)
    name = f"{escape(officer.name)}"
    if href:
        name = f'<a href="{href[0]}{quote(who)}{href[1]}">{name}</a>'
    about = "".join(f" <i>{mark}</i>" for mark in row.marks)
    cells = "".join(_cells(sheet, faces, row))
    margin = f'<td class="g">{sheet.margins.get(who) or ""}</td>' if sheet.tells_breaches else ""
    return (
        f'<tr id="{row_id(who)}" data-s="{number}">'
        f'<th scope="row" class="i">{name}{about}</th>{cells}{margin}</tr>'
    )


def _cells(sheet: BoardSheet, faces: Faces, row: GridRow) -> Iterator[str]:
    """The cells of a row; only those at which a breach shows can be led to."""
    marked, who, token = sheet.marked, row.officer.staff_no, _token(row.officer.staff_no)
    for day in sheet.days:
        identity = f"c-{token}-{_short(day)}" if (who, day) in marked else ""
        yield _td(faces.of(row, day), identity)


def _td(face: Face, identity: str = "") -> str:
    its = f' id="{identity}"' if identity else ""
    classes = f' class="{face.classes}"' if face.classes else ""
    return f"<td{its}{classes}>{face.text}</td>"


@cache
def _short(day: date) -> str:
    return f"{day:%m%d}"


def _token(staff_no: str) -> str:
    """The staff number with nothing in it that an identity may not hold."""
    if staff_no.isalnum() and staff_no.isascii():
        return staff_no
    return "".join(c if c.isalnum() and c.isascii() else f"_{ord(c):x}" for c in staff_no)


def site_names(faces: Faces) -> Iterator[tuple[str, str]]:
    """Each mark with the name of its site."""
    for site, mark in faces.marks.items():
        yield mark, "Home" if site == HOME.name else site
