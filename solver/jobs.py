"""What an engine can be set to do, and what its answers mean for the search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from solver.best_values import BestValues
from solver.engine_messages import Answer, Bounded, Ended, Found, LinearRow, Relaxed, Task
from solver.relaxation import Relaxation, build_relaxation
from solver.stage import Stage
from solver.weeks import Weeks, WeekTask


@dataclass(eq=False)
class Job:
    """An engine's work from the question to the end of the answers."""

    is_complete: bool = field(default=False, init=False)
    """Whether the engine has ended, and has found all there is."""

    def hear(self, answer: Answer, best_values: BestValues) -> bool:  # noqa: ARG002
        """Take in an answer; say whether it has brought better values."""
        if isinstance(answer, Ended):
            self.is_complete = answer.complete
        return False


@dataclass(eq=False)
class Relaxing(Job):
    """Solving a task's relaxation."""

    task: Task
    rows: Sequence[LinearRow]
    """The programme's rows."""

    relaxation: Relaxation | None = None

    def hear(self, answer: Answer, best_values: BestValues) -> bool:
        if isinstance(answer, Relaxed):
            rows = (*self.rows, *self.task.rows)
            self.relaxation = build_relaxation(self.task, rows, answer.duals, answer.values)
        return super().hear(answer, best_values)


@dataclass(eq=False)
class Proving(Job):
    """Minimising a stage among the solutions that cost at most `target`; None means all."""

    stage: Stage
    target: int | None
    effort: int | None = None
    is_stale: bool = False
    is_doubtful: bool = False
    best: int | None = None

    @property
    def is_useful(self) -> bool:
        """Whether the answer can still matter."""
        is_below = self.target is not None and self.target < self.stage.floor
        return not (self.is_stale or is_below)

    def note_better(self, best_values: BestValues) -> None:
        """Be stale if another engine's better values have closed most of the gap."""
        best = best_values.compute_cost_on(self.stage)
        if best is not None and self.target is not None:
            self.is_stale |= 2 * (best - self.stage.floor) < self.target - self.stage.floor

    def was_in_vain(self, target: int) -> bool:
        """Whether the same was asked before, with no limit but time."""
        return self.target == target and self.effort is None

    def compute_stage_floor(self, floor: int) -> int:
        """The part of a floor under the job's solutions that is a floor under the stage's."""
        return floor if self.target is None else min(floor, self.target + 1)

    def hear(self, answer: Answer, best_values: BestValues) -> bool:
        is_better = super().hear(answer, best_values)
        match answer:
            case Found(values):
                is_better = self._take(values, best_values)
            case Bounded(cost):
                self.stage.raise_floor(self.compute_stage_floor(cost))
            case Ended():
                self._end()
        best_values.learn(self.stage)
        return is_better

    def _take(self, values: Sequence[int], best_values: BestValues) -> bool:
        completed = best_values.complete(values)
        if completed is None:
            self.is_doubtful = True  # Tolerances let it slip through: the engine proves nothing.
            return False
        self.best = self.stage.task.compute_cost(completed)
        return best_values.offer(values)

    def _end(self) -> None:
        if not self.is_complete or self.is_doubtful:
            return
        if self.best is not None:
            self.stage.raise_floor(self.compute_stage_floor(self.best))
        elif self.target is not None:
            self.stage.raise_floor(self.target + 1)


@dataclass(eq=False)
class Improving(Job):
    """Looking for better values near some."""

    def hear(self, answer: Answer, best_values: BestValues) -> bool:
        super().hear(answer, best_values)
        return isinstance(answer, Found) and best_values.offer(answer.values)


@dataclass(eq=False)
class PlanningWeek(Job):
    """Planning one week by itself, to see how much more it costs than the relaxation says."""

    stage: Stage
    weeks: Weeks
    week_task: WeekTask

    def hear(self, answer: Answer, best_values: BestValues) -> bool:
        if isinstance(answer, Bounded) and answer.cost > self.week_task.bound:
            assert self.stage.relaxation is not None, "its prices come from there"
            gain = answer.cost - self.week_task.bound
            self.stage.learn(
                self.stage.relaxation.raise_bound(
                    gain, [week == self.week_task.week for week in self.weeks.of_variables]
                )
            )
            best_values.learn(self.stage)
        return super().hear(answer, best_values)
