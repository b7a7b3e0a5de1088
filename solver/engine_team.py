"""The two engines, what each works on, and what their answers mean."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

from solver.best_values import BestValues
from solver.engine import Engine, EngineAnswers
from solver.engine_messages import (
    Answer,
    Bounded,
    Ended,
    Failed,
    Found,
    Programme,
    Relax,
    Relaxed,
    Task,
)
from solver.model import Model
from solver.relaxation import build_relaxation
from solver.stage import Stage

TICK = 0.1
"""The longest wait for an answer, in seconds."""

_GRACE = 0.05
"""The part of its time that an engine keeps back to hand over what it has."""


@dataclass
class Job:
    """What an engine was asked of a stage.

    All solutions that cost at most `target` are within the job's reach; None means all there are.
    """

    stage: Stage
    target: int | None
    effort: int | None
    is_stale: bool = False
    is_doubtful: bool = False
    best: int | None = None

    @property
    def is_useful(self) -> bool:
        """Whether the answer can still matter."""
        is_below = self.target is not None and self.target < self.stage.floor
        return not (self.is_stale or is_below)

    def was_in_vain(self, target: int) -> bool:
        """Whether the same was asked before, with no limit but time."""
        return self.target == target and self.effort is None

    def compute_stage_floor(self, floor: int) -> int:
        """The part of a floor under the job's solutions that is a floor under the stage's."""
        return floor if self.target is None else min(floor, self.target + 1)


class Engines:
    """The engines' processes. HiGHS has the first word and gets ready while the model is made."""

    def __init__(self) -> None:
        self.inbox: SimpleQueue[EngineAnswers] = SimpleQueue()
        self.highs = Engine("solver.highs", self.inbox)
        self.cp_sat = Engine("solver.cp_sat", self.inbox)

    def __enter__(self) -> Engines:
        self.highs.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.highs.drop()
        self.cp_sat.drop()


class EngineTeam:
    """HiGHS and CP-SAT, in processes of their own, working for one standing."""

    def __init__(self, engines: Engines, model: Model, best_values: BestValues) -> None:
        self.remarks: list[str] = []
        self.highs, self.cp_sat = engines.highs, engines.cp_sat
        self._inbox = engines.inbox
        self._model = model
        self._best_values = best_values
        self._programme = Programme(len(model.upper), tuple(model.rows))
        self._jobs: dict[Engine, Job] = {}

    @property
    def is_retired(self) -> bool:
        return self.highs.is_retired and self.cp_sat.is_retired

    def find_job(self, engine: Engine, stage: Stage) -> Job | None:
        """What the engine was last asked of the stage."""
        job = self._jobs.get(engine)
        return job if job and job.stage is stage else None

    def relax(self, stage: Stage, until: float) -> None:
        self._jobs[self.highs] = Job(stage, target=None, effort=None)
        self.highs.ask(self._programme, Relax(_limit_time(stage.task, until)))
        self.cp_sat.start()

    def set_to(
        self,
        engine: Engine,
        stage: Stage,
        task: Task,
        *,
        target: int | None,
        until: float,
        effort: int | None = None,
    ) -> None:
        """Have an engine minimise a task in which all the stage's solutions up to a target lie."""
        self._jobs[engine] = Job(stage, target, effort)
        engine.ask(self._programme, replace(_limit_time(task, until), effort=effort))

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
        job = self._jobs[engine]
        match answer:
            case Relaxed(duals):
                rows = (*self._model.rows, *job.stage.task.rows)
                job.stage.relaxation = build_relaxation(job.stage.task, rows, duals)
                job.stage.raise_floor(job.stage.relaxation.floor)
            case Found(values):
                self._take_values(engine, job, values)
            case Bounded(cost):
                job.stage.raise_floor(job.compute_stage_floor(cost))
            case Ended(is_complete):
                engine.is_busy = False
                self._end_job(job, is_complete)
        self._best_values.learn(job.stage)

    def _take_values(self, engine: Engine, job: Job, values: tuple[int, ...]) -> None:
        completed = tuple(self._model.complete(values))
        if not self._model.keeps_rows(completed):
            job.is_doubtful = True  # Tolerances let it slip through: the engine proves nothing.
            return
        job.best = job.stage.task.compute_cost(completed)
        is_better = self._best_values.offer(values)
        if is_better and engine is self.highs and self.cp_sat in self._jobs:
            self._jobs[self.cp_sat].is_stale = True

    def _end_job(self, job: Job, is_complete: bool) -> None:
        if not is_complete or job.is_doubtful:
            return
        if job.best is not None:
            job.stage.raise_floor(job.compute_stage_floor(job.best))
        elif job.target is not None:
            job.stage.raise_floor(job.target + 1)


def _limit_time(task: Task, until: float) -> Task:
    """The task with the time that is left, less what it takes to hand over what was found."""
    seconds_left = until - time.monotonic()
    return replace(task, seconds=max((1 - _GRACE) * seconds_left, TICK))
