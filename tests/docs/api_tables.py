"""Tables of the interface for programs, from its own declarations."""

from rota.services.accounts.tokens import Scope
from tests.docs import markdown
from web.api.endpoints import OPERATIONS
from web.api.problem_details import Kind


def scopes() -> str:
    """What tokens may be for."""
    rows = [(f"`{scope}`", scope.description) for scope in Scope]
    return markdown.table(("Scope", "What it is for"), rows)


def operations() -> str:
    """Every operation of the API."""
    rows = [(f"`{one.method} {one.path}`", one.summary, f"`{one.scope}`") for one in OPERATIONS]
    return markdown.table(("Under `/api/v1`", "What it does", "Scope"), rows)


def problems() -> str:
    """Every kind of problem that the API answers with."""
    rows = [(f"`{kind.type}`", str(kind.status), kind.title) for kind in Kind]
    return markdown.table(("Type", "Status", "Title"), rows)
