"""The engines, what each works on, and who hears their answers."""

from __future__ import annotations

import time
from dataclasses import replace
from queue import Empty, SimpleQueue

from solver.best_values import BestValues
from solver.engine import Engine, EngineAnswers
from solver.engine_messages import Answer, Ended, Failed, Programme, Relax, Task
from solver.jobs import Job, Proving, Relaxing
from solver.model import Model
from solver.stage import Stage

TICK = 0.1
"""The longest wait for an answer, in seconds."""

_GRACE = 0.05
"""The part of its time that an engine keeps back to hand over what it has."""


class Engines:
    """The engines' processes, for one search after the other; HiGHS has the first word in each.

    In a `with` statement HiGHS gets ready while the model is made, and none is left behind.
    """

    def __init__(self) -> None:
        self.inbox: SimpleQueue[EngineAnswers] = SimpleQueue()
        self.highs = Engine("solver.highs", self.inbox)
        self.cp_sat = Engine("solver.cp_sat", self.inbox)

    def __enter__(self) -> Engines:
        self.get_ready()
        return self

    def __exit__(self, *error: object) -> None:
        for engine in (self.highs, self.cp_sat):
            engine.drop()

    def get_ready(self) -> None:
        """Have HiGHS start, unless it runs, so that it is there when a model is made."""
        self.free()
        self.highs.start()

    def free(self) -> None:
        """Give up whatever is asked, and keep the processes for another search."""
        for engine in (self.highs, self.cp_sat):
            engine.free()


class EngineTeam:
    """HiGHS and CP-SAT, in processes of their own, working for the same best values."""

    def __init__(self, engines: Engines, model: Model, best_values: BestValues) -> None:
        self.remarks: list[str] = []
        self.highs, self.cp_sat = engines.highs, engines.cp_sat
        self._inbox = engines.inbox
        self._best_values = best_values
        self._programme = Programme(len(model.upper), tuple(model.rows))
        self._jobs: dict[Engine, Job] = {}

    @property
    def is_retired(self) -> bool:
        return self.highs.is_retired and self.cp_sat.is_retired

    def find_proof(self, engine: Engine, stage: Stage) -> Proving | None:
        """What the engine was last asked to prove of the stage."""
        job = self._jobs.get(engine)
        return job if isinstance(job, Proving) and job.stage is stage else None

    def relax(self, task: Task, until: float) -> Relaxing:
        """Have HiGHS solve the task with fractions allowed."""
        job = Relaxing(task, self._programme.rows)
        self._jobs[self.highs] = job
        self.highs.ask(self._programme, Relax(_limit_time(task, until)))
        return job

    def set_to(self, engine: Engine, job: Job, task: Task, *, until: float) -> None:
        """Have an engine minimise a task for a job."""
        self._jobs[engine] = job
        engine.ask(self._programme, _limit_time(task, until))

    def listen(self, until: float) -> None:
        """Wait for one answer, for a moment at most, and take in what it says."""
        wait = min(TICK, until - time.monotonic())
        try:
            message = self._inbox.get(timeout=max(wait, 0.001))
        except Empty:
            return
        for engine in (self.highs, self.cp_sat):
            if engine.owns(message):
                for answer in message.answers:
                    self._hear(engine, answer)

    def renew(self, engine: Engine) -> None:
        """Give an engine a new process, without the memory that earlier tasks have left in it."""
        engine.drop()
        engine.start()

    def rest(self) -> None:
        """Have both engines give up what they work on."""
        for engine in (self.highs, self.cp_sat):
            if engine.is_busy:
                self.renew(engine)

    def _hear(self, engine: Engine, answer: Answer) -> None:
        if isinstance(answer, Failed):
            self.remarks.append(answer.says)
            engine.retire()
            return
        if isinstance(answer, Ended):
            engine.is_busy = False
        job = self._jobs[engine]
        is_better = job.hear(answer, self._best_values)
        proof = self._jobs.get(self.cp_sat)
        if is_better and engine is self.highs and isinstance(proof, Proving):
            proof.note_better(self._best_values)


def _limit_time(task: Task, until: float) -> Task:
    """The task with the time that is left, less what it takes to hand over what was found."""
    seconds_left = until - time.monotonic()
    return replace(task, seconds=max((1 - _GRACE) * seconds_left, TICK))
