"""What a workbook hides is read, and a remark says so."""

import zipfile

import openpyxl
import pytest

from tests.rota.reading.raw_workbook import ods_row, ods_table, write_ods
from tests.rota.reading.small_unit import cells, read, small_sheets, write_workbook

AWAY = "staff_no,first,last\n101,2027-01-04,2027-01-05\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "unit.xlsx"


def book_of(path):
    sheets = {**small_sheets(), "away ": cells(AWAY), "notes": [["x"]]}
    return openpyxl.load_workbook(write_workbook(path, sheets))


def notes(path):
    """The remarks on what is hidden."""
    return [note for note in read(path).notes if "hidden" in note]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_that_is_read(path, state):
    book = book_of(path)
    book["away "].sheet_state = state
    book.save(path)
    assert notes(path) == ["unit.xlsx: the sheet away is hidden, and was read."]
    assert len(read(path).problem.unit.away) == 1


def test_a_hidden_sheet_that_is_not_read_hides_nothing(path):
    book = book_of(path)
    book["notes"].sheet_state = "hidden"
    book.save(path)
    assert notes(path) == []


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([3], "row 3 is hidden, and was read."),
        ([2, 3, 4], "rows 2 to 4 are hidden, and were read."),
        ([2, 4], "rows 2 and 4 are hidden, and were read."),
    ],
)
def test_hidden_rows_of_a_table(path, rows, says):
    book = book_of(path)
    for row in (*rows, 5, 999):
        book["officers"].row_dimensions[row].hidden = True
    book.save(path)
    assert notes(path) == [f"officers: {says}"]


def test_very_many_hidden_rows_are_counted_and_the_first_named(path):
    sheets = small_sheets()
    sheets["sites"] += [[f"Site {n}", "court", None] for n in range(5, 40)]
    book = openpyxl.load_workbook(write_workbook(path, sheets))
    for row in (2, *range(5, 39, 2)):
        book["sites"].row_dimensions[row].hidden = True
    book.save(path)
    assert notes(path) == [
        "sites: 18 rows are hidden, and were read (rows 2, 5, 7, 9, 11, 13 and others)."
    ]


def test_hidden_columns_of_a_table(path):
    book = book_of(path)
    for column in "HJ":  # That of the mentor, and one with nothing in it.
        book["officers"].column_dimensions[column].hidden = True
    book.save(path)
    assert notes(path) == ["officers: the column mentor is hidden, and was read."]


def test_rows_and_columns_without_a_size_look_hidden_and_are_told(path):
    write_workbook(path, small_sheets())
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    flat = b'<cols><col min="8" max="8" width="0" customWidth="1"/></cols><sheetData>'
    with zipfile.ZipFile(path, "w") as book:
        for name, part in parts.items():
            changed = part.replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"')
            book.writestr(name, changed.replace(b"<sheetData>", flat))
    assert {
        "officers: row 3 is hidden, and was read.",
        "officers: the column mentor is hidden, and was read.",
    } <= set(notes(path))


def test_what_an_ods_workbook_hides(tmp_path):
    def table(name, *more, **options):
        header, *rows = small_sheets()[name]
        texts = [[str(cell or "") for cell in row] for row in (header, *rows)]
        return ods_table(name, "".join(ods_row(*row) for row in texts) + "".join(more), **options)

    plain = "<table:table-column/>"
    tables = (
        table(
            "sites",
            '<table:table-row table:number-rows-repeated="1000"><table:table-cell/>'
            "</table:table-row>",
            ods_row("Prison", "prison", attributes='table:visibility="filter"'),
            columns=f'{plain * 2}<table:table-column table:visibility="collapse"/>',
        ),
        table("teams", style="hidden"),
        table("officers"),
    )
    path = write_ods(tmp_path / "unit.ods", "".join(tables))
    assert notes(path) == [
        "sites: row 1005 is hidden, and was read.",
        "sites: the column desks is hidden, and was read.",
        "unit.ods: the sheet teams is hidden, and was read.",
    ]
    assert len(read(path).problem.unit.officers) == 3
