"""Why the seats of one chart are not those of the chart published before."""

from __future__ import annotations

from typing import Any

from rota.domain import Problem
from rota.explaining import Change, Reason, explain, find_changes_between
from tests import rota_text


def monday(**marks: str) -> str:
    """A chart of one Monday, which has a mark for each officer."""
    rows = [f"{name} {mark}" for name, mark in marks.items()]
    return "\n".join(["4 Jan 2027", "Mon", *rows])


def problem(chart: str, *, on: tuple[str, ...], **tables: Any) -> Problem:
    """The unit of the chart, which is published unless told otherwise, under these rules alone.

    Published seats are to be kept too.
    """
    rules = (*on, "keep-notice", "keep-published")
    return rota_text.problem(chart, **{"published": chart, "rules": rules, **tables})


def reasons(problem: Problem, planned: str) -> tuple[Reason, ...]:
    new = rota_text.rota(planned)
    return explain(problem, new, find_changes_between(problem.unit.published, new))


GENERAL = "If this stayed as published: A rule about one or two people would be broken."
"""What staff read where a reason concerns one or two people alone."""


def for_managers(change: Change, says: str) -> Reason:
    """A reason that concerns one or two people, which only managers read."""
    return Reason(change, GENERAL, says)


def same(change: Change, says: str, chain: tuple[Change, ...] = ()) -> Reason:
    """A reason that tells managers no more than all staff."""
    return Reason(change, says, says, chain)
