"""How a run stands, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rota.services.runs.run_queue import SHORT_SECONDS
from rota.services.runs.run_status import DONE, DRAFT, FAILED, RUNNING, WAITING, Run, RunStatus
from web.page_parts.words import LEVEL_NAMES, counted

TAGS = {WAITING: "grey", RUNNING: "blue", DONE: "green", FAILED: "red"}
"""The colour of each state's tag."""

NO_WORKER = (
    "No worker is running. Nothing will happen until one is started: "
    "whoever looks after Rota starts one with the command rota worker."
)

HELD = (
    f"It waits until another run of this unit has ended: those of more than "
    f"{SHORT_SECONDS // 60} minutes are worked on one after the other."
)


@dataclass(frozen=True, slots=True)
class RunState:
    """The state's tag with its colour, and a sentence of what that means and what to do."""

    tag: str
    colour: str
    says: str


def standing(its: RunStatus) -> RunState:
    """How the run stands."""
    return RunState(its.run.state.capitalize(), TAGS[its.run.state], _SAYS[its.run.state](its))


def outcome(run: Run) -> str:
    """What came of a run in a few words; empty while it is under way."""
    if run.error:
        return run.error
    if not run.result:
        return ""
    if run.kind != DRAFT:
        return _night(run.result)
    return "Proven best on every level" if _is_proven(run.result) else "The best that was found"


def _waiting(its: RunStatus) -> str:
    if not its.is_worker_alive:
        return NO_WORKER
    if its.is_held:
        return HELD
    if its.ahead:
        return f"{counted(its.ahead, 'run')} will be taken before it."
    return "It is the next run that a worker takes."


def _running(its: RunStatus) -> str:
    if its.is_lost:
        lost = "Its worker has fallen silent."
        return f"{lost} {NO_WORKER}" if not its.is_worker_alive else f"{lost} Another takes over."
    if its.run.stop_asked:
        return "It ends soon, and keeps the best rota it has found."
    if not its.run.progress:
        return "A worker has taken it and gets ready to search."
    return f"The search works on: {LEVEL_NAMES[its.run.progress['working_on']]}."


def _done(its: RunStatus) -> str:
    assert its.run.result is not None
    if its.run.kind != DRAFT:
        return f"{_night(its.run.result)}."
    if its.draft is None:
        return "Its draft is not there any more: it was published or thrown away since."
    if not its.is_own_draft:
        return "The draft has been changed since, by hand or by a later run."
    if _is_proven(its.run.result):
        return "The draft is ready. On every level it is proven that no rota is better."
    return "The draft is ready. It is the best that was found in the time; a better one may exist."


def _failed(its: RunStatus) -> str:
    return f"{its.run.error} The rota is as it was."


_SAYS = {WAITING: _waiting, RUNNING: _running, DONE: _done, FAILED: _failed}


def _is_proven(result: Mapping[str, Any]) -> bool:
    return bool(result.get("status") == "optimal")


def _night(result: Mapping[str, Any]) -> str:
    changed = counted(result["changed"], "changed seat")
    people = counted(result["people"], "person", "people")
    return f"{changed} of {people} published, {result['proposed']} proposed"
