"""The list of breaches beside a board, each of which leads to the cell that it shows at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rota.domain import Week
from rota.rules import LEVELS
from rota.services.rotas.board import BoardSheet
from rota.writing.concerns import Concern
from rota.writing.grid import GridRow
from web.board.board_table import cell_id, row_id

MOST = 50
"""Breaches of a level that are listed; the filters lead to the others."""


@dataclass(frozen=True, slots=True)
class BreachLine:
    """A breach in words, and the part of the page where it shows; none if it does nowhere."""

    says: str
    href: str | None


@dataclass(frozen=True, slots=True)
class LevelBreaches:
    """The breaches of a level, of which the first are listed."""

    name: str
    count: int
    lines: tuple[BreachLine, ...]


@dataclass(frozen=True, slots=True)
class BreachList:
    """The breaches of what is shown, level by level, and how many are not for the reader."""

    levels: tuple[LevelBreaches, ...]
    left_out: int = 0

    @property
    def count(self) -> int:
        return sum(level.count for level in self.levels)


def told(sheet: BoardSheet, teams: Mapping[str, Sequence[GridRow]]) -> BreachList:
    """The breaches that concern these officers, or nobody, in the weeks that are shown."""
    shown = frozenset(row.officer.staff_no for rows in teams.values() for row in rows)
    if not sheet.tells_breaches:
        return BreachList(())
    if shown != sheet.problem.officers.keys():
        return _told(sheet, shown)
    key = ("breaches", sheet.days, sheet.known_teams)
    known: BreachList | None = sheet.sight.views.get(key)
    if known is None:
        known = sheet.sight.views[key] = _told(sheet, shown)
    return known


def _told(sheet: BoardSheet, shown: frozenset[str]) -> BreachList:
    by_level: dict[str, list[Concern]] = {level: [] for level in LEVELS}
    for concern in sheet.concerns:
        if _is_here(sheet, concern, shown):
            by_level[concern.breach.rule.level].append(concern)
    return BreachList(
        tuple(
            LevelBreaches(
                level, len(those), tuple(_line(sheet, its, shown) for its in those[:MOST])
            )
            for level, those in by_level.items()
            if those
        ),
        sum(_is_here(sheet, its, shown) for its in sheet.left_out),
    )


def _is_here(sheet: BoardSheet, concern: Concern, shown: frozenset[str]) -> bool:
    is_about = not concern.officers or not shown.isdisjoint(concern.officers)
    return is_about and _is_shown(sheet, concern)


def _is_shown(sheet: BoardSheet, concern: Concern) -> bool:
    when = concern.breach.when
    if isinstance(when, Week):
        when = when.monday
    return not isinstance(when, date) or sheet.days[0] <= when <= sheet.days[-1]


def _line(sheet: BoardSheet, concern: Concern, shown: frozenset[str]) -> BreachLine:
    return BreachLine(concern.says, _href(sheet, concern, shown))


def _href(sheet: BoardSheet, concern: Concern, shown: frozenset[str]) -> str | None:
    for staff_no, day in concern.places:
        if staff_no in shown and day in sheet.days:
            return f"#{cell_id(staff_no, day)}"
    for staff_no in concern.officers:
        if staff_no in shown:
            return f"#{row_id(staff_no)}"
    when = concern.breach.when
    return f"#d-{when:%m%d}" if isinstance(when, date) and when in sheet.days else None
