"""What a run has made of the seats of its draft that were moved by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from rota.checker import Judgement, judge
from rota.domain import Place, Problem, Rota, Seat
from rota.store.drafts import Draft


def not_kept(problem: Problem, rota: Rota) -> tuple[Seat, ...]:
    """The seats moved by hand that the rota has not, on days that are not history."""
    fixed_until = problem.today if problem.unit.published else date.min
    moved = problem.unit.moved_by_hand
    return tuple(s for s in moved if s.date > fixed_until and s not in rota.seats)


def still_moved_from(draft: Draft, problem: Problem, rota: Rota) -> Mapping[Place, str]:
    """Where the seats that the rota has kept were before people moved them."""
    kept = (seat for seat in problem.unit.moved_by_hand if seat in rota.seats)
    places = [(seat.staff_no, seat.date) for seat in kept]
    return {place: draft.moved_from[place] for place in places}


def count_by_hand(problem: Problem, rota: Rota) -> Mapping[str, Mapping[str, int]]:
    """What the result of a run tells of them: how many it kept and could not keep, if any."""
    moved = problem.unit.moved_by_hand
    if not moved:
        return {}
    kept = sum(seat in rota.seats for seat in moved)
    return {"by_hand": {"kept": kept, "not_kept": len(not_kept(problem, rota))}}


def costs_as_published(problem: Problem, rota: Rota, judgement: Judgement) -> Mapping[str, int]:
    """What the rota, judged so, costs against what is published, whatever people moved."""
    if not problem.unit.moved_by_hand:
        return judgement.costs
    unit = replace(problem.unit, moved_by_hand=())
    return judge(replace(problem, unit=unit), rota).costs
