"""A unit planned by HiGHS as it comes: one model, in which each level is far dearer than the next.

It gets the rules as Rota posts them, without the tightening rows. It tells of nothing before it
ends, so that it is asked anew for each time.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from rota.reading import read_problem
from rota.rules import LEVELS
from solver import highs
from solver.engine_messages import Answer, Ended, Found, Programme, Question, Relax, Task
from solver.folding import fold_levels
from solver.greedy import find_first_values
from solver.model import Model
from solver.model_builder import build_model
from solver.search_results import LevelResult
from solver.stage import Stage
from tests.benchmarks.by_plain_cp_sat import build_plain_model
from tests.benchmarks.instances import TODAY
from tests.benchmarks.run import Moment, Run

_DEARER = 1000

_LONG = 600.0
"""Seconds in which any relaxation is solved."""


def run_highs(path: Path, seconds: Sequence[float], today: date = TODAY) -> Run:
    """Plan the unit once for each of these times, until it is proven; moments are the ends."""
    began = time.monotonic()
    model = build_plain_model(read_problem(path, today=today).problem)
    building = time.monotonic() - began
    programme = Programme(len(model.upper), tuple(model.rows))
    task = fold_levels(_open(model), model, LEVELS, fold=_DEARER)
    moments: list[Moment] = []
    levels: dict[str, LevelResult] = {}
    is_proven = False
    for limit in seconds:
        began = time.monotonic()
        answers = _ask(programme, replace(task, seconds=limit - building))
        took = time.monotonic() - began + building
        for answer in answers:
            if isinstance(answer, Found):
                costs = dict(model.compute_costs(model.complete(answer.values)))
                moments.append(Moment(min(took, limit), costs))
                is_proven = answers[-1] == Ended(complete=True)
                bounds = costs if is_proven else model.unavoidable
                levels = {level: LevelResult(costs[level], bounds[level]) for level in LEVELS}
        if is_proven:
            break  # More time changes nothing.
    return Run(moments[0].seconds if moments else None, tuple(moments), levels, took)


def relax(path: Path) -> float:
    """The seconds that the relaxation of Rota's own model takes, its open levels folded."""
    model = build_model(read_problem(path, today=TODAY).problem)
    costs = model.compute_costs(find_first_values(model))
    open_levels = [level for level in LEVELS if costs[level] > model.unavoidable[level]]
    began = time.monotonic()
    task = replace(fold_levels(_open(model), model, open_levels), seconds=_LONG)
    _ask(Programme(len(model.upper), tuple(model.rows)), Relax(task))
    return time.monotonic() - began


def _open(model: Model) -> Task:
    """The task of the first level, in which nothing is settled."""
    return Stage.of(model, LEVELS[0], {}, seed=0).task


def _ask(programme: Programme, question: Question) -> list[Answer]:
    answers: list[Answer] = []
    highs.answer(programme, question, lambda *parts: answers.extend(parts))
    return answers
