"""`rota demo`: the pages and a worker, begun and ended together, and gone on with another time."""

import re
import signal
import stat
from contextlib import contextmanager

from tests.rota.cli.command import FIXTURES, run, start
from tests.rota.jobs.workers import wait_for
from tests.solver.processes import PATIENCE, wait_until_gone
from tests.web.test_serving import free_place, got


def words(folder, port: str) -> tuple[object, ...]:
    return "demo", FIXTURES / "pair", "--folder", folder, "--port", port, "--seconds", 20


@contextmanager
def shown(folder):
    """The example under way, with the address and the passwords that it tells."""
    port = free_place().partition(":")[2]
    demo = start(*words(folder, port))
    told = ""
    while "Ctrl-C ends this." not in told:
        line = demo.stdout.readline()
        assert line, demo.stderr.read()
        told += line
    assert f"Rota is at http://127.0.0.1:{port}." in told
    try:
        yield demo, f"127.0.0.1:{port}", re.findall(r"(?:\w{4}-){3}\w{4}", told)
    finally:
        demo.kill()
        demo.communicate(timeout=PATIENCE)


def worker_of(folder) -> int:
    """The number of the process of the last worker, once it works."""

    def begun() -> list[str]:
        return re.findall(r"worker begins .*worker=\S+/(\d+)", (folder / "rota.log").read_text())

    assert wait_for(lambda: bool(begun())), (folder / "rota.log").read_text()
    return int(begun()[-1])


def is_gone(process: int) -> bool:
    """Whether the process has ended, or ends soon."""
    return wait_until_gone([process]) == []


def test_the_example_is_begun_ended_gone_on_with_and_leaves_nothing_running(tmp_path):
    folder = tmp_path / "example"
    with shown(folder) as (demo, place, passwords):
        assert got(place, "/sign-in")[0].status == 200
        assert stat.S_IMODE((folder / "sign-ins.txt").stat().st_mode) == 0o600
        worker = worker_of(folder)
        demo.send_signal(signal.SIGTERM)
        _, says = demo.communicate(timeout=PATIENCE)
        assert (demo.returncode, says) == (0, "")
        assert is_gone(worker)
    (folder / "rota.log").write_text("")
    with shown(folder) as (demo, _, again):
        assert (len(again), again) == (4, passwords)
        worker = worker_of(folder)
        demo.kill()
        assert is_gone(worker)


def test_a_database_that_is_no_example_is_left_alone(tmp_path):
    (tmp_path / "rota.db").write_bytes(b"precious")
    result = run(*words(tmp_path, "8000"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{tmp_path / 'rota.db'} is no example. Name another folder, such as --folder example\n"
    )
    assert (tmp_path / "rota.db").read_bytes() == b"precious"


def test_a_faulty_unit_leaves_no_half_of_an_example(tmp_path):
    (tmp_path / "unit").mkdir()
    result = run("demo", tmp_path / "unit", "--folder", tmp_path / "example")
    assert result.exit_code == 1
    assert "sites" in result.stderr
    assert [path.name for path in (tmp_path / "example").iterdir()] == ["rota.log"]
