"""Remarks on earlier rotas."""

from __future__ import annotations

from collections.abc import Iterator

from rota.domain import Problem
from rota.remarks.causes import TOO_EARLY
from rota.remarks.remark import Remark
from rota.remarks.workdays import say_part


def find_history_remarks(problem: Problem) -> Iterator[Remark]:
    """Seats from before the weeks that the policy looks at."""
    for seat in problem.unit.history:
        if seat.date < problem.span.first:
            officer = problem.officers[seat.staff_no]
            example = f"{officer} {say_part(seat.date, seat.part)}"
            yield Remark("history", TOO_EARLY, examples=(example,))
