"""An engine's process: asked, dropped, killed, at fault."""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from solver.engine import Engine, EngineAnswers
from solver.engine_messages import (
    Answer,
    Bounded,
    Ended,
    Failed,
    Found,
    LinearRow,
    Programme,
    Question,
    Relax,
    Relaxed,
    Task,
)
from tests.rota.jobs.workers import wait_for
from tests.solver.in_process import ENGINES, MANY_SECONDS, told
from tests.solver.processes import PATIENCE, engines_of, needs_proc, wait_until_gone

# Minimise x + 2y where 2x + 2y is at least 3 and both are 0 or 1: both are 1, which costs 3.
# In fractions x = 1 and y = 1/2 cost 2. Where only one may be 1, there is nothing.
PROGRAMME = Programme(2, (LinearRow(((0, 2), (1, 2)), 3, None),))
TASK = Task(((0, 1), (1, 2)), (), (0, 0), (1, 1), seconds=MANY_SECONDS, seed=0)
NOTHING = Task(
    ((0, 1),), (LinearRow(((0, 1), (1, 1)), None, 1),), (0, 0), (1, 1), seconds=MANY_SECONDS, seed=0
)

Inbox = SimpleQueue[EngineAnswers]


@pytest.fixture
def inbox() -> Inbox:
    return SimpleQueue()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, inbox: Inbox) -> Iterator[Engine]:
    engine = Engine(f"solver.{request.param}", inbox)
    yield engine
    engine.drop()


@pytest.fixture
def cp_sat(inbox: Inbox) -> Iterator[Engine]:
    engine = Engine("solver.cp_sat", inbox)
    yield engine
    engine.drop()


def heard(engine: Engine, inbox: Inbox) -> list[Answer]:
    """All answers of the engine up to the one that ends them."""
    answers: list[Answer] = []
    while not answers or not isinstance(answers[-1], Ended | Failed):
        message = inbox.get(timeout=PATIENCE)
        if engine.owns(message):
            answers.extend(message.answers)
    return answers


def outcome(answers: list[Answer]) -> tuple[Answer, Answer, Answer]:
    """The last values, the highest bound and the end."""
    found = [each for each in answers if isinstance(each, Found)]
    bounds = [each.cost for each in answers if isinstance(each, Bounded)]
    return found[-1], Bounded(max(bounds)), answers[-1]


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_tells_the_best_values_a_bound_and_the_end(name):
    answers = list(told(ENGINES[name], PROGRAMME, TASK))
    assert outcome(answers) == (Found((1, 1)), Bounded(3), Ended(True))


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_proves_that_there_is_nothing(name):
    answers = told(ENGINES[name], PROGRAMME, NOTHING)
    assert [each for each in answers if isinstance(each, Found)] == []
    assert answers[-1] == Ended(True)


def test_highs_relaxes():
    relaxed, ended = told(ENGINES["highs"], PROGRAMME, Relax(TASK))
    assert isinstance(relaxed, Relaxed)
    assert relaxed.duals == pytest.approx([1])
    assert ended == Ended(True)


def test_highs_has_no_dual_values_where_there_is_nothing():
    assert told(ENGINES["highs"], PROGRAMME, Relax(NOTHING)) == (Ended(True),)


def test_an_engine_answers_from_its_process_one_question_after_the_other(engine, inbox):
    for _ in range(2):
        engine.ask(PROGRAMME, TASK)
        assert engine.is_busy
        assert outcome(heard(engine, inbox)) == (Found((1, 1)), Bounded(3), Ended(True))
        engine.is_busy = False


def test_an_engine_is_rotas_own_whatever_lies_in_the_folder(engine, inbox, tmp_path, monkeypatch):
    (tmp_path / "solver").mkdir()
    (tmp_path / "solver" / "__init__.py").write_text("raise SystemExit('somebody else')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [place for place in sys.path if place])
    engine.ask(PROGRAMME, TASK)
    assert outcome(heard(engine, inbox)) == (Found((1, 1)), Bounded(3), Ended(True))


def test_a_question_takes_the_place_of_the_one_before(engine, inbox):
    engine.ask(PROGRAMME, NOTHING)
    engine.ask(PROGRAMME, TASK)
    assert outcome(heard(engine, inbox)) == (Found((1, 1)), Bounded(3), Ended(True))


@needs_proc
def test_a_dropped_engine_leaves_no_process(engine):
    engine.start()
    assert len(engines_of(os.getpid())) == 1
    engine.drop()
    assert engines_of(os.getpid()) == {}
    assert not engine.is_busy


@needs_proc
def test_a_retired_engine_is_not_asked(engine):
    engine.start()
    engine.retire()
    engine.ask(PROGRAMME, TASK)
    assert engine.is_retired
    assert not engine.is_busy
    assert engines_of(os.getpid()) == {}


@needs_proc
def test_a_process_that_dies_is_told_of(engine, inbox):
    engine.start()
    for process in engines_of(os.getpid()):
        os.kill(process, signal.SIGKILL)
    (failed,) = heard(engine, inbox)
    assert isinstance(failed, Failed)


@needs_proc
def test_an_engine_that_does_not_read_keeps_nobody_waiting(engine):
    """The programme is larger than what a pipe holds."""
    large = Programme(2, PROGRAMME.rows * 100_000)
    engine.start()
    for process in engines_of(os.getpid()):
        os.kill(process, signal.SIGSTOP)
    asking = threading.Thread(target=engine.ask, args=(large, TASK), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    assert engine.is_busy
    engine.drop()
    assert engines_of(os.getpid()) == {}


@needs_proc
def test_a_process_ends_by_itself_when_nothing_more_can_be_asked(engine, inbox):
    engine.ask(PROGRAMME, TASK)
    assert isinstance(heard(engine, inbox)[-1], Ended)
    processes = list(engines_of(os.getpid()))
    engine._process.stdin.close()
    assert wait_until_gone(processes) == []


def test_an_error_of_an_engine_is_told_and_it_goes_on(cp_sat, inbox):
    question: Question = Relax(TASK)
    cp_sat.ask(PROGRAMME, question)
    (failed,) = heard(cp_sat, inbox)
    assert failed == Failed("An engine broke: TypeError: CP-SAT gives no dual values")
    cp_sat.is_busy = False
    cp_sat.ask(PROGRAMME, TASK)
    assert outcome(heard(cp_sat, inbox))[0] == Found((1, 1))


def test_an_engine_stops_when_its_time_is_up():
    """Twice a sum of thirty cannot be odd, and it takes long to see."""
    many = range(30)
    terms = tuple((n, 2) for n in many)
    rows = (LinearRow(terms, 31, 31),)
    quick = Task((), rows, (0,) * 30, (1,) * 30, seconds=0.2, seed=0)
    answers = told(ENGINES["cp_sat"], Programme(30, ()), quick)
    assert isinstance(answers[-1], Ended)


def said_by(name: str, sent: bytes, *, is_cut: bool) -> tuple[bytes, int]:
    """What an engine's process says in words, and how it ends, if nobody hears its answers.

    Its questions end as well if they are cut; else whoever asked lives on.
    """
    command = [sys.executable, "-m", f"solver.{name}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as process:
        process.stdout.close()
        process.stdin.write(sent)
        process.stdin.flush()
        if is_cut:
            process.stdin.close()
        return process.stderr.read(), process.wait(PATIENCE)


QUESTION = pickle.dumps(PROGRAMME) + pickle.dumps(TASK)


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_whose_answers_nobody_hears_ends_without_a_word(name):
    assert said_by(name, QUESTION, is_cut=False) == (b"", 0)


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("length", [0, 1, 20, len(QUESTION) - 1])
def test_an_engine_that_is_asked_half_a_question_ends_without_a_word(name, length):
    assert said_by(name, QUESTION[:length], is_cut=True) == (b"", 0)


def test_what_an_engine_says_in_words_is_logged(inbox, caplog):
    engine = Engine("solver.nothing", inbox)
    (failed,) = heard(engine, inbox) if engine.start() else ()
    assert isinstance(failed, Failed)
    engine.drop()
    assert wait_for(lambda: "No module named solver.nothing" in caplog.text)


@needs_proc
@pytest.mark.parametrize("is_killed", [False, True])
def test_an_engine_serves_one_search_after_the_other(engine, inbox, is_killed):
    """In the same process, unless that has ended meanwhile; each search has a programme."""
    engine.ask(PROGRAMME, TASK)
    assert outcome(heard(engine, inbox))[0] == Found((1, 1))
    engine.is_busy = False
    (before,) = engines_of(os.getpid())
    if is_killed:
        os.kill(before, signal.SIGKILL)
        assert wait_for(lambda: engine._process.poll() is not None)  # All its threads have ended.
    engine.free()
    engine.ask(Programme(2, (LinearRow(((0, 2), (1, 2)), 1, None),)), TASK)
    assert outcome(heard(engine, inbox))[0] == Found((1, 0))
    (after,) = engines_of(os.getpid())
    assert (before == after) is not is_killed


@needs_proc
def test_a_busy_engine_is_free_for_another_search_in_a_new_process(engine, inbox):
    engine.start()
    (before,) = engines_of(os.getpid())
    os.kill(before, signal.SIGSTOP)
    engine.ask(PROGRAMME, NOTHING)
    engine.free()
    engine.ask(PROGRAMME, TASK)
    assert outcome(heard(engine, inbox))[0] == Found((1, 1))
    assert list(engines_of(os.getpid())) != [before]


@needs_proc
def test_an_engine_that_had_failed_is_free_again(engine, inbox):
    engine.retire()
    engine.free()
    engine.ask(PROGRAMME, TASK)
    assert outcome(heard(engine, inbox))[0] == Found((1, 1))


def test_highs_answers_where_nothing_is_left_to_decide():
    settled = Task(TASK.prices, (), (1, 1), (1, 1), seconds=MANY_SECONDS, seed=0)
    relaxed, ended = told(ENGINES["highs"], PROGRAMME, Relax(settled))
    assert (relaxed, ended) == (Relaxed((0.0,), (1, 1)), Ended(True))
    assert told(ENGINES["highs"], PROGRAMME, settled) == (Found((1, 1)), Bounded(3), Ended(True))


def test_highs_sees_that_what_is_settled_breaks_a_row():
    broken = Task(TASK.prices, (), (1, 0), (1, 0), seconds=MANY_SECONDS, seed=0)
    for question in (broken, Relax(broken)):
        assert told(ENGINES["highs"], PROGRAMME, question) == (Ended(True),)
