"""Level after level to the best rota.

At first all levels are thought of at once, in one relaxation. If it costs nothing on any but the
last, the best rota hardly does either; that is a bet, and a single stage may win it. Else each
level has a stage of its own: it is explored by its relaxation, whose dual values bound its cost and
pin down most seats, and what remains is proven by the engine that is first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import count

from rota.rules import LEVELS
from solver.best_values import BestValues
from solver.engine import Engine
from solver.engine_messages import Task
from solver.engine_team import TICK, EngineTeam
from solver.folding import FOLD, FoldedRelaxation, fold_levels
from solver.improvement import (
    NEAR,
    Question,
    ask_about_weeks,
    ask_for_first_values,
    find_low_target,
)
from solver.jobs import Proving
from solver.model import Model
from solver.relaxation import Relaxation
from solver.search_results import SearchProgress
from solver.stage import Box, Stage, list_earlier_levels
from solver.weeks import Weeks, find_weeks

Watch = Callable[[SearchProgress], bool]
"""Is shown how far a search is, and says whether it goes on."""

_SHARE = 0.6
"""A level may use so much of the remaining time before later levels get their turn."""

_DIVE = 1
"""The effort of a dive."""

_FIRST_EFFORT = 10
"""The effort of the first proof when the engines take turns; each further one has twice as much."""


class Search:
    """A search under way, until a deadline in monotonic seconds."""

    def __init__(
        self,
        model: Model,
        best_values: BestValues,
        team: EngineTeam,
        *,
        deadline: float,
        seed: int,
        is_race: bool,
        watch: Watch | None,
    ) -> None:
        self._model = model
        self._best_values = best_values
        self._team = team
        self._began = time.monotonic()
        self._deadline = deadline
        self._seed = seed
        self._is_race = is_race
        self._watch = watch
        self._next_watch = self._began
        self.is_stopped = False
        """Whether the watch has ended the search."""
        self._boxes: list[Box] = []
        self._level = LEVELS[0]
        self._has_looked_at_all_levels = False
        self._of_all_levels: FoldedRelaxation | None = None

    @cached_property
    def _weeks(self) -> Weeks:
        return find_weeks(self._model)

    def run(self) -> None:
        """Settle level after level until all are proven, time runs out or the watch ends it.

        A level that had its turn in vain is left, so that later levels have theirs. When all had
        one and there is time, they begin again.
        """
        had_its_turn: set[str] = set()
        while self._goes_on(self._deadline) and not self._team.is_retired:
            unsettled = [level for level in LEVELS if not self._best_values.is_settled(level)]
            if not unsettled:
                return
            open_levels = [level for level in unsettled if level not in had_its_turn]
            if not open_levels:
                had_its_turn.clear()
                continue
            stage = self._find_explored_stage(open_levels)
            if self.is_stopped:
                return
            if stage is None:
                continue
            self._prove(stage, self._compute_deadline(stage.level, open_levels))
            if self._best_values.compute_cost_on(stage) is not None:
                had_its_turn.add(stage.level)
            self._keep_box(stage)

    def _goes_on(self, until: float) -> bool:
        """Whether there is time until then, and the watch has not ended the search."""
        return not self.is_stopped and time.monotonic() < until

    def _compute_deadline(self, level: str, open_levels: Sequence[str]) -> float:
        """When the level's time is up, if later levels are to have some too."""
        if level == open_levels[-1]:
            return self._deadline
        now = time.monotonic()
        return now + _SHARE * (self._deadline - now)

    def _find_explored_stage(self, open_levels: Sequence[str]) -> Stage | None:
        """The stage of the last level if the bet on those before it is won, or of the first.

        None if the stage does not hold the best values, since the bet was lost.
        """
        if self._has_looked_at_all_levels:
            stage = self._build_stage(open_levels[0], open_levels)
            self._relax_stage(stage, self._compute_deadline(stage.level, open_levels))
        else:
            self._has_looked_at_all_levels = True
            stage = self._build_stage(open_levels[-1], open_levels)
            self._look_at_all_levels(stage, open_levels)
            self._best_values.learn(stage)
        return stage if self._best_values.compute_cost_on(stage) is not None else None

    def _build_stage(self, level: str, open_levels: Sequence[str]) -> Stage:
        best_costs, bet_floors = self._best_values.costs, self._best_values.floors
        earlier = {
            other: bet_floors[other] if other in open_levels else best_costs[other]
            for other in list_earlier_levels(level)
        }
        return Stage.of(self._model, level, earlier, seed=self._seed, boxes=self._boxes)

    def _keep_box(self, stage: Stage) -> None:
        """Keep what the stage has shown of the best values for the stages that follow."""
        cost = self._best_values.compute_cost_on(stage)
        box = None if cost is None else stage.build_box(self._model, cost)
        if box:
            self._boxes.append(box)

    def _relax_stage(self, stage: Stage, until: float) -> None:
        """Bound the stage by its relaxation, unless the best values are known to be near.

        What is near is proven at once. If it is not, weeks are planned by themselves, at prices for
        which a relaxation of its own is better: most runs of leeds-short took longer without.
        """
        if not stage.is_empty and self._goes_on(until):
            self._level = stage.level
            if not (self._carry_over(stage) and self._is_near(stage)):
                self._learn(stage, self._relax(stage.task, until))

    def _is_near(self, stage: Stage) -> bool:
        """Whether the best values are so near the floor that the floor itself is tried."""
        cost = self._best_values.compute_cost_on(stage)
        return cost is not None and cost - stage.floor <= self._model.from_days(NEAR)

    def _relax(self, task: Task, until: float) -> Relaxation | None:
        job = self._team.relax(task, until)
        if self._is_race and not self._team.cp_sat.is_retired:
            self._team.cp_sat.start()
        self._wait_until_idle(self._team.highs, until)
        return job.relaxation

    def _learn(self, stage: Stage, relaxation: Relaxation | None) -> None:
        """Take over what a relaxation of the stage's task says."""
        if relaxation:
            stage.learn(relaxation)
            self._best_values.learn(stage)

    def _dive(self, stage: Stage, until: float) -> None:
        """Dive for a rota at the bound of the relaxation."""
        if not stage.relaxation or self._best_values.is_done(stage) or not self._goes_on(until):
            return
        target = find_low_target(self._model, stage)
        self._team.set_to(
            self._team.highs,
            Proving(stage, target, _DIVE),
            replace(stage.build_narrowed_task(target), effort=_DIVE),
            until=until,
        )
        self._wait_for(self._team.highs, stage, until)

    def _look_at_all_levels(self, bet: Stage, open_levels: Sequence[str]) -> None:
        """Look for values that are good on all open levels, by one relaxation of all of them.

        Where it costs nothing on any but the last, it bounds the bet that the best rota does not
        either. That is known to be as good as it can be if values were found at the bound.
        """
        self._level = bet.level
        first = self._build_stage(open_levels[0], open_levels)
        folded = fold_levels(first.task, self._model, open_levels)
        relaxation = self._relax(folded, self._deadline)
        if relaxation is None:
            return
        self._of_all_levels = FoldedRelaxation(
            self._model, tuple(open_levels), first.earlier, relaxation
        )
        is_likely = self._carry_over(bet)
        for job, task in ask_for_first_values(self._model, relaxation):
            if not self._goes_on(self._deadline) or self._best_values.is_done(bet):
                return
            self._team.set_to(self._team.highs, job, task, until=self._deadline)
            self._wait_until_idle(self._team.highs, self._deadline)
            if relaxation.task.compute_cost(self._best_values.values) - relaxation.floor < FOLD:
                break  # No level but the last can be better.
        if is_likely:
            self._dive(bet, self._deadline)

    def _carry_over(self, stage: Stage) -> bool:
        """Bound the stage by the relaxation of all levels, if that says as much as one of its own.

        Say whether it does.
        """
        if self._of_all_levels is None:
            return False
        relaxation = self._of_all_levels.carry_over(stage)
        self._learn(stage, relaxation)
        return relaxation is not None

    def _prove(self, stage: Stage, until: float) -> None:
        """Better the cost or raise the floor until they meet."""
        prove = self._race if self._is_race else self._take_turns
        prove(stage, self._ask_about_weeks(stage), until)
        if not self.is_stopped:
            self._team.rest()

    def _ask_about_weeks(self, stage: Stage) -> Iterator[Question]:
        if stage.level == LEVELS[-1] and stage.relaxation is not None:
            yield from ask_about_weeks(
                self._model, self._weeks, self._best_values, stage, stage.relaxation
            )

    def _race(self, stage: Stage, questions: Iterator[Question], until: float) -> None:
        """Both engines at once; what one finds narrows the other's task.

        HiGHS has questions of its own first, then looks for anything better; CP-SAT may try less.
        """
        highs, cp_sat = self._team.highs, self._team.cp_sat
        while self._is_open(stage) and self._goes_on(until):
            below = self._compute_next_target(stage)
            is_near = below - stage.floor <= self._model.from_days(NEAR)
            low = find_low_target(self._model, stage)
            self._keep_busy(cp_sat, stage, min(below, low) if is_near else below, until)
            if not highs.is_busy and (question := next(questions, None)):
                self._team.set_to(highs, *question, until=until)
            elif not highs.is_busy or self._team.find_proof(highs, stage):
                self._keep_busy(highs, stage, below, until)
            if not (highs.is_busy or cp_sat.is_busy):
                return
            self._listen(until)

    def _keep_busy(self, engine: Engine, stage: Stage, target: int, until: float) -> None:
        """Set the engine to the target, unless it is at something useful or has tried in vain."""
        job = self._team.find_proof(engine, stage)
        if job and (job.is_useful if engine.is_busy else job.was_in_vain(target)):
            return
        task = stage.build_capped_task(target)
        self._team.set_to(engine, Proving(stage, target), task, until=until)

    def _take_turns(self, stage: Stage, questions: Iterator[Question], until: float) -> None:
        """One engine after the other, with limits that do not depend on the machine's speed."""
        highs = self._team.highs
        for question in questions:
            if not (self._is_open(stage) and self._goes_on(until)) or highs.is_retired:
                return
            self._team.set_to(highs, *question, until=until)
            self._wait_for(highs, stage, until)
        for turn in count():
            engine = self._team.cp_sat if turn % 2 else self._team.highs
            if not (self._is_open(stage) and self._goes_on(until)) or self._team.is_retired:
                return
            below = self._compute_next_target(stage)
            effort = _FIRST_EFFORT << turn // 2
            self._team.set_to(
                engine,
                Proving(stage, below, effort),
                replace(stage.build_capped_task(below), effort=effort),
                until=until,
            )
            self._wait_for(engine, stage, until)

    def _compute_next_target(self, stage: Stage) -> int:
        """The highest cost that would be better than the best; the stage is an open one."""
        cost = self._best_values.compute_cost_on(stage)
        assert cost is not None, "an open stage holds the best values"
        return cost - 1

    def _is_open(self, stage: Stage) -> bool:
        """Whether the stage holds the best values and might hold better ones.

        A rota found for it may be better on an earlier level that was given up: then the best
        values lie outside, and the stage is of no more use.
        """
        return self._best_values.compute_cost_on(
            stage
        ) is not None and not self._best_values.is_done(stage)

    def _wait_until_idle(self, engine: Engine, until: float) -> None:
        while engine.is_busy and self._goes_on(until):
            self._listen(until)

    def _wait_for(self, engine: Engine, stage: Stage, until: float) -> None:
        while engine.is_busy and self._goes_on(until) and not self._best_values.is_done(stage):
            self._listen(until)

    def _listen(self, until: float) -> None:
        self._team.listen(until)
        now = time.monotonic()
        if self._watch and now >= self._next_watch:
            self._next_watch = now + TICK
            progress = SearchProgress(now - self._began, self._level, self._best_values.levels)
            self.is_stopped = not self._watch(progress)
