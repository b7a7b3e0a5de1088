"""Workbooks of LibreOffice, with every kind of cell."""

import pytest

from rota.reading.spreadsheets import read_book
from tests.rota.reading.raw_workbook import ods_row, ods_table, write_ods
from tests.rota.reading.small_unit import cells, faults, read, small_sheets, write_unit

PLACES = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
)


def cell(kind, value="", text="", formula=""):
    return (
        f'<table:table-cell office:value-type="{kind}" {value} {formula}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def records(path, *cells):
    write_ods(path, ods_table("sheet", f"<table:table-row>{''.join(cells)}</table:table-row>"))
    return read_book(path, "unit.ods").sheet("sheet").records


@pytest.fixture
def path(tmp_path):
    return tmp_path / "unit.ods"


def table(name, lines):
    rows = (ods_row(*("" if each is None else str(each) for each in line)) for line in lines)
    return ods_table(name, "".join(rows) + PLACES)


def test_a_folder_and_an_ods_workbook_of_one_unit_give_equal_problems(tmp_path, path):
    sheets = {**small_sheets(), "policy": cells("setting,value\nweeks,2\n")}
    write_ods(path, "".join(table(name, lines) for name, lines in sheets.items()))
    (tmp_path / "unit").mkdir()
    assert read(path).problem == read(write_unit(tmp_path / "unit", policy="weeks = 2\n")).problem


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell("string", "", " 0101 "), " 0101 "),
        (cell("float", 'office:value="7"', "007"), "7"),
        (cell("float", 'office:value="2.5"', "2.50"), "2.5"),
        (cell("percentage", 'office:value="0.6"', "60%"), "60%"),
        (cell("date", 'office:date-value="2027-01-04"', "04/01/27"), "2027-01-04"),
        (cell("date", 'office:date-value="2027-01-04T12:30:00"', "x"), "2027-01-04T12:30:00"),
        (cell("boolean", 'office:boolean-value="true"', "WAHR"), "yes"),
        (cell("time", 'office:time-value="PT09H00M00S"', "9:00"), "09:00:00"),
        (cell("string", 'calcext:value-type="error"', "#N/A", 'table:formula="of:=NA()"'), "#N/A"),
        (cell("float", 'office:value="0" calcext:value-type="error"', "#DIV/0!"), "#DIV/0!"),
        (cell("string", 'calcext:value-type="error"', "Err:508"), "Err:508"),
        ('<table:table-cell table:formula="of:=[.A1]"/>', "=[.A1]"),
        (cell("float", 'office:value="8"', "8", 'table:formula="of:=4+4"'), "8"),
    ],
)
def test_a_cell_of_each_kind(path, written, text):
    assert records(path, written) == [[text]]


def test_a_note_on_an_error_is_no_part_of_it(path):
    noted = (
        '<table:table-cell office:value-type="string" calcext:value-type="error">'
        "<office:annotation><text:p>look</text:p></office:annotation><text:p>#REF!</text:p>"
        "</table:table-cell>"
    )
    assert records(path, noted) == [["#REF!"]]


def test_cells_that_stand_for_several(path):
    blank = '<table:table-cell table:number-columns-repeated="2"/>'
    error = '<table:table-cell table:number-columns-repeated="2" table:formula="of:=[.A1]"/>'
    assert records(path, cell("string", "", "a"), blank, error) == [
        ["a", "", "", "=[.A1]", "=[.A1]"]
    ]


def test_an_error_of_libreoffice_is_no_value(path):
    sheets = small_sheets()
    sheets["officers"][1][1] = "Err:508"
    write_ods(path, "".join(table(name, lines) for name, lines in sheets.items()))
    assert faults(path) == [
        "officers row 2, name: Err:508 is an error of a spreadsheet, not a value."
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nonsense", b"staff_no,name\n"])
def test_a_file_that_is_no_workbook(path, data):
    path.write_bytes(data)
    assert faults(path) == ["unit.ods: this is not an .ods workbook, or it is damaged."]
