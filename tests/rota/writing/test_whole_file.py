"""A file is there whole or not at all."""

import os
import stat

import pytest

from rota.writing.whole_file import write_whole


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


def test_a_missing_folder_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere" / "rota.csv", "text")


def test_others_may_read_it_as_any_new_file(tmp_path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "rota.csv", "text")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "rota.csv").stat().st_mode) == 0o644
