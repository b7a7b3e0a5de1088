"""Draws the picture of the README: one team of the rota of Millbrook.

`python -m tests.readme_picture` plans the unit and draws it anew, which takes a while.
"""

from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from rota.domain import HOME, WEEKDAYS, Problem, Rota
from rota.planning import plan
from rota.reading import read_problem
from rota.writing.grid import GridCell, GridRow, State, build_rows_by_team
from rota.writing.site_codes import assign_site_codes

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / ".readme" / "rota.svg"
TEAM = "Women and Young Adults"

EDGE, TOP, NAMES, DAY, LINE, APART, SITE = 18, 84, 182, 34, 27, 12, 232
"""In pixels: the margin, the first line, the widths of names, days, gaps and sites of the key."""

SIGNS = {
    State.SEAT: "",
    State.AWAY: "away",
    State.OFF: "·",
    State.HOLIDAY: "b",
    State.DAY_OFF: "o",
    State.NOT_PLANNED: "?",
}
STYLE = """
text { font: 12.5px Arial, Helvetica, sans-serif; fill: #0b0c0c; }
.title { font-size: 17px; font-weight: bold; }
.week { font-weight: bold; }
.code { text-anchor: middle; font-size: 11.5px; }
.quiet { fill: #505a5f; }
.paper { fill: #fff; stroke: #b1b4b6; }
.office { fill: #bcd6ee; }
.court { fill: #dccdf2; }
.partner { fill: #bfe3d0; }
.prison { fill: #f2d9bd; }
.home { fill: #f3f2f1; }
"""


def unit() -> Problem:
    """Millbrook, before its period begins."""
    return read_problem(ROOT / "fixtures" / "millbrook", today=date(2026, 12, 28)).problem


def draw(problem: Problem, rota: Rota) -> str:
    """The team's weeks side by side, a line for each member, and a key to the sites."""
    rows = build_rows_by_team(problem, rota)[TEAM]
    office = next(team.office for team in problem.unit.teams if team.name == TEAM)
    sites = {site for row in rows for cell in row.cells.values() for site in cell.sites}
    body = [
        _text(EDGE, 34, f"{TEAM}, {office}", "title"),
        *_header(problem),
        *(part for n, row in enumerate(rows) for part in _line(problem, row, TOP + n * LINE)),
        *_key(problem, sites, TOP + len(rows) * LINE + 18),
    ]
    width = _x(len(problem.weeks), 0) - APART + EDGE
    height = TOP + (len(rows) + 2) * LINE + 26
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
            f"<title>Four weeks of the team {TEAM}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" x="1" y="1" width="{width - 2}" height="{height - 2}" rx="6"/>',
            *body,
            "</svg>\n",
        ]
    )


def _x(week: int, day: int) -> int:
    return EDGE + NAMES + week * (len(WEEKDAYS) * DAY + APART) + day * DAY


def _header(problem: Problem) -> Iterator[str]:
    for number, week in enumerate(problem.weeks):
        yield _text(_x(number, 0) + 2, TOP - 26, f"{week.monday.day} {week.monday:%B %Y}", "week")
        for day, name in enumerate(WEEKDAYS):
            yield _text(_x(number, day) + DAY // 2, TOP - 8, name, "code quiet")


def _line(problem: Problem, row: GridRow, y: int) -> Iterator[str]:
    marks = f", {row.marks[0]}" if row.marks else ""
    yield _text(EDGE, y + 17, row.officer.name, "", marks)
    for number, week in enumerate(problem.weeks):
        for day, its in enumerate(problem.list_days(week)):
            yield from _cell(problem, row.cells[its], _x(number, day), y)


def _cell(problem: Problem, cell: GridCell, x: int, y: int) -> Iterator[str]:
    if cell.sites:
        yield from _seat(problem, cell.sites[0], x, y)
    else:
        yield _text(x + DAY // 2, y + 17, SIGNS[cell.state], "code quiet")


def _seat(problem: Problem, site: str, x: int, y: int) -> Iterator[str]:
    code = HOME.name if site == HOME.name else assign_site_codes(problem)[site]
    quiet = " quiet" if site == HOME.name else ""
    kind = problem.sites[site].kind
    yield f'<rect class="{kind}" x="{x + 1}" y="{y + 1}" width="{DAY - 2}" height="24" rx="4"/>'
    yield _text(x + DAY // 2, y + 17, code, f"code{quiet}")


def _key(problem: Problem, sites: set[str], y: int) -> Iterator[str]:
    named = [site for site in problem.unit.sites if site.name in sites]
    for number, site in enumerate(named):
        line, place = divmod(number, 3)
        x = EDGE + place * SITE
        yield from _seat(problem, site.name, x, y + line * LINE)
        yield _text(x + DAY + 8, y + line * LINE + 17, site.name)


def _text(x: int, y: int, says: str, style: str = "", more: str = "") -> str:
    quiet = f'<tspan class="quiet">{escape(more)}</tspan>' if more else ""
    named = f' class="{style}"' if style else ""
    return f'<text{named} x="{x}" y="{y}">{escape(says, quote=False)}{quiet}</text>'


if __name__ == "__main__":
    problem = unit()
    PICTURE.parent.mkdir(exist_ok=True)
    rota = plan(problem, seconds=300, seed=0, workers=1).rota
    PICTURE.write_text(draw(problem, rota), encoding="utf-8")
