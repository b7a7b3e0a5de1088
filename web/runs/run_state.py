"""The state and the outcome of a run, in words."""

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

WAITS_FOR_OTHER_RUN = (
    f"It waits until another run of this unit has ended: those of more than "
    f"{SHORT_SECONDS // 60} minutes are worked on one after the other."
)


@dataclass(frozen=True, slots=True)
class RunState:
    """The tag of the state with its colour, and a sentence on what it means and what to do."""

    tag: str
    colour: str
    sentence: str


def describe_state(status: RunStatus) -> RunState:
    """The state of the run, in words."""
    return RunState(
        status.run.state.capitalize(), TAGS[status.run.state], _SENTENCES[status.run.state](status)
    )


def describe_outcome(run: Run) -> str:
    """What came of a run in a few words; empty while it is under way."""
    if run.error:
        return run.error
    if not run.result:
        return ""
    if run.kind != DRAFT:
        return _describe_night(run.result)
    return "Proven best on every level" if _is_proven(run.result) else "The best that was found"


def _describe_waiting(status: RunStatus) -> str:
    if not status.is_worker_alive:
        return NO_WORKER
    if status.is_held:
        return WAITS_FOR_OTHER_RUN
    if status.ahead:
        return f"{counted(status.ahead, 'run')} will be taken before it."
    return "It is the next run that a worker takes."


def _describe_running(status: RunStatus) -> str:
    if status.is_lost:
        sentence = "Its worker has fallen silent."
        return (
            f"{sentence} {NO_WORKER}"
            if not status.is_worker_alive
            else f"{sentence} Another takes over."
        )
    if status.run.stop_asked:
        return "It ends soon, and keeps the best rota it has found."
    if not status.run.progress:
        return "A worker has taken it and gets ready to search."
    return f"The search works on: {LEVEL_NAMES[status.run.progress['working_on']]}."


def _describe_done(status: RunStatus) -> str:
    assert status.run.result is not None
    if status.run.kind != DRAFT:
        return f"{_describe_night(status.run.result)}."
    if status.draft is None:
        return "Its draft is not there any more: it was published or thrown away since."
    if not status.is_own_draft:
        return "The draft has been changed since, by hand or by a later run."
    if _is_proven(status.run.result):
        return "The draft is ready. On every level it is proven that no rota is better."
    return "The draft is ready. It is the best that was found in the time; a better one may exist."


def _describe_failed(status: RunStatus) -> str:
    return f"{status.run.error} The rota is as it was."


_SENTENCES = {
    WAITING: _describe_waiting,
    RUNNING: _describe_running,
    DONE: _describe_done,
    FAILED: _describe_failed,
}


def _is_proven(result: Mapping[str, Any]) -> bool:
    return bool(result.get("status") == "optimal")


def _describe_night(result: Mapping[str, Any]) -> str:
    seats = counted(result["changed"], "changed seat")
    people = counted(result["people"], "person", "people")
    return f"{seats} of {people} published, {result['proposed']} proposed"
