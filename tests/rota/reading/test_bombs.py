"""Small files that would fill the memory or take minutes: each is refused in one sentence."""

import pytest

from rota.errors import BadInput
from rota.reading import read_problem, read_rota
from rota.reading.spreadsheets import part
from tests.rota.reading.raw_workbook import ods_row, ods_table, sheet_of, write_ods, write_xlsx
from tests.rota.reading.small_unit import TODAY, faults

MANY = (
    "unit.xlsx: it holds more than 2,000,000 cells, rows and other elements (counted up to {}), "
    "blank cells with a format included, and no more are read; copy the values alone into a new "
    "workbook."
)
SHEET = "xl/worksheets/one.xml"
DEEP = (
    "unit.xlsx: more than 100 elements stand inside one another in xl/worksheets/one.xml, which "
    "no spreadsheet program writes."
)
LARGE = (
    "unit.xlsx: it would take more than 512 MB of memory to read, and no file may; copy the values "
    "alone into a new workbook."
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "unit.xlsx"


@pytest.mark.parametrize(
    "rows",
    [
        "<row>" + "<a>" * 6_000_000 + "</a>" * 6_000_000 + "</row>",
        '<row><c t="inlineStr"><is>' + "<t/>" * 11_500_000 + "</is></c></row>",
        "<row/>" * 8_000_000,
        "<row>" + "<c/>" * 11_500_000 + "</row>",
    ],
    ids=["nested", "texts of a cell", "rows", "cells of a row"],
)
def test_elements_by_the_million(path, rows):
    assert faults(write_xlsx(path, sheet_of(rows))) == [MANY.format(SHEET)]


def test_elements_are_counted_one_by_one_over_all_parts(path, monkeypatch):
    """Ten in the parts before it, two of the sheet itself, and the cells."""
    monkeypatch.setattr(part, "MOST_ELEMENTS", 20)
    rows = "<row>" + "<c></c>" * 6 + "</row>"
    assert MANY.format(SHEET).split(" than ")[0] not in str(
        faults(write_xlsx(path, sheet_of(rows)))
    )
    rows = "<row>" + "<c></c>" * 16 + "</row>"
    told = faults(write_xlsx(path, sheet_of(rows)))
    assert told == [MANY.format(SHEET).replace("2,000,000", "20")]


def test_elements_inside_one_another(path):
    assert faults(write_xlsx(path, sheet_of("<row>" * 98 + "</row>" * 98))) != [DEEP]
    assert faults(write_xlsx(path, sheet_of("<row>" * 99 + "</row>" * 99))) == [DEEP]


def test_entities_that_stand_for_many_others(path):
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>' + sheet_of("<row><c><v>&a;</v></c></row>")
    assert faults(write_xlsx(path, sheet)) == [
        "unit.xlsx: xl/worksheets/one.xml declares a document type, which no spreadsheet program "
        "writes."
    ]


def test_attributes_by_the_million(path):
    attributes = " ".join(f'a{n}="1"' for n in range(2_000_000))
    assert faults(write_xlsx(path, sheet_of(f"<row {attributes}/>"))) == [
        "unit.xlsx: an element in xl/worksheets/one.xml is longer than 65,536 characters, which "
        "no spreadsheet program writes."
    ]


def test_sheets_by_the_thousand_that_are_all_the_same_part(path):
    sheet = sheet_of("<row><c><v>1</v></c></row>")
    assert faults(write_xlsx(path, sheet, titles=10_000)) == [
        "unit.xlsx: it has 10,000 sheets, and no more than 250 are read."
    ]


def test_texts_by_the_million(path):
    told = faults(write_xlsx(path, sheet_of(""), strings="<si><t>a</t></si>" * 2_500_000))
    assert told == [MANY.format("xl/sharedstrings.xml")]


def test_a_part_that_no_sheet_is(path):
    told = faults(write_xlsx(path, sheet_of(""), **{"custom/bomb.XML": "<a>" + "<b/>" * 4_000_000}))
    assert told == [MANY.format("custom/bomb.xml")]


def test_cells_that_hold_something_are_counted_over_all_sheets(path):
    sheet = sheet_of(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 1_001)
    assert faults(write_xlsx(path, sheet, titles=3)) == [
        "unit.xlsx: its sheets hold 300,300 cells, and no more than 300,000 are read."
    ]


def test_two_cells_at_the_ends_of_a_sheet(path):
    cell = '<row><c r="{}"><v>1</v></c></row>'
    ends = sheet_of(cell.format("A1") + cell.format("XFD1048576"))
    assert faults(write_xlsx(path, ends)) == [
        "unit.xlsx: the sheet sites reaches down to row 1,048,576 and over 16,384 columns, and no "
        "more than 1,000,000 places are read; clear what stands far from its table."
    ]


def test_one_long_text_in_every_cell(path):
    """10 MB that a thousand cells share, each of which gets its own: no count finds that."""
    rows = '<row><c t="s"><v>0</v></c></row>' * 1_000
    write_xlsx(path, sheet_of(rows), strings=f"<si><t>{'a' * 10_000_000}</t></si>")
    for read in (lambda: read_problem(path, today=TODAY), lambda: read_rota(path)):
        with pytest.raises(BadInput) as caught:
            read()
        assert str(caught.value) == LARGE


@pytest.mark.parametrize(
    "name", ["xl/embeddings/inner.xlsx", "media/bomb.zip", "xl/vbaProject.bin"]
)
def test_archives_and_programs_inside_are_not_looked_at(path, tmp_path, name):
    bomb = write_xlsx(tmp_path / "bomb.xlsx", sheet_of("<row/>" * 8_000_000)).read_bytes()
    plain = write_xlsx(path, sheet_of("<row><c><v>1</v></c></row>"))
    before = faults(plain)
    assert (
        faults(write_xlsx(path, sheet_of("<row><c><v>1</v></c></row>"), **{name: bomb})) == before
    )


@pytest.mark.parametrize("attributes", ["rows", "columns"])
def test_an_ods_cell_that_stands_for_millions(tmp_path, attributes):
    path = tmp_path / "unit.ods"
    many = f'table:number-{attributes}-repeated="1000000000"'
    row = ods_row("site", attributes=many if attributes == "rows" else "")
    cell = (
        f"<table:table-row><table:table-cell {many} office:value-type='string'/></table:table-row>"
    )
    write_ods(path, ods_table("sites", row if attributes == "rows" else cell))
    assert faults(path) == [
        "unit.ods: its sheets hold 1,000,000,000 cells, and no more than 300,000 are read."
    ]
