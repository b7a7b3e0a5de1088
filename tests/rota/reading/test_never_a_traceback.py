"""Whatever a file holds, reading gives a problem or faults that can be shown."""

import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rota.errors import BadInput
from rota.reading import read_rota
from rota.records import TABLES
from tests.conftest import times
from tests.rota.reading.small_unit import UNIT, read, small_sheets, write_unit, write_workbook

NAMES = [table.name for table in TABLES] + ["policy"]
FILES = {name: UNIT.get(f"{name}.csv", "") for name in NAMES} | {
    "away": "staff_no,first,last\n101,2027-01-04,2027-01-05\n",
    "duties": "date,site,needed,skill\n2027-01-04,Crown Court,1,\n",
    "appointments": "staff_no,date,site\n101,2027-01-04,Luton\n",
    "presence": "site,skill,least,when\nLuton,first aid,1,Mon\n",
    "requests": "staff_no,when,wants\n101,Mon,home\n",
    "links": "staff_no,with_staff_no\n101,102\n",
    "closures": "site,date,desks\nLuton,2027-01-04,0\n",
    "rota": "staff_no,date,site,locked\n101,2027-01-04,Luton,yes\n",
    "history": "staff_no,date,site,part,duty\n101,2026-12-22,Luton,am,Post\n",
    "policy": 'start = 2027-01-04\nweeks = 4\ncounts = ["office"]\nweights = {desks = 2}\n',
}
PIECES = '=1 NaN #REF! " , ; home 99999999999 2027-02-30 -1 1e9 0x10 true [ { 101 103 Luton'
ODD = st.sampled_from(["\0", "\n", "\ufeff", "\u202e", *PIECES.split(" ")])
quick = settings(
    max_examples=times(33, soak=2000), deadline=None, suppress_health_check=list(HealthCheck)
)


def reads_or_refuses(path: Path, reader=read) -> bool:
    """Whether every fault is one line that can be shown; no other error is caught."""
    try:
        reader(path)
    except BadInput as bad:
        said = [str(fault) for fault in bad.faults]
        return bool(said) and all(line.isprintable() and line[-1] in ".?" for line in said)
    return True


@quick
@given(name=st.sampled_from(NAMES), data=st.binary(max_size=300))
def test_random_bytes(name, data):
    with tempfile.TemporaryDirectory() as folder:
        assert reads_or_refuses(write_unit(Path(folder), **{name: data}))


@quick
@given(name=st.sampled_from(NAMES), text=st.text(max_size=200))
def test_random_text(name, text):
    with tempfile.TemporaryDirectory() as folder:
        data = text.encode("utf-8", "surrogatepass")
        assert reads_or_refuses(write_unit(Path(folder), **{name: data}))


@st.composite
def mutations(draw):
    """Every table, one of them with a few pieces replaced by odd ones."""
    name = draw(st.sampled_from(NAMES))
    text = FILES[name]
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(text)))
        last = draw(st.integers(first, min(len(text), first + 12)))
        text = text[:first] + draw(ODD | st.text(max_size=5)) + text[last:]
    return {**FILES, name: text.encode("utf-8", "surrogatepass")}


@quick
@given(files=mutations())
def test_mutations_of_a_unit_that_reads(files):
    with tempfile.TemporaryDirectory() as folder:
        assert reads_or_refuses(write_unit(Path(folder), **files))


def test_the_unit_that_is_mutated_reads(tmp_path):
    assert read(write_unit(tmp_path, **FILES)).notes == ()


@quick
@given(data=st.binary(max_size=200))
def test_random_bytes_as_a_rota(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rota.csv"
        path.write_bytes(data)
        assert reads_or_refuses(path, read_rota)


def workbook_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_workbook(Path(folder) / "unit.xlsx", small_sheets()).read_bytes()


WORKBOOK = workbook_bytes()


@settings(quick, max_examples=times(33, soak=2000))
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_some_bytes_changed(at, piece):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "unit.xlsx"
        path.write_bytes(WORKBOOK[:at] + piece + WORKBOOK[at + len(piece) :])
        assert reads_or_refuses(path)


values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(),
    st.text("aM=#;1/", max_size=6),
) | st.datetimes(min_value=datetime(1900, 1, 1))


@settings(quick, max_examples=times(20, soak=1200))
@given(
    sheet=st.sampled_from(["sites", "teams", "officers"]),
    row=st.integers(1, 6),
    column=st.integers(1, 9),
    value=values,
)
def test_a_workbook_with_any_value_in_a_cell(sheet, row, column, value):
    sheets = small_sheets()
    grid = [[*line, *[None] * (9 - len(line))] for line in sheets[sheet]]
    grid += [[None] * 9 for _ in range(6 - len(grid))]
    grid[row - 1][column - 1] = value
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "unit.xlsx", {**sheets, sheet: grid})
        assert reads_or_refuses(path)
