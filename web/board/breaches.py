"""The list of breaches beside a board, each of which leads to the cell that it shows at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask import render_template
from markupsafe import Markup

from rota.cache import Cache
from rota.domain import HalfDay, Week, When
from rota.rules import LEVELS
from rota.services.rotas.board import BoardSheet
from rota.writing.concerns import Concern
from rota.writing.grid import GridRow
from web.access.request_context import the_database
from web.board.cells import cell_id, row_id

MOST = 50
"""Breaches of a level that are listed; the filters lead to the others."""

_DRAWN: Cache[Markup] = Cache(most=16)
"""The list of all officers' breaches, by the view of the rota, the weeks and the reader's teams."""


def draw_breaches(sheet: BoardSheet, teams: Mapping[str, Sequence[GridRow]]) -> Markup:
    """The breaches that concern these officers, or nobody, in the weeks that are shown.

    There is nothing for readers who are not told of breaches.
    """
    if not sheet.tells_breaches:
        return Markup()
    officers = frozenset(row.officer.staff_no for rows in teams.values() for row in rows)
    if officers != sheet.problem.officers.keys():
        return _draw(sheet, officers)
    key = (sheet.view.key, sheet.days, sheet.known_teams)
    return _DRAWN.find(the_database().engine, key, lambda: _draw(sheet, officers))


def _draw(sheet: BoardSheet, officers: frozenset[str]) -> Markup:
    levels: dict[str, list[Concern]] = {level: [] for level in LEVELS}
    for concern in _list_here(sheet, sheet.breaches.concerns, officers):
        levels[concern.breach.rule.level].append(concern)
    html = render_template(
        "board/breaches.html",
        levels={level: concerns for level, concerns in levels.items() if concerns},
        count=sum(map(len, levels.values())),
        left_out=len(_list_here(sheet, sheet.breaches.left_out, officers)),
        most=MOST,
        href=lambda concern: _find_href(sheet, concern, officers),
    )
    return Markup(html)


def _list_here(
    sheet: BoardSheet, concerns: Iterable[Concern], officers: frozenset[str]
) -> Sequence[Concern]:
    return [
        concern
        for concern in concerns
        if _is_about(concern, officers) and _is_in_weeks(sheet, concern)
    ]


def _is_about(concern: Concern, officers: frozenset[str]) -> bool:
    return not concern.officers or not officers.isdisjoint(concern.officers)


def _is_in_weeks(sheet: BoardSheet, concern: Concern) -> bool:
    day = _find_day(concern.breach.when)
    return day is None or sheet.days[0] <= day <= sheet.days[-1]


def _find_day(when: When) -> date | None:
    """The date, or the Monday of the week; None for a period."""
    match when:
        case HalfDay(day, _) | Week(day):
            return day
        case date():
            return when
        case _:
            return None


def _find_href(sheet: BoardSheet, concern: Concern, officers: frozenset[str]) -> str | None:
    """The part of the page where the breach shows; none if it does nowhere."""
    for staff_no, day in concern.officer_days:
        if staff_no in officers and day in sheet.days:
            return f"#{cell_id(staff_no, day)}"
    for staff_no in concern.officers:
        if staff_no in officers:
            return f"#{row_id(staff_no)}"
    when = concern.breach.when
    shown_day = None if isinstance(when, Week) else _find_day(when)
    return f"#d-{shown_day:%m%d}" if shown_day in sheet.days else None
