"""Same input, seed and one worker: the same bytes."""

import pytest

from tests.rota.cli.command import FIXTURES, costs_in, start, summary_in
from tests.solver.processes import PATIENCE

SAME = ["rota.csv", "findings.csv", "rota.html"]


@pytest.mark.parametrize(
    ("fixture", "today", "costs"),
    [
        ("every-rule", "2027-03-23", (1, 3.5, 1, 70, 2, 26.5)),
        ("overbooked", "2026-12-28", (34, 24, 0, 131, 2, 29)),
    ],
)
def test_the_same_bytes_are_written_by_every_process(tmp_path, fixture, today, costs):
    written = []
    for hashing in ("1", "4242"):
        out = tmp_path / hashing
        words = ("plan", FIXTURES / fixture, "--today", today, "--workers", "1", "--out", out)
        with start(*words, "--seed", "5", PYTHONHASHSEED=hashing) as process:
            _, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
        assert costs_in(summary_in(out)) == costs
        written.append({name: (out / name).read_bytes() for name in SAME} | {"errors": errors})
    assert written[0] == written[1]
