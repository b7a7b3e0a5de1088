"""Whole files and folders that cannot be read, and oddities that can."""

import os
from pathlib import Path

import pytest

from rota.reading.file_bytes import LARGEST_FILE
from tests.rota.reading.small_unit import OFFICERS, SITES, TEAMS, faults, read, write_unit

SAVE_AS = "save it as CSV UTF-8 (comma delimited)."


def accepted(folder: Path, **files: str | bytes) -> bool:
    """Whether the unit reads as the small unit does."""
    plain = read(write_unit(folder)).problem
    return read(write_unit(folder, **files)).problem == plain


def test_no_such_path(tmp_path):
    (tmp_path / "leeds").mkdir()
    assert faults(tmp_path / "leds") == [
        f"{tmp_path}/leds: there is no such folder or workbook. Maybe leeds?"
    ]


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"])
def test_a_path_that_cannot_be(tmp_path, name):
    shown = name.replace("\0", r"\x00")
    assert faults(tmp_path / name) == [f"{tmp_path}/{shown}: there is no such folder or workbook."]


@pytest.mark.parametrize("name", ["officers.csv", "unit.xls", "unit"])
def test_neither_folder_nor_workbook(tmp_path, name):
    (tmp_path / name).write_text("x")
    assert faults(tmp_path / name) == [
        f"{tmp_path}/{name}: this is neither a folder of CSV files nor a workbook (.xlsx or .ods)."
    ]


def test_an_empty_folder_lacks_three_tables(tmp_path):
    folder = tmp_path / "unit"
    folder.mkdir()
    assert faults(folder) == [
        "sites: there is no file sites.csv in unit.",
        "teams: there is no file teams.csv in unit.",
        "officers: there is no file officers.csv in unit.",
    ]


def test_a_missing_table_with_a_file_of_nearly_its_name(tmp_path):
    write_unit(tmp_path)
    (tmp_path / "officers.csv").rename(tmp_path / "officer.csv")
    assert faults(tmp_path) == [
        f"officers: there is no file officers.csv in {tmp_path.name}. Maybe officer.csv?"
    ]


def test_capitals_in_a_file_name(tmp_path):
    write_unit(tmp_path)
    (tmp_path / "officers.csv").rename(tmp_path / "Officers.CSV")
    assert faults(tmp_path) == []


def test_two_files_for_one_table(tmp_path):
    write_unit(tmp_path)
    (tmp_path / "Teams.csv").write_text(TEAMS)
    if len(list(tmp_path.iterdir())) == 3:
        pytest.skip("this file system does not tell capitals apart")
    assert faults(tmp_path) == ["teams: Teams.csv and teams.csv both hold this table; keep one."]


def test_a_folder_in_place_of_a_file(tmp_path):
    write_unit(tmp_path)
    (tmp_path / "away.csv").mkdir()
    assert faults(tmp_path) == ["away: away.csv is not a file."]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(tmp_path):
    write_unit(tmp_path)
    os.mkfifo(tmp_path / "away.csv")
    assert faults(tmp_path) == ["away: away.csv is not a file."]


needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


@needs_permissions
def test_a_file_that_may_not_be_read(tmp_path):
    write_unit(tmp_path)
    (tmp_path / "teams.csv").chmod(0)
    assert faults(tmp_path) == ["teams: teams.csv cannot be read (Permission denied)."]


@needs_permissions
def test_a_folder_that_may_not_be_read(tmp_path):
    tmp_path.chmod(0)
    said = faults(tmp_path)
    tmp_path.chmod(0o700)
    assert said == [f"{tmp_path}: {tmp_path.name} cannot be read (Permission denied)."]


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    write_unit(tmp_path)
    with (tmp_path / "teams.csv").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert faults(tmp_path) == ["teams: it holds 20.1 MB, and no more than 20 MB are read."]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", ": the table is empty; its first row must name the columns."),
        (b"\xef\xbb\xbf\r\n,,\r\n", ": the table is empty; its first row must name the columns."),
        (b"team,office\n", ": the table has a header but no rows."),
        (TEAMS.encode("utf-16"), f": the text is in UTF-16, not UTF-8; {SAVE_AS}"),
        (TEAMS.encode("utf-16-le"), f": the text is in UTF-16, not UTF-8; {SAVE_AS}"),
        (
            "team,office\nRed,Luton\nRéd,Luton\n".encode("cp1252"),
            f" row 3: the text is not in UTF-8, perhaps in Windows-1252; {SAVE_AS}",
        ),
        (
            b"team,office\r\nRed,Lu\0ton\r\n",
            " row 2: the row holds a NUL byte, so this is not a CSV file or it is damaged.",
        ),
        (
            b'team,office\nRed,"Luton\n',
            " row 2: the row cannot be read as CSV (unexpected end of data);"
            " look at its quotation marks.",
        ),
        (
            b'team,office\n\n"Red"x,Luton\n',
            " row 3: the row cannot be read as CSV (',' expected after '\"');"
            " look at its quotation marks.",
        ),
        (
            b"team,office\nRed," + b"x" * 140_000,
            " row 2: the row cannot be read as CSV (field larger than field limit (131072));"
            " look at its quotation marks.",
        ),
        (
            b"team;office\n",
            ": its columns are separated by semicolons; save it as CSV with commas.",
        ),
        (
            b"team;office\nRed, the first;Luton\n",
            ": its columns are separated by semicolons; save it as CSV with commas.",
        ),
        (
            b"Teams\nsep=;\nteam;office\nRed;Luton\n",
            ": its columns are separated by semicolons; save it as CSV with commas.",
        ),
        (b"team\toffice\n", ": its columns are separated by tabs; save it as CSV with commas."),
        (
            b"team,office,office\nRed,Luton,Luton\n",
            ": the column office stands in the header 2 times.",
        ),
        (b"team,offise\nRed,Luton\n", ": the column office is missing. Maybe offise?"),
        (b"team,place\nRed,Luton\n", ": the column office is missing."),
        (b"team,office\nRed,Luton,,x,\n", " row 2: the row has 4 cells but the header has 2."),
        (b"team,office\nRed\n", " row 2, office: this cell must not be blank."),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path, data, says):
    assert faults(write_unit(tmp_path, teams=data)) == [f"teams{says}"]


FURTHER_DOWN = "row 1 is taken as the header, and has none of the columns; row {} has."
HEADED = OFFICERS.splitlines()[0]


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("Staff list; as at 1 December\n", 2),
        ("Staff list,,,,,,,\n\n,,,,,,,\n", 4),
        ("sep=,\n", 2),
        ("Person,,Post,,,,Pattern,\n", 2),
        ("Staff list\nRestricted,to managers\n", 3),
    ],
)
def test_a_header_further_down_is_one_fault(tmp_path, above, row):
    links = "staff_no,with_staff_no\n101,999\n"
    assert faults(write_unit(tmp_path, officers=above + OFFICERS, links=links)) == [
        f"officers: {FURTHER_DOWN.format(row)} Remove what stands above it."
    ]


def test_a_first_row_with_some_of_the_columns_is_one_fault(tmp_path):
    officers = f"Who,,team,,,,,\n{OFFICERS}"
    assert faults(write_unit(tmp_path, officers=officers)) == [
        "officers: row 1 is taken as the header, and has only team of the columns; row 2 has. "
        "Remove what stands above it."
    ]


def test_a_table_without_a_header_is_one_fault(tmp_path):
    officers = OFFICERS.removeprefix(f"{HEADED}\n")
    assert faults(write_unit(tmp_path, officers=officers)) == [
        "officers: row 1 is taken as the header, and has none of the columns staff_no, name, team, "
        "grade, start_date, base_site, working_days."
    ]


def test_a_header_that_stands_twice_is_one_fault(tmp_path):
    officers = OFFICERS + HEADED.upper() + "\n"
    assert faults(write_unit(tmp_path, officers=officers)) == [
        "officers row 5: the header stands here again; remove it."
    ]


def test_a_blank_first_column_is_accepted(tmp_path):
    officers = "".join(f",{line}\n" for line in OFFICERS.splitlines())
    assert accepted(tmp_path, officers=officers)


def test_the_same_fault_in_many_rows_is_one_line(tmp_path):
    links = "staff_no,with_staff_no\n" + "".join(f"101,999{' ' * n}\n" for n in range(8))
    assert faults(write_unit(tmp_path, links=links)) == [
        "links row 2, with_staff_no: 999 is not a staff number here "
        "(also in rows 3, 4, 5, 6, 7 and 2 more)."
    ]


def test_a_missing_key_column_does_not_make_everybody_unknown(tmp_path):
    officers = OFFICERS.replace("staff_no", "number")
    links = "staff_no,with_staff_no\n101,102\n"
    assert faults(write_unit(tmp_path, officers=officers, links=links)) == [
        "officers: the column staff_no is missing. Maybe number?"
    ]


def test_a_row_with_a_comma_too_many_is_one_fault(tmp_path):
    officers = OFFICERS.replace("Ana Bell", "Bell, Ana").replace("Wed,\n", "Wed,103\n")
    assert faults(write_unit(tmp_path, officers=officers)) == [
        "officers row 2: the row has 9 cells but the header has 8."
    ]


@pytest.mark.parametrize(
    "sites",
    [
        b"\xef\xbb\xbf" + SITES.encode(),
        SITES.replace("\n", "\r\n").encode(),
        SITES.replace("\n", "\r").encode(),
        SITES.replace("\n", "\n\n,,\n"),
        "\n\n" + SITES,
        SITES.replace("site,kind,desks", " Site ,KIND,Desks"),
        SITES.replace(",court,", ",court"),
        SITES.replace(",court,", ",court,,,"),
        SITES.replace("Luton", "\N{NO-BREAK SPACE}Luton ").replace("court", "Court"),
        "x,desks,kind,y,site\n=1,8,office,#REF!,Luton\n,,office,,Bedford\nnan,,court,,Crown Court",
    ],
)
def test_oddities_that_are_accepted(tmp_path, sites):
    assert accepted(tmp_path, sites=sites)


def test_blank_lines_count_as_rows(tmp_path):
    sites = "\n" + SITES.replace("Bedford", "\nBedford").replace(",court", ",curt")
    assert faults(write_unit(tmp_path, sites=sites)) == [
        "sites row 6, kind: curt is not one of office, court, partner, prison, home. Maybe court?"
    ]


def test_a_letter_written_in_two_ways_is_one_name(tmp_path):
    sites = SITES.replace("Luton", "Lut\N{LATIN SMALL LETTER O WITH ACUTE}n")
    others = {"officers": OFFICERS, "teams": TEAMS}
    decomposed = {
        k: v.replace("Luton", "Luto\N{COMBINING ACUTE ACCENT}n") for k, v in others.items()
    }
    assert faults(write_unit(tmp_path, sites=sites, **decomposed)) == []


def test_optional_columns_may_be_missing(tmp_path):
    officer = read(write_unit(tmp_path)).problem.unit.officers[0]
    assert (officer.email, officer.skills, officer.has_home_office) == ("", frozenset(), True)
    assert (officer.other_sites, officer.office_percent, officer.leave_date) == ((), None, None)
