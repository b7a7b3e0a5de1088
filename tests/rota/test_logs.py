"""When logs are for machines, every line of theirs is JSON, whoever writes it."""

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]

SET_UP = """
import sys
from rota import logs
logs.configure(sys.argv[1])
logs.catch_everything()
"""


def said(program: str, log_format: str = "json") -> list[str]:
    """The lines on the standard error stream of a program whose logs are set up."""
    command = (sys.executable, "-c", SET_UP + dedent(program), log_format)
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stderr.splitlines()


def logged(program: str) -> list[tuple[str, str, str]]:
    """The level, the event and the last line of the error, if there is one, of each line."""
    lines = [json.loads(line) for line in said(program)]
    return [
        (its["level"], its["event"], its.get("exception", "").rpartition("\n")[2]) for its in lines
    ]


def test_a_job_that_fails_is_logged_with_its_error():
    program = """
        from datetime import time
        from rota.jobs.clock import run_clock
        import threading
        has_failed = threading.Event()
        def show_life():
            has_failed.set()
            raise ValueError("no life\\nat all")
        def nothing(): pass
        with run_clock(night_at=time(2), begin_night=nothing, show_life=show_life, life_every=0.01,
                   send=nothing, send_every=100):
            assert has_failed.wait(30)
        """
    lines = logged(program)
    # A busy machine is late besides, of which it warns.
    failed = {(level, error) for level, _, error in lines if level != "warning"}
    assert failed == {("error", "at all")}
    assert all(event.startswith('Job "_log_errors_of.<locals>.run_job') for _, event, _ in lines)


def test_what_libraries_log_from_warnings_on_is_logged():
    program = """
        import logging
        for name in ("apscheduler.scheduler", "alembic.runtime.migration", "waitress"):
            logging.getLogger(name).info("not worth a word")
            logging.getLogger(name).warning("%s, and\\nmore", name)
        """
    assert logged(program) == [
        ("warning", "apscheduler.scheduler, and\nmore", ""),
        ("warning", "alembic.runtime.migration, and\nmore", ""),
        ("warning", "waitress, and\nmore", ""),
    ]


def test_warnings_are_logged():
    ((level, event, _),) = logged("import warnings; warnings.warn('That is old.')")
    assert (level, event.startswith("<string>:"), "UserWarning: That is old." in event) == (
        "warning",
        True,
        True,
    )


def test_errors_that_nobody_caught_are_logged():
    program = """
        import threading
        def fail(): raise ValueError("in a thread")
        thread = threading.Thread(target=fail, name="the thread")
        thread.start()
        thread.join()
        class Thing:
            def __del__(self): raise ValueError("while it goes")
        Thing()
        raise ValueError("at last")
        """
    assert logged(program) == [
        ("critical", "a thread ended by an error", "ValueError: in a thread"),
        ("error", "an error that could not be raised", "ValueError: while it goes"),
        ("critical", "ended by an error", "ValueError: at last"),
    ]


def test_for_people_the_same_is_told_in_words():
    lines = said("raise ValueError('at last')", "console")
    assert "ended by an error" in lines[0]
    assert lines[-1] == "ValueError: at last"
