"""Archives are unpacked with care, and a unit can come in one."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from rota.errors import BadInput, Fault
from rota.reading import archive, read_problem
from rota.reading.archive import repack, unpack
from tests.rota.reading.small_unit import TODAY, UNIT, faults, read, write_unit

DAMAGED = BadInput([Fault("it", "this is damaged")])


def packed(files, way=zipfile.ZIP_DEFLATED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", way) as its:
        for name, text in files.items():
            its.writestr(name, text)
    return data.getvalue()


def lying(data, size):
    """The archive of one file, which says that the file has that size and the sum of so much."""
    with zipfile.ZipFile(io.BytesIO(data)) as its:
        (member,) = its.infolist()
        whole = its.read(member)
    sum_ = struct.pack("<L", zipfile.crc32(whole[:size]))
    old_sum, old_size = struct.pack("<L", member.CRC), struct.pack("<L", member.file_size)
    assert data.count(old_sum) == data.count(old_size) == 2
    return data.replace(old_sum, sum_).replace(old_size, struct.pack("<L", size))


def test_the_files_of_an_archive_and_back():
    files = {"a.txt": b"one", "folder/b.txt": b"two" * 50_000}
    assert unpack(packed(files), "it", damaged=DAMAGED) == files
    assert unpack(repack(files), "it", damaged=DAMAGED) == files


def test_folders_are_no_files():
    assert unpack(packed({"folder/": b"", "folder/a": b"x"}), "it", damaged=DAMAGED) == {
        "folder/a": b"x"
    }


def test_an_archive_that_says_it_is_too_large_is_not_unpacked():
    with pytest.raises(BadInput, match=r"it holds 50.1 MB, and no more than 50 MB are read"):
        unpack(packed({"a": b" " * (archive.LARGEST_UNPACKED + 1)}), "it", damaged=DAMAGED)


def test_many_files_that_are_too_large_together_are_not_unpacked():
    half = b" " * (archive.LARGEST_UNPACKED // 2)
    with pytest.raises(BadInput, match=r"MB are read"):
        unpack(packed({"a": half, "b": half, "c": b"x"}), "it", damaged=DAMAGED)


def test_too_many_files_are_not_unpacked():
    with pytest.raises(BadInput, match=r"it holds 1,001 files, and no more than 1,000 are read"):
        unpack(packed({str(n): b"" for n in range(1001)}), "it", damaged=DAMAGED)


def test_no_more_is_unpacked_than_an_archive_says_it_holds():
    """The file has 100 MB, says it has 10 bytes, and has the sum that those would have."""
    bomb = lying(packed({"a": b" " * 100_000_000}), 10)
    tracemalloc.start()
    files = unpack(bomb, "it", damaged=DAMAGED)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert files == {"a": b" " * 10}
    assert most < 2_000_000


@pytest.mark.parametrize("way", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_unpacked_bit_by_bit_is_refused(way):
    with pytest.raises(BadInput, match="this is damaged"):
        unpack(packed({"a": b"x" * 100}, way), "it", damaged=DAMAGED)


@pytest.mark.parametrize("cut", [0, 10, 40, -1])
def test_a_damaged_archive_is_refused(cut):
    with pytest.raises(BadInput, match="this is damaged"):
        unpack(packed({"a": b"some text"})[:cut], "it", damaged=DAMAGED)


@pytest.mark.parametrize("folder", ["", "Millbrook/", "a/b/"])
def test_a_unit_in_an_archive_reads_as_its_folder(tmp_path, folder):
    path = tmp_path / "Unit.ZIP"
    files = {f"{folder}{name}": text for name, text in UNIT.items()}
    extra = {"__MACOSX/._sites.csv": "x", "read me.txt": "y", "..\\..\\evil/../x.csv": "z"}
    path.write_bytes(packed({**files, **extra}))
    (tmp_path / "unit").mkdir()
    assert read(path).problem == read(write_unit(tmp_path / "unit")).problem
    assert {its.name for its in tmp_path.iterdir()} == {"Unit.ZIP", "unit"}


def test_what_is_wrong_in_an_archive_is_told_as_of_a_folder(tmp_path):
    path = tmp_path / "unit.zip"
    path.write_bytes(packed({**UNIT, "teams.csv": "team,office\nRed,Lutn\n"}))
    assert faults(path) == ["teams row 2, office: Lutn is not a site here. Maybe Luton?"]
    path.write_bytes(packed({"sites.csv": UNIT["sites.csv"], "team.csv": UNIT["teams.csv"]}))
    assert faults(path) == [
        "teams: there is no file teams.csv in unit. Maybe team.csv?",
        "officers: there is no file officers.csv in unit.",
    ]


def test_what_is_not_read_in_an_archive_is_named(tmp_path):
    path = tmp_path / "unit.zip"
    path.write_bytes(packed({**UNIT, "old/leave.csv": "x", "Notes.txt": "x", "__MACOSX/._a": "x"}))
    assert read(path).notes == (
        "unit.zip: the file leave.csv is not read. Maybe away.csv?",
        "unit.zip: the file Notes.txt is not read.",
    )


def test_two_files_of_one_name_are_refused(tmp_path):
    path = tmp_path / "unit.zip"
    path.write_bytes(packed({**UNIT, "old/sites.csv": UNIT["sites.csv"]}))
    assert faults(path) == ["unit.zip: it holds sites.csv more than once."]


def test_what_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "unit.zip"
    path.write_bytes(b"sites")
    assert faults(path) == ["unit.zip: this is not a .zip archive, or it is damaged."]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "site,kind\n" + "," * 3_000_000,
            " row 2: the row has 3,000,001 cells, and no more than 16,384",
        ),
        ("site\n" + "\n" * 2**20, ": the table has more than 1,048,576 rows, and no more"),
        (
            "site,kind\n" + "a,b\n" * 150_000,
            ": the table has more than 300,000 cells that hold something, and no more",
        ),
    ],
)
def test_a_table_of_millions_is_refused(tmp_path, text, says):
    path = tmp_path / "unit.zip"
    path.write_bytes(packed({**UNIT, "sites.csv": text}))
    assert faults(path)[0] == f"sites{says} are read."


def test_one_line_of_millions_of_characters_is_refused(tmp_path):
    path = tmp_path / "unit.zip"
    path.write_bytes(packed({**UNIT, "sites.csv": "site,kind\n" + "a" * 19_000_000}))
    assert faults(path)[0] == (
        "sites row 2: the row cannot be read as CSV (field larger than field limit (131072)); "
        "look at its quotation marks."
    )


def test_an_archive_in_an_archive_is_not_unpacked(tmp_path):
    inner = packed({"sites.csv": " " * 40_000_000})
    path = tmp_path / "unit.zip"
    path.write_bytes(packed({**UNIT, "inner.zip": inner}))
    assert read(path).problem == read(write_unit(tmp_path)).problem


def test_an_archive_is_read_in_a_process_of_its_own_as_well(tmp_path):
    path = tmp_path / "unit.zip"
    path.write_bytes(packed(UNIT))
    assert read_problem(path, today=TODAY) == read(path)
    path.write_bytes(packed({**UNIT, "teams.csv": "team,office\nRed,Lutn\n"}))
    with pytest.raises(BadInput, match=r"Lutn is not a site here. Maybe Luton\?"):
        read_problem(path, today=TODAY)
