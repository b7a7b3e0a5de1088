"""A unit planned by HiGHS as it comes: one model, in which each level is far dearer than the next.

It gets the rules as Rota posts them, without the tightening rows. It tells of nothing before its
time is up, so that it is asked anew for each time.
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
from solver.engine_messages import Answer, Found, Programme
from solver.improvement import fold_levels
from solver.stage import Stage
from tests.benchmarks.by_plain_cp_sat import build_plain_model
from tests.benchmarks.instances import TODAY
from tests.benchmarks.run import Moment, Run

_DEARER = 1000


def run_highs(path: Path, seconds: Sequence[float], today: date = TODAY) -> Run:
    """Plan the unit once for each of these times; the moments are the ends of those with a rota."""
    problem = read_problem(path, today=today).problem
    model = build_plain_model(problem)
    programme = Programme(len(model.upper), tuple(model.rows))
    whole = Stage.of(model, LEVELS[0], {}, seed=0).task
    task = fold_levels(whole, model, LEVELS, fold=_DEARER)
    moments: list[Moment] = []
    for limit in seconds:
        answers: list[Answer] = []
        began = time.monotonic()
        highs.answer(programme, replace(task, seconds=limit), lambda *told: answers.extend(told))  # noqa: B023
        took = time.monotonic() - began
        for answer in answers:
            if isinstance(answer, Found):
                costs = dict(model.compute_costs(model.complete(answer.values)))
                moments.append(Moment(limit, costs))
        if took < limit:
            break  # It is proven, and more time changes nothing.
    return Run(moments[0].seconds if moments else None, tuple(moments), {}, sum(seconds))
