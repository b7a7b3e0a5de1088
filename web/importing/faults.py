"""How pages tell what is wrong in a file."""

from __future__ import annotations

from flask.blueprints import BlueprintSetupState

from rota.errors import BadInput
from web.faults import in_words
from web.words import counted


def not_imported(name: str | None, error: BadInput) -> str:
    """That the file was not imported, and how many faults it has."""
    are = "is" if len(error.faults) == 1 else "are"
    return f"{name} was not imported: there {are} {counted(len(error.faults), 'fault')} in it"


def teach(state: BlueprintSetupState) -> None:
    """Let templates tell a fault in words."""
    state.app.jinja_env.filters["fault_in_words"] = in_words
