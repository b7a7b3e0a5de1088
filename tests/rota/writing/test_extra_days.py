"""Extra days in grids: a column only in the weeks that have one."""

from __future__ import annotations

import io
import re

from rich.console import Console

from rota.checker import judge
from rota.domain import Duty
from rota.writing.grid import State, build_rows_by_team
from rota.writing.occupancy import count_occupancy
from rota.writing.rota_csv import format_rota
from rota.writing.rota_html import render_page
from rota.writing.terminal_grid import show_rota
from tests.rota_text import FRI, MON, SAT, SUN, problem, rota

CHART = """
        4 Jan 2027      11 Jan 2027
        Mon Fri Sat     Mon Fri
Ann     H   O   O       H   *
Bob     H   O   -       H   *
"""
UNIT = problem(
    CHART,
    duties=[Duty(SAT, "Leeds", 1), Duty(FRI.replace(day=15), "Crown Court", 1)],
    officers={"Ann": {"takes_extra_days": True}},
)
ROTA = rota(CHART)


def test_rows_have_a_cell_for_the_saturday_with_a_duty_alone() -> None:
    ann, bob = build_rows_by_team(UNIT, ROTA)["Blue"]
    days = [day.day for day in ann.cells]
    assert days == [4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15]
    assert (ann.cells[SAT].state, ann.cells[SAT].sites) == (State.SEAT, ("Leeds",))
    assert bob.cells[SAT].state == State.OFF
    assert SUN not in ann.cells


def test_a_terminal_has_a_sixth_day_in_that_week() -> None:
    text = io.StringIO()
    show_rota(Console(file=text, width=80), UNIT, ROTA)
    assert [line.rstrip() for line in text.getvalue().splitlines()[1:5]] == [
        "    |4 Jan 2027        |11 Jan 2027",
        "    |Mo Tu We Th Fr Sa |Mo Tu We Th Fr",
        " Ann|h  .  .  .  LE LE |h  .  .  .  b",
        " Bob|h  .  .  .  LE .  |h  .  .  .  b",
    ]


def test_the_printed_page_has_a_column_and_counts_no_share() -> None:
    page = render_page(UNIT, ROTA, judge(UNIT, ROTA), {})
    assert re.findall(r'colspan="(\d)" class="week"', page)[:2] == ["6", "5"]
    assert page.count(">Sat <span>9</span>") == 2  # Of the team, and of the desks.
    assert "<small>not working</small>" not in page
    # Ann and Bob have 4 days at home and 2 at the office; her Saturday is none of them.
    assert "2 office (33%)" in re.sub(r"\s+", " ", page)


def test_desks_are_counted_on_an_extra_day_on_which_somebody_may_be_there() -> None:
    days = count_occupancy(UNIT, ROTA)["Leeds"]
    assert days[SAT].officers == 1
    assert FRI.replace(day=15) not in days
    assert MON in days


def test_the_rota_as_a_table_has_the_seat() -> None:
    assert "ann,Ann,Blue,2027-01-09,Leeds,office," in format_rota(UNIT, ROTA)
