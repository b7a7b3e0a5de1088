"""Workbooks: the same tables as sheets, and what only workbooks can hold."""

import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from rota.reading.archive import LARGEST_UNPACKED
from rota.reading.spreadsheets import read_book
from rota.reading.spreadsheets.outline import MOST_CELLS
from tests.rota.reading.small_unit import (
    cells,
    faults,
    read,
    small_sheets,
    write_unit,
    write_workbook,
)

REQUESTS = "staff_no,when,wants\n101,2027-01-04,home\n102,Mon,office\n"
POLICY = (
    "setting,value\nstart,11/01/2027\nweeks,2\ncounts,office;court\nover,week\nweights.desks,5\n"
)
POLICY_TOML = """start = 2027-01-11
weeks = 2
counts = ["office", "court"]
over = "week"
weights.desks = 5
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "unit.xlsx"


def test_a_folder_and_a_workbook_of_one_unit_give_equal_problems(tmp_path, path):
    sheets = {**small_sheets(), "Requests": cells(REQUESTS), " POLICY ": cells(POLICY)}
    write_workbook(path, {**sheets, "Notes": [["anything"]]})
    (tmp_path / "unit").mkdir()
    folder = write_unit(tmp_path / "unit", requests=REQUESTS, policy=POLICY_TOML)
    assert read(path).problem == read(folder).problem
    assert read(path).notes == ("unit.xlsx: the sheet Notes is not read.",)


@pytest.mark.parametrize(
    "start_date",
    [datetime(2026, 9, 7), date(2026, 9, 7), "07/09/2026", "2026-09-07", 46272, 46272.0],
)
def test_a_date_however_a_spreadsheet_keeps_it(path, start_date):
    sheets = small_sheets()
    sheets["officers"][2][4] = start_date
    write_workbook(path, sheets)
    assert read(path).problem.unit.officers[1].start_date == date(2026, 9, 7)


def test_a_date_counted_from_1904(path):
    book = openpyxl.load_workbook(write_workbook(path, small_sheets()))
    book.epoch = CALENDAR_MAC_1904
    book["officers"]["E3"] = 46272 - 1462
    book.save(path)
    assert read(path).problem.unit.officers[1].start_date == date(2026, 9, 7)


def test_numbers_and_truths_are_read_as_text(path):
    sheets = small_sheets()
    sheets["officers"] = [
        [*row[:7], home]
        for row, home in zip(sheets["officers"], ["home", False, True, None], strict=True)
    ]
    sheets["officers"][1][0] = 101.0
    write_workbook(path, sheets)
    officer = read(path).problem.unit.officers[0]
    assert (officer.staff_no, officer.has_home_office, type(officer.staff_no)) == (
        "101",
        False,
        str,
    )


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("=A1", "=A1 is a formula; only values are read."),
        ("#REF!", "#REF! is an error of a spreadsheet, not a value."),
        (2.5, "2.5 is not a date (2027-01-04 or 04/01/2027)."),
        (-1, "-1 is not a date (2027-01-04 or 04/01/2027)."),
        (10**12, "1000000000000 is not a date (2027-01-04 or 04/01/2027)."),
        (9, "9 is not between the years 1950 and 2150."),
        (True, "yes is not a date (2027-01-04 or 04/01/2027)."),
        (
            datetime(2026, 9, 7, 12),
            "2026-09-07T12:00:00 is not a date (2027-01-04 or 04/01/2027). Maybe 2026-09-07?",
        ),
        (None, "this cell must not be blank."),
        ("=1/0", "=1/0 is a formula; only values are read."),
        (timedelta(hours=30), "1 day, 6:00:00 is not a date (2027-01-04 or 04/01/2027)."),
        (time(9), "09:00:00 is not a date (2027-01-04 or 04/01/2027)."),
    ],
)
def test_a_date_at_fault(path, value, says):
    sheets = small_sheets()
    sheets["officers"][2][4] = value
    write_workbook(path, sheets)
    assert faults(path) == [f"officers row 3, start_date: {says}"]


def spoilt(path, member, old, new):
    """The workbook with a piece of XML inside it replaced."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old in members[member]
    members[member] = members[member].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_formula_counts_with_the_value_that_was_worked_out(path):
    sheets = small_sheets()
    sheets["sites"][1][2] = "=4+4"
    write_workbook(path, sheets)
    member = "xl/worksheets/sheet1.xml"
    spoilt(path, member, b"<f>4+4</f><v />", b"<f>4+4</f><v>8</v>")
    assert read(path).problem.unit.sites[0].desks == 8


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("weeks,2.5", "policy row 2, weeks: 2.5 is not a whole number from 1 to 53."),
        ("weeks,four", "policy row 2, weeks: four is not a whole number from 1 to 53."),
        ("week,4", "policy row 2, week: there is no such setting. Maybe weeks?"),
        ("weights.desk,4", "policy row 2, weights.desk: there is no such rule. Maybe desks?"),
        ("weights,4", "policy row 2, weights: 4 is not a table of weights by the keys of rules."),
        (
            "counts,office;bar",
            "policy row 2, counts: bar is not one of office, court, partner, prison, home.",
        ),
        ("weeks,", "policy row 2, value: this cell must not be blank."),
        ("weeks,4\nweeks,5", "policy row 3, setting: weeks is in row 2 too, with other values."),
    ],
)
def test_a_setting_at_fault(path, row, says):
    write_workbook(path, {**small_sheets(), "policy": cells(f"setting,value\n{row}\n")})
    assert faults(path) == [says]


def test_a_start_kept_as_a_count_of_days(path):
    write_workbook(path, {**small_sheets(), "policy": cells("setting,value\nstart,46391\n")})
    assert read(path).problem.policy.start == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("number_format", "value", "percent"),
    [
        ("0%", 0.6, 60),
        ("0%", 1, 100),
        ("0.00%", 0.575, None),
        ('0" %"', 60, 60),
        ("General", 60, 60),
    ],
)
def test_a_number_is_read_with_the_percent_sign_that_people_see(
    path, number_format, value, percent
):
    book = openpyxl.load_workbook(write_workbook(path, small_sheets()))
    sheet = book["officers"]
    column = sheet.max_column + 1
    sheet.cell(1, column, "office_percent")
    sheet.cell(2, column, value).number_format = number_format
    book.save(path)
    if percent is None:
        (fault,) = faults(path)
        assert fault.startswith("officers row 2, office_percent: 57.5% is not a whole number")
        return
    assert read(path).problem.unit.officers[0].office_percent == percent


def test_a_number_is_read_with_the_zeros_that_people_see(path):
    """A spreadsheet keeps 101 for 0101, and the format of the cell shows the zero again."""
    book = openpyxl.load_workbook(write_workbook(path, small_sheets()))
    for cell in (book["officers"]["A2"], book["officers"]["H3"]):
        cell.value, cell.number_format = 101, "0000"
    book.save(path)
    officers = read(path).problem.unit.officers
    assert (officers[0].staff_no, officers[1].mentor) == ("0101", "0101")


def test_a_percentage_may_have_its_sign(tmp_path):
    path = tmp_path / "unit.xlsx"
    sheet = cells("setting,value\noffice_percent,70 %\n")
    write_workbook(path, {**small_sheets(), "policy": sheet})
    assert read(path).problem.policy.office_percent == 70


def test_a_missing_sheet_and_one_of_nearly_its_name(path):
    sheets = small_sheets()
    sheets["officer"] = sheets.pop("officers")
    write_workbook(path, sheets)
    assert faults(path) == ["officers: there is no sheet officers in unit.xlsx. Maybe officer?"]


def test_a_sheet_of_nearly_the_name_of_a_missing_table_is_a_note(path):
    write_workbook(path, {**small_sheets(), "request": [["x"]]})
    assert read(path).notes == ("unit.xlsx: the sheet request is not read. Maybe requests?",)


def test_an_empty_sheet(path):
    write_workbook(path, {**small_sheets(), "away": []})
    assert faults(path) == ["away: the table is empty; its first row must name the columns."]


DAMAGED = "unit.xlsx: this is not an .xlsx workbook, or it is damaged."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", DAMAGED),
        (b"staff_no,name\n", DAMAGED),
        (b"PK\x03\x04 nonsense", DAMAGED),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on",
            "unit.xlsx: the workbook is locked by a password or of an old kind;"
            " save it as .xlsx without one.",
        ),
    ],
)
def test_a_file_that_is_no_workbook(path, data, says):
    path.write_bytes(data)
    assert faults(path) == [says]


def test_a_zip_that_is_no_workbook(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert faults(path) == [DAMAGED]


@pytest.mark.parametrize("old", [b"<sheetData>", b'<row r="1"', b"</worksheet>"])
def test_a_workbook_with_broken_insides(path, old):
    write_workbook(path, small_sheets())
    assert faults(spoilt(path, "xl/worksheets/sheet1.xml", old, b"<<")) == [DAMAGED]


def test_a_zip_bomb_is_not_unpacked(path):
    write_workbook(path, small_sheets())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * (LARGEST_UNPACKED + 1))
    said = faults(path)
    assert [sentence.partition(" holds ")[0] for sentence in said] == ["unit.xlsx: it"]
    assert said[0].endswith(" MB, and no more than 50 MB are read.")


def test_the_largest_unit_with_twelve_weeks_of_rota_fits(path):
    days = [date(2027, 1, 4) + timedelta(n) for n in range(12 * 7) if n % 7 < 5]
    rota = [[f"{who}", f"{day}", "home", ""] for who in range(185) for day in days]
    assert len(rota) * 4 < MOST_CELLS / 6
    small = small_sheets()
    write_workbook(path, {**small, "rota": [["staff_no", "date", "site", "locked"], *rota]})
    assert len(read_book(path, "unit.xlsx").sheet("rota").records) == len(rota) + 1


PAINTED = '<row r="{row}">' + '<c r="A{row}" s="0"/>' + '<c s="0"/>' * 13 + "</row>"


def test_borders_painted_far_down_the_sheet_hold_nothing(path):
    write_workbook(path, small_sheets())
    blank = "".join(PAINTED.format(row=row) for row in range(5, 22_001)).encode()
    spoilt(path, "xl/worksheets/sheet3.xml", b"</sheetData>", blank + b"</sheetData>")
    assert len(read(path).problem.unit.officers) == 3


def test_borders_painted_over_thousands_of_columns_hold_nothing(path):
    write_workbook(path, small_sheets())
    row = b'<row r="%d">' + b'<c s="0"/>' * 16_384 + b"</row>"
    blank = b"".join(row % n for n in range(5, 25))
    spoilt(path, "xl/worksheets/sheet3.xml", b"</sheetData>", blank + b"</sheetData>")
    assert len(read(path).problem.unit.officers) == 3


def test_a_format_in_the_last_row_of_a_sheet_does_no_harm(path):
    book = openpyxl.load_workbook(write_workbook(path, small_sheets()))
    book["sites"].cell(1_048_576, 1).number_format = "0.00"
    book.save(path)
    assert faults(path) == []


def test_a_workbook_saved_as_strict_open_xml_reads_as_any_other(path):
    before = read(write_workbook(path, small_sheets())).problem
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strict = b"http://purl.oclc.org/ooxml"
    for name, data in members.items():
        data = data.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006", strict + b"/spreadsheetml"
        )
        members[name] = data.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006", strict + b"/officeDocument"
        )
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert b"purl.oclc.org" in members["xl/workbook.xml"]
    assert read(path).problem == before


def test_a_workbook_locked_by_a_password_in_libreoffice(tmp_path):
    path = tmp_path / "unit.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        archive.writestr("content.xml", b"\x81\x07")
    assert faults(path) == [
        "unit.ods: the workbook is locked by a password or of an old kind; save it as .xlsx "
        "without one."
    ]
