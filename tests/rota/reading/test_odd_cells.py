"""Two to 25 odd cells at once: reading tells all faults, or gives a unit that all else can use."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest

from rota.checker import judge
from rota.domain import Problem, Rota
from rota.errors import BadInput
from rota.records import TABLES
from rota.writing import build_unit_workbook, unit_files
from tests.rota.reading.small_unit import UNIT, read, write_workbook

DRAWS = 150

MORE = {
    "away": "staff_no,first,last,kind\n101,2027-01-04,2027-01-05,sick\n102,2027-02-01,2027-02-02,",
    "duties": "date,site,needed,skill\n2027-01-04,Crown Court,1,\n2027-01-05,Crown Court,2,search",
    "appointments": "staff_no,date,site\n101,2027-01-04,Luton\n102,2027-01-05,Bedford\n",
    "presence": "site,skill,least,when\nLuton,first aid,1,Mon Wed\nBedford,search,,2027-01-05\n",
    "requests": "staff_no,when,wants,strength\n101,Mon,home,2\n102,2027-01-06,office,\n",
    "links": "staff_no,with_staff_no,reason\n101,102,a case\n",
    "closures": "site,date,desks\nLuton,2027-01-04,0\nBedford,2027-01-05,3\n",
    "rota": "staff_no,date,site,locked\n101,2027-01-04,Luton,yes\n102,2027-01-05,home,\n",
    "history": "staff_no,date,site,duty\n101,2026-12-22,Luton,Post\n102,2026-12-22,home,\n",
    "policy": "setting,value\nstart,2027-01-04\nweeks,2\ncounts,office;court\nweights.desks,2\n",
}

TEXTS = [
    *("", " ", "0", "-1", "x", "home", "Luton", "Red", "101", "0101", "103", "#N/A", "=1+1", "@a"),
    *("Crown Court", "Bedford", "yes", "maybe", "PO", "SPO", "office", "court", "Mon", "Mon Mon"),
    *("Mon Tue Wed Thu Fri", "Sat", "Mon;Tue", "2027-01-04", "04/01/2027", "2027-02-30", "1e9"),
    *("9999-12-31", "0001-01-01", "1950-01-01", "2150-12-31", "Luton;Bedford", ";", ";;", "a;;b"),
    *("NaN", "nan", "1.5", "60%", "0.6", "99999999999999999999", "x" * 2_000, "\u202e", "\ufeff"),
    *("Zoë", "e\u0301", "\U0001f600", "\u2028", "\x07", "'", "''", "'=1", "a@b", "mailto:a@b", "-"),
]
"""What stands in odd cells of any kind of file."""

VALUES: list[object] = [
    *(None, True, False, 0, -1, 2.5, 1e300, 46_391, 101, 10**12, float("1e-9")),
    *(date(2027, 1, 4), datetime(2027, 1, 4, 12), time(9), timedelta(hours=30), date(1900, 1, 1)),
    *("=A1", "=1/0", "#REF!", "#DIV/0!"),
]
"""What only a workbook can hold besides."""

Grid = list[list[object]]


@cache
def tables() -> dict[str, Grid]:
    texts = {name.removesuffix(".csv"): text for name, text in UNIT.items()} | MORE
    return {
        name: [list(line.split(",")) for line in text.splitlines()] for name, text in texts.items()
    }


def spoilt(draw: random.Random, values: list[object]) -> dict[str, Grid]:
    """All tables with two to 25 odd cells; in half of the draws most of them stand in a like cell.

    Those are cells of the same column, so that what is odd lies between cells, and much reads.
    """
    grids = {name: [[*row] for row in grid] for name, grid in tables().items()}
    likely = draw.choice([0.0, 0.97])
    for _ in range(draw.randint(2, 25)):
        _, *rows = grid = grids[draw.choice(sorted(grids))]
        row = draw.choice(rows if draw.random() < likely + 0.9 else grid)
        column = draw.randrange(len(row))
        is_like = draw.random() < likely
        row[column] = draw.choice(rows)[column] if is_like else draw.choice(values)
    if draw.random() < 0.3:
        grid = grids[draw.choice(sorted(grids))]
        grid.insert(draw.randrange(1, len(grid) + 1), [*draw.choice(grid[1:])])
    return grids


def as_csv(grid: Grid) -> str:
    quoted = (['"{}"'.format(str(cell).replace('"', '""')) for cell in row] for row in grid)
    return "\n".join(map(",".join, quoted))


def write_folder(folder: Path, grids: dict[str, Grid]) -> Path:
    """The tables as CSV files; the settings stay out, as they are another kind of file."""
    folder.mkdir()
    for name, grid in grids.items():
        if name != "policy":
            (folder / f"{name}.csv").write_text(as_csv(grid), encoding="utf-8")
    return folder


def use(problem: Problem) -> None:
    """All that others do with a unit that was read; an error of ours is raised."""
    judge(problem, Rota.of(()))
    judge(problem, Rota.of(seat.seat for seat in problem.unit.published))
    for name in dir(Problem):
        if not name.startswith("_"):
            getattr(problem, name)
    unit_files(problem.unit, problem.policy)


def problem_or_faults(path: Path) -> Problem | None:
    """The problem, if it reads; every fault is a line that can be shown."""
    try:
        return read(path).problem
    except BadInput as bad:
        lines = [str(fault) for fault in bad.faults]
        assert lines
        assert [line for line in lines if not line.isprintable() or line[-1] not in ".?"] == []
        return None


@pytest.mark.parametrize("seed", range(4))
def test_a_folder_with_odd_cells(tmp_path, seed):
    draw = random.Random(seed)
    for number in range(DRAWS):
        grids = spoilt(draw, [*TEXTS])
        problem = problem_or_faults(write_folder(tmp_path / str(number), grids))
        if problem:
            use(problem)


@pytest.mark.parametrize("seed", range(4, 6))
def test_a_workbook_with_odd_cells(tmp_path, seed):
    draw = random.Random(seed)
    allowed = [text for text in TEXTS if text != "\x07"]  # A workbook can hold no such letter.
    for _ in range(DRAWS // 6):
        path = write_workbook(tmp_path / "unit.xlsx", spoilt(draw, [*allowed, *VALUES]))
        problem = problem_or_faults(path)
        if problem:
            use(problem)
            build_unit_workbook(problem.unit, problem.policy)


def test_the_tables_that_are_spoilt_read(tmp_path):
    assert read(write_folder(tmp_path / "unit", tables())).notes == ()
    workbook = write_workbook(tmp_path / "unit.xlsx", tables())
    use(read(workbook).problem)
    assert {table.name for table in TABLES} <= tables().keys()
