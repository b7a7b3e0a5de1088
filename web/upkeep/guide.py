"""The page that tells people what programs can ask for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from flask import Blueprint, render_template

from rota.services.accounts.tokens import Scope
from web.api.endpoints import OPERATIONS, PREFIX, load_document
from web.api.paging import LONGEST_PAGE, USUAL_PAGE, PageQuery
from web.api.problem_details import Kind
from web.upkeep.guide_fields import Field, list_fields

blueprint = Blueprint("guide", __name__)


@blueprint.get(f"{PREFIX}/docs")
def show() -> str:
    """Every operation, with what is sent."""
    by_noun = groupby(OPERATIONS, key=lambda operation: operation.noun)
    return render_template(
        "upkeep/guide.html",
        nouns={noun: [*operations] for noun, operations in by_noun},
        prefix=PREFIX,
        fields={
            operation.name: [*_list_sent_fields(operation.method, operation.path)]
            for operation in OPERATIONS
        },
        scopes=[*Scope],
        usual_page=USUAL_PAGE,
        longest_page=LONGEST_PAGE,
        problems=[*Kind],
    )


def _list_sent_fields(method: str, path: str) -> Iterator[Field]:
    """The fields of the path, the query, the headers and the body of an operation."""
    document = load_document()
    operation = document["paths"][f"{PREFIX}{path}"][method.lower()]
    paging_names = PageQuery.model_fields
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in paging_names:
            continue  # The page explains paging once.
        yield Field.of(parameter["name"], parameter["schema"], **_describe_parameter(parameter))
    for content in operation.get("requestBody", {}).get("content", {}).values():
        yield from list_fields(content["schema"], document["components"]["schemas"])


def _describe_parameter(parameter: dict[str, object]) -> dict[str, object]:
    return {
        "location": parameter["in"],
        "is_required": parameter["required"],
        "meaning": parameter["description"],
    }
