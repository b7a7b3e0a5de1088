"""The table of a board as HTML: put together here, since a template would take too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

from rota.domain import HOME
from rota.services.boards import Sheet
from rota.writing.grid import Row
from web.board.cells import Face, Faces, desk_face

Teams = Mapping[str, Sequence[Row]]


def head(sheet: Sheet) -> Markup:
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


def body(sheet: Sheet, teams: Teams, href: Href) -> Markup:
    """A part for each team. `href` is the address of an officer's page."""
    faces = Faces(sheet)
    columns = len(sheet.days) + 1 + sheet.tells_breaches
    parts = (_team(sheet, faces, team, rows, href, columns) for team, rows in teams.items())
    return Markup("".join(parts))


def desks(sheet: Sheet) -> Markup:
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
    return f"c-{_token(staff_no)}-{day:%m%d}"


def row_id(staff_no: str) -> str:
    """What a link to the officer's row names."""
    return f"r-{_token(staff_no)}"


def _day(sheet: Sheet, day: date) -> str:
    is_today = ' class="t"' if day == sheet.today else ""
    today = '<span class="v">, today</span>' if is_today else ""
    return (
        f'<th scope="col" id="d-{day:%m%d}" data-d="{day}"{is_today}>'
        f"{day:%a}<b>{day.day}</b>{today}</th>"
    )


def _team(
    sheet: Sheet, faces: Faces, team: str, rows: Sequence[Row], href: Href, columns: int
) -> str:
    is_mine = team in sheet.teams
    lines = "".join(_row(sheet, faces, row, href if is_mine else None) for row in rows)
    mine = ' data-mine="1"' if is_mine else ""
    return f"<tbody{mine}>{_title(escape(team), columns)}{lines}</tbody>"


def _title(text: str, columns: int) -> str:
    return f'<tr><th scope="rowgroup" colspan="{columns}" class="k"><span>{text}</span></th></tr>'


def _row(sheet: Sheet, faces: Faces, row: Row, href: Href | None) -> str:
    officer = row.officer
    number = escape(officer.staff_no)
    name = f"{escape(officer.name)}"
    if href:
        name = f'<a href="{href[0]}{number}{href[1]}">{name}</a>'
    about = "".join(f" <i>{mark}</i>" for mark in row.marks)
    marked = sheet.marked
    who = officer.staff_no
    cells = "".join(
        _td(face, cell_id(who, day) if (who, day) in marked else "")
        for face, day in zip(faces.in_row(row), sheet.days, strict=True)
    )
    margin = ""
    if sheet.tells_breaches:
        margin = f'<td class="g">{sheet.margins.get(officer.staff_no) or ""}</td>'
    return (
        f'<tr id="{row_id(officer.staff_no)}" data-s="{number}">'
        f'<th scope="row" class="i">{name}{about}</th>{cells}{margin}</tr>'
    )


def _td(face: Face, identity: str = "") -> str:
    its = f' id="{identity}"' if identity else ""
    classes = f' class="{face.classes}"' if face.classes else ""
    return f"<td{its}{classes}>{face.text}</td>"


def _token(staff_no: str) -> str:
    """The staff number with nothing in it that an identity may not hold."""
    return "".join(c if c.isalnum() and c.isascii() else f"_{ord(c):x}" for c in staff_no)


def site_names(faces: Faces) -> Iterator[tuple[str, str]]:
    """Each mark with the name of its site."""
    for site, mark in faces.marks.items():
        yield mark, "Home" if site == HOME.name else site
