"""Where there is no room, commands say for what, and nothing half-written is left."""

import subprocess
from pathlib import Path

import pytest

from tests.rota.cli.command import FIXTURES, environment, in_process, names_in, plan

PAIR = FIXTURES / "pair"
FULL = Path("/dev/full")


@pytest.fixture
def small_disk(tmp_path):
    """A disk with 16 KiB, which hold the rota of a pair and no page of it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", folder)
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("Only root may mount a small disk.")
    yield folder
    subprocess.run(("umount", folder), check=True)


def test_a_plan_for_which_there_is_no_room_names_the_file_and_writes_none(small_disk):
    (small_disk / "rota.csv").write_text("old")
    result = plan(PAIR, small_disk)
    assert (result.exit_code, result.stdout, result.stderr) == (
        1,
        "",
        f"{small_disk / 'rota.html'} cannot be written (No space left on device)\n",
    )
    assert names_in(small_disk) == ["rota.csv"]
    assert (small_disk / "rota.csv").read_text() == "old"


@pytest.mark.skipif(not FULL.exists(), reason="there is no full device here")
@pytest.mark.parametrize(
    "words", [("rules",), ("rules", "--markdown"), ("settings", "--json"), ("--help",)]
)
def test_what_cannot_be_printed_is_told(words):
    with FULL.open("w") as full:
        done = subprocess.run(
            in_process(*words), stdout=full, stderr=subprocess.PIPE, text=True, env=environment()
        )
    assert (done.returncode, done.stderr) == (
        1,
        "What the command prints cannot be written (No space left on device)\n",
    )
