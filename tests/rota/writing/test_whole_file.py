"""A file is there whole or not at all."""

import os
import stat
import subprocess

import pytest

from rota.writing.whole_file import NotWritten, write_together, write_whole


def test_the_text_is_written_as_utf_8_with_its_own_line_ends(tmp_path):
    write_whole(tmp_path / "rota.csv", "Siân\nŁódź\n")
    assert (tmp_path / "rota.csv").read_bytes() == "Siân\nŁódź\n".encode()


def test_it_takes_the_place_of_an_older_file_and_leaves_nothing_else(tmp_path):
    write_whole(tmp_path / "rota.csv", "old and longer\n")
    write_whole(tmp_path / "rota.csv", "new\n")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"rota.csv": "new\n"}


def test_who_is_reading_the_older_file_reads_it_to_its_end(tmp_path):
    write_whole(tmp_path / "rota.csv", "old\n")
    with (tmp_path / "rota.csv").open() as file:
        write_whole(tmp_path / "rota.csv", "new\n")
        assert file.read() == "old\n"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    write_whole(tmp_path / "rota.csv", "old\n")
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "rota.csv", "new\n" * 10_000 + "\ud800")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"rota.csv": "old\n"}


def test_a_file_that_cannot_be_written_is_named_as_it_was_asked_for(tmp_path):
    path = tmp_path / "nowhere" / "rota.csv"
    with pytest.raises(NotWritten) as caught:
        write_whole(path, "text")
    assert str(caught.value) == f"{path} cannot be written (No such file or directory)"


@pytest.fixture
def small_disk(tmp_path):
    """A disk with 64 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder)
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("Only root may mount a small disk.")
    yield folder
    subprocess.run(("umount", folder), check=True)


def test_files_for_which_there_is_no_room_together_are_not_written_at_all(small_disk):
    write_whole(small_disk / "a.csv", "old\n")
    with pytest.raises(NotWritten) as caught:
        write_together({small_disk / "a.csv": "new\n", small_disk / "b.csv": "x" * 100_000})
    assert str(caught.value) == (
        f"{small_disk / 'b.csv'} cannot be written (No space left on device)"
    )
    assert {path.name: path.read_text() for path in small_disk.iterdir()} == {"a.csv": "old\n"}


def test_files_in_different_folders_are_written_together(tmp_path):
    (tmp_path / "deeper").mkdir()
    texts = {tmp_path / "a": "1", tmp_path / "deeper" / "a": "2"}
    write_together(texts)
    assert {path: path.read_text() for path in texts} == texts


def test_others_may_read_it_as_any_new_file(tmp_path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "rota.csv", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "rota.csv").stat().st_mode) == 0o644
