"""The sentences about what is wrong in a file."""

from __future__ import annotations

from flask.blueprints import BlueprintSetupState

from rota.errors import BadInput
from rota.services.publishing.publish import Unacknowledged
from web.page_parts.form_faults import describe_fault
from web.page_parts.words import counted


def describe_faults(name: str | None, error: BadInput) -> str:
    """That the file was not imported, and how many faults it has."""
    verb = "is" if len(error.faults) == 1 else "are"
    return f"{name} was not imported: there {verb} {counted(len(error.faults), 'fault')} in it"


def describe_unacknowledged(name: str | None, error: Unacknowledged) -> str:
    """That the file was not imported, since nobody accepted what its rota breaks."""
    breaches = counted(len(error.breaches) + error.left_out, "breach", "breaches")
    return (
        f"{name or 'The file'} was not imported: its rota adds {breaches} of desk limits, courts "
        "and partners. Choose it again, and tick that you answer for them"
    )


def add_fault_filter(state: BlueprintSetupState) -> None:
    """Let templates write a fault in words."""
    state.app.jinja_env.filters["fault_in_words"] = describe_fault
