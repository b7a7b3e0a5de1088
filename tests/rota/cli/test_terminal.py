"""The live line of `rota plan`, as it is seen on a terminal and nowhere else."""

import os
import pty
import re
import select
import subprocess
import time

from tests.rota.cli.command import FILES, FIXTURES, TODAY, environment, in_process, names_in, start
from tests.solver.processes import PATIENCE

# Elapsed, the costs of all levels, and the bound and gap of the level that is worked on.
LINE = re.compile(
    r"(\d+) s [━╸╺]+ "
    r"limit (\d+) cover (\d+) notice (\d+) policy (\d+) stability (\d+) people (\d+) \| "
    r"(limit|cover|notice|policy|stability|people) ≥ (\d+), gap (\d+\.\d)%"
)
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def seen_on_terminal(*words: object) -> tuple[int, str]:
    """The exit status of the command, and all that it wrote to a wide terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        in_process(*words),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm-256color", COLUMNS="200", LINES="50"),
    )
    os.close(theirs)
    seen = b""
    until = time.monotonic() + 60
    try:
        while time.monotonic() < until:
            if select.select([ours], [], [], 0.1)[0]:
                seen += os.read(ours, 65536)
            elif process.poll() is not None:
                break
    except OSError:  # The other end is closed.
        pass
    finally:
        os.close(ours)
    return process.wait(timeout=PATIENCE), seen.decode()


def test_a_terminal_shows_how_far_the_search_is(tmp_path):
    words = ("plan", FIXTURES / "millbrook", *TODAY, "--seconds", "4", "--out", tmp_path)
    status, seen = seen_on_terminal(*words)
    assert status == 0
    assert "\x1b[" in seen
    lines = [found.groups() for found in LINE.finditer(ESCAPE.sub("", seen))]
    assert len(lines) > 2
    elapsed = [int(line[0]) for line in lines]
    assert elapsed == sorted(elapsed)
    costs = [tuple(map(int, line[1:7])) for line in lines]
    assert costs == sorted(costs, reverse=True)
    names = ("limit", "cover", "notice", "policy", "stability", "people")
    for line in lines:
        cost, bound = int(line[1 + names.index(line[7])]), int(line[8])
        assert bound <= cost
        assert line[9] == f"{100 * (cost - bound) / max(cost, 1):.1f}"
    assert names_in(tmp_path) == FILES


def test_a_pipe_is_left_alone(tmp_path):
    words = ("plan", FIXTURES / "overbooked", *TODAY, "--out", tmp_path)
    with start(*words) as process:
        out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    # Its one office is closed on a day, and nothing else is to be said.
    assert errors.startswith("closures: Foundry Lane has no desk on Friday 15 January 2027: ")
    assert errors.count("\n") == 1
    assert "\x1b" not in out + errors
    assert LINE.search(out) is None
