"""A unit that is written as a workbook reads as the very same unit and policy."""

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from rota.domain import Link, Policy, Unit
from rota.reading import POLICY_SHEET, read_problem
from rota.records import TABLES
from rota.writing import build_unit_workbook
from tests.conftest import times
from tests.random_problems import problems
from tests.rota.writing.test_unit_folder import FULL, MON, PLAIN, TODAY, readable


def read(folder, data):
    path = folder / "unit.xlsx"
    path.write_bytes(data)
    reading = read_problem(path, today=TODAY)
    assert reading.notes == ()
    return reading.problem.unit, reading.problem.policy


def book(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_full_unit_reads_as_it_was(tmp_path):
    assert read(tmp_path, build_unit_workbook(FULL, PLAIN)) == (FULL, PLAIN)


@pytest.mark.parametrize(
    "policy",
    [
        replace(PLAIN, counts=(), weeks=2, over="week", nightly_publishes="never"),
        replace(PLAIN, counts=("court", "office"), weights={"desks": 0, "links": 1000}),
    ],
)
def test_a_policy_reads_as_it_was(tmp_path, policy):
    assert read(tmp_path, build_unit_workbook(FULL, policy)) == (FULL, policy)


@hypothesis_settings(
    max_examples=times(8, soak=500),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(problem=problems())
def test_any_unit_reads_as_it_was(tmp_path, problem):
    unit = replace(readable(problem.unit), locked=())
    assert read(tmp_path, build_unit_workbook(unit, problem.policy))[0] == unit


def test_every_table_has_a_sheet_with_its_columns():
    nothing = book(build_unit_workbook(Unit(sites=(), teams=(), officers=()), PLAIN))
    assert nothing.sheetnames == [*(table.name for table in TABLES), "policy"]
    for table in (*TABLES, POLICY_SHEET):
        header = [cell.value for cell in next(nothing[table.name].iter_rows())]
        assert header == [column.name for column in table.columns]


def test_numbers_and_dates_are_such_cells_and_staff_numbers_are_text():
    written = book(build_unit_workbook(FULL, PLAIN))
    officer = {
        column.value: cell.value
        for column, cell in zip(written["officers"][1], written["officers"][2], strict=True)
    }
    assert officer["staff_no"] == "007"
    assert officer["start_date"] == datetime(2015, 3, 2)
    assert written["sites"]["C2"].value == 0
    assert [cell.value for cell in written["requests"]["B"]] == [
        "when",
        "Mon",
        "Fri",
        datetime(2027, 1, 5),
        datetime(2027, 1, 5),
    ]


def test_no_cell_is_a_formula_or_looks_like_one(tmp_path):
    reasons = ("+1", "-1", "@home", "'-1", "''@x", "1+1", "=cmd|' /C calc'!A0")
    links = tuple(Link("007", "-3", reason) for reason in reasons)
    data = build_unit_workbook(replace(FULL, links=links), PLAIN)
    cells = [cell for sheet in book(data) for row in sheet for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n", "d"}
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    data = build_unit_workbook(replace(FULL, links=links[:-1]), PLAIN)
    assert read(tmp_path, data)[0].links == links[:-1]


def test_a_policy_of_dates_alone_is_written_whole():
    written = book(build_unit_workbook(FULL, Policy(start=date(2027, 1, 4))))["policy"]
    rows = {row[0].value: row[1].value for row in written.iter_rows(min_row=2)}
    assert (rows["start"], rows["weeks"], rows["counts"]) == ("2027-01-04", "4", "office")
    assert MON.isoformat() == rows["start"]
