"""How pages tell what is wrong in a file."""

from __future__ import annotations

from flask.blueprints import BlueprintSetupState

from rota.errors import BadInput
from rota.services.publishing.door import Unacknowledged
from web.page_parts.form_faults import describe_fault
from web.page_parts.words import counted


def not_imported(name: str | None, error: BadInput) -> str:
    """That the file was not imported, and how many faults it has."""
    are = "is" if len(error.faults) == 1 else "are"
    return f"{name} was not imported: there {are} {counted(len(error.faults), 'fault')} in it"


def not_answered_for(name: str | None, error: Unacknowledged) -> str:
    """That the file was not imported, since nobody answers for what its rota breaks."""
    added = counted(len(error.breaches) + error.left_out, "breach", "breaches")
    return (
        f"{name or 'The file'} was not imported: its rota adds {added} of desk limits, courts and "
        "partners. Choose it again, and tick that you answer for them"
    )


def teach(state: BlueprintSetupState) -> None:
    """Let templates tell a fault in words."""
    state.app.jinja_env.filters["fault_in_words"] = describe_fault
