"""Files are read in a process of its own, and whatever becomes of it is told in a sentence."""

import pickle
from pathlib import Path
from threading import Barrier, Thread

import pytest

from rota.errors import BadInput, Conflict
from rota.reading import read_problem, separate_process
from rota.reading.problem import read_here
from rota.reading.separate_process import read_apart
from tests.rota.reading import readers
from tests.rota.reading.small_unit import TODAY, read, small_sheets, write_workbook

pytest.importorskip("resource", reason="Windows holds no process to limits.")

ADVICE = "and no file may; copy the values alone into a new workbook."


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "unit.xlsx"
    path.write_bytes(b"12345")
    return path


def faults(read, path, **options):
    with pytest.raises(BadInput) as caught:
        read_apart(read, path, **options)
    return [str(fault) for fault in caught.value.faults]


def test_the_value_comes_back(path):
    assert read_apart(readers.size, path, times=3) == 15


def test_a_unit_read_apart_is_the_unit(path):
    write_workbook(path, small_sheets())
    assert read_problem(path, today=TODAY) == read(path)


@pytest.mark.parametrize("desks", [4.5, 20270106, -1])
def test_a_fault_about_a_number_is_told_as_by_the_process_itself(path, desks):
    sheets = small_sheets()
    sheets["sites"][1][2] = desks
    write_workbook(path, sheets)
    told = []
    for reading in (read_problem, read_here):
        with pytest.raises(BadInput) as caught:
            reading(path, today=TODAY)
        told.append(caught.value.faults)
    assert told[0] == told[1]
    assert told[0][0].value == str(desks)


def test_the_process_is_held_to_ten_seconds_and_512_megabytes(path):
    assert read_apart(readers.limits, path) == (10, 512 * 2**20)


def test_the_process_is_told_no_settings(path, monkeypatch):
    monkeypatch.setenv("ROTA_MAIL_PASSWORD", "secret")
    assert read_apart(readers.settings, path) == []


def test_nothing_is_left_of_what_the_process_writes_for_itself(path):
    assert not Path(read_apart(readers.scratch, path)).exists()


def test_faults_come_back(path):
    assert faults(readers.fault, path, faults=2) == ["unit.xlsx: fault 1.", "unit.xlsx: fault 2."]


def test_of_very_many_faults_the_first_come_back_and_how_many_more_there_are(path):
    told = faults(readers.fault, path, faults=3_500)
    assert len(told) == 2_001
    assert told[-2:] == [
        "unit.xlsx: fault 2000.",
        "unit.xlsx: 1,500 more things are wrong; mend these first.",
    ]


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (readers.never_end, "it would take more than 10 seconds to read"),
        (readers.fill_the_memory, "it would take more than 512 MB of memory to read"),
        (readers.die, "it would take more than 512 MB of memory to read"),
    ],
)
def test_a_process_that_runs_out_is_told_in_a_sentence(path, read, says):
    assert faults(read, path) == [f"unit.xlsx: {says}, {ADVICE}"]


def test_a_process_that_hangs_is_ended(path, monkeypatch):
    monkeypatch.setattr("rota.reading.process_limits.LONGEST_WAIT", 0.01)
    assert faults(readers.size, path, times=1) == [
        f"unit.xlsx: it would take more than 10 seconds to read, {ADVICE}"
    ]


def test_a_disk_that_is_full_is_told(path):
    assert faults(readers.find_no_room, path) == [
        "unit.xlsx: it cannot be read (No space left on device)."
    ]


def test_a_bug_stays_a_bug(path):
    with pytest.raises(RuntimeError, match="ZeroDivisionError: a bug of ours"):
        read_apart(readers.have_a_bug, path)


def test_an_answer_holds_nothing_but_units_rotas_and_plain_values(path):
    with pytest.raises(pickle.UnpicklingError, match=r"decimal.Decimal is no part of an answer"):
        read_apart(readers.answer_with_what_is_not_allowed, path)


def test_where_two_files_are_being_read_or_wait_another_is_refused(path):
    began, done = Barrier(3), Barrier(3)

    def wait() -> None:
        with separate_process._WAITING:
            began.wait()
            done.wait()

    threads = [Thread(target=wait) for _ in range(2)]
    for thread in threads:
        thread.start()
    began.wait()
    with pytest.raises(Conflict, match=r"Other files are being read just now. Try again"):
        read_apart(readers.size, path, times=1)
    done.wait()
    for thread in threads:
        thread.join()
    assert read_apart(readers.size, path, times=1) == 5
