"""The grid of a rota on a terminal, whole however narrow it is, and readable without colours.

A week takes a bar and its days, a day the width of a code and a sign after it, or of two codes with
a stroke between them where there are split days. The signs are plain ASCII, which every terminal
and pipe can show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len, set_cell_size
from rich.columns import Columns
from rich.console import Console
from rich.text import Text

from rota.domain import Problem, Rota, Team, Week
from rota.writing.grid import (
    Block,
    GridCell,
    GridRow,
    Mark,
    State,
    build_rows_by_team,
    split_into_blocks,
)
from rota.writing.site_codes import assign_site_codes

LEAST_NAME, MOST_NAME = 12, 26
"""Columns for a name: a longer one is cut so that one more week fits, or so that it is in view."""

_STATE_SIGNS = {
    State.NOT_PLANNED: "?",
    State.AWAY: "a",
    State.OFF: ".",
    State.HOLIDAY: "b",
    State.DAY_OFF: "o",
}
_STATE_STYLES = {
    State.NOT_PLANNED: "bold red",
    State.OFF: "dim",
    State.HOLIDAY: "dim",
    State.DAY_OFF: "dim",
}
_MARK_SIGNS = {Mark.MANAGER: "M", Mark.NEW_STARTER: "N", Mark.MENTOR: "+"}
_KIND_STYLES = {"office": "blue", "court": "magenta", "partner": "green", "prison": "yellow"}
_SEVERAL, _CHANGED, _LOCKED = "?!", "*", "="
_BETWEEN_HALVES = "/"


def show_rota(console: Console, problem: Problem, rota: Rota) -> None:
    """Print each team's grid, with as many weeks side by side as fit, and a key."""
    teams = build_rows_by_team(problem, rota)
    rows = [row for team_rows in teams.values() for row in team_rows]
    if not rows:
        return
    layout = _Layout.fitting(console.width, problem, rows)
    for name in problem.teams:
        if name in teams:
            _show_team(console, layout, problem.find_team(name), teams[name])
    console.print(Columns(_build_key(layout, rows), padding=(0, 3)))


@dataclass(frozen=True, slots=True)
class _Layout:
    """Widths in columns, and the weeks that stand side by side.

    `day` is the width of what stands for a day, without the sign after it.
    """

    codes: Mapping[str, str]
    styles: Mapping[str, str]
    days: Mapping[Week, tuple[date, ...]]
    blocks: tuple[Block, ...]
    day: int
    marks: int
    name: int

    @classmethod
    def fitting(cls, width: int, problem: Problem, rows: Sequence[GridRow]) -> _Layout:
        codes = assign_site_codes(problem)
        day = max(map(len, codes.values()))
        if any(cell.halves for row in rows for cell in row.cells.values()):
            day += len(_BETWEEN_HALVES) + day
        days = {week: problem.list_days(week) for week in problem.weeks}
        week = 1 + max(map(len, days.values())) * (day + 1)
        marks = 1 + max(len(row.marks) for row in rows)
        longest = max(cell_len(row.officer.name) for row in rows)
        most_weeks = max((width - marks - min(longest, LEAST_NAME)) // week, 1)
        side_by_side = split_into_blocks(problem, most_weeks)
        spare = width - marks - week * max(map(len, side_by_side))
        name = min(longest, MOST_NAME, max(spare, LEAST_NAME))
        styles = {site.name: _KIND_STYLES.get(site.kind, "") for site in problem.sites.values()}
        return cls(codes, styles, days, side_by_side, day, marks, name)


def _show_team(console: Console, layout: _Layout, team: Team, rows: Sequence[GridRow]) -> None:
    console.print(Text.assemble((team.name, "bold"), f" ({team.office})"))
    for block in layout.blocks:
        for line in (
            *_build_header(layout, block),
            *(_build_line(layout, block, row) for row in rows),
        ):
            console.print(line, soft_wrap=True)
        console.print()


def _build_header(layout: _Layout, block: Block) -> Iterator[Text]:
    """Every week's Monday, and under it the names of its days."""
    width = layout.day + 1
    margin = " " * (layout.marks + layout.name)
    mondays, names = "", ""
    for week in block:
        days = layout.days[week]
        mondays += f"|{f'{week.monday.day} {week.monday:%b %Y}':<{width * len(days)}}"
        names += "|" + "".join(f"{f'{day:%a}'[: layout.day]:<{width}}" for day in days)
    yield Text(margin + mondays.rstrip())
    yield Text(margin + names)


def _build_line(layout: _Layout, block: Block, row: GridRow) -> Text:
    marks = "".join(_MARK_SIGNS[mark] for mark in row.marks)
    line = Text(f"{marks:<{layout.marks}}" + _fit_name(row.officer.name, layout.name))
    for week in block:
        line.append("|")
        for day in layout.days[week]:
            cell = row.cells[day]
            sign = _CHANGED if cell.published_site else _LOCKED if cell.locked else ""
            codes = _build_codes(layout, cell)
            line.append(codes)
            line.append(f"{sign:<{layout.day + 1 - len(codes)}}")
    return line


def _build_codes(layout: _Layout, cell: GridCell) -> Text:
    """What stands for the day, or for the morning and the afternoon."""
    return Text(_BETWEEN_HALVES).join(
        Text(*_find_code(layout, part), end="") for part in cell.parts
    )


def _find_code(layout: _Layout, part: GridCell) -> tuple[str, str]:
    """The code of a day or half of one, and its style."""
    if len(part.sites) > 1:
        return _SEVERAL, "bold red"
    if not part.sites:
        return _STATE_SIGNS[part.state], _STATE_STYLES.get(part.state, "")
    (site,) = part.sites
    return layout.codes.get(site, _SEVERAL), layout.styles.get(site, "bold red")


def _fit_name(name: str, width: int) -> str:
    """The name in so many columns; one that is cut ends in a full stop."""
    if cell_len(name) > width:
        return set_cell_size(name, width - 1) + "."
    return set_cell_size(name, width)


def _build_key(layout: _Layout, rows: Sequence[GridRow]) -> Iterator[Text]:
    """What stands in the grids of these rows, and what it means."""
    cells = [cell for row in rows for cell in row.cells.values()]
    sites = {site for cell in cells for site in cell.sites}
    for site, code in layout.codes.items():
        if site in sites:
            yield Text.assemble((code, layout.styles[site]), f" {site}")
    states = {part.state for cell in cells for part in cell.parts}
    for state, sign in _STATE_SIGNS.items():
        if state in states:
            yield Text(f"{sign} {state}")
    if not sites <= set(layout.codes) or any(cell.has_several for cell in cells):
        yield Text(f"{_SEVERAL} more than one site, or one that is not known")
    if any(cell.halves for cell in cells):
        yield Text(f"{_BETWEEN_HALVES} between morning and afternoon")
    if any(cell.published_site for cell in cells):
        yield Text(f"{_CHANGED} not as published")
    if any(cell.locked for cell in cells):
        yield Text(f"{_LOCKED} locked")
    marks = {mark for row in rows for mark in row.marks}
    for mark, sign in _MARK_SIGNS.items():
        if mark in marks:
            yield Text(f"{sign} {mark}")
