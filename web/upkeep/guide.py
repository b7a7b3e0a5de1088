"""What programs can ask for, told to people."""

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
    nouns = {noun: [*those] for noun, those in groupby(OPERATIONS, key=lambda its: its.noun)}
    return render_template(
        "upkeep/guide.html",
        nouns=nouns,
        prefix=PREFIX,
        fields={its.name: [*_list_sent_fields(its.method, its.path)] for its in OPERATIONS},
        scopes=[*Scope],
        usual_page=USUAL_PAGE,
        longest_page=LONGEST_PAGE,
        problems=[*Kind],
    )


def _list_sent_fields(method: str, path: str) -> Iterator[Field]:
    """What stands in the path, the query, the headers and the body of an operation."""
    document = load_document()
    told = document["paths"][f"{PREFIX}{path}"][method.lower()]
    told_once = PageQuery.model_fields
    for parameter in (its for its in told.get("parameters", ()) if its["name"] not in told_once):
        yield Field.of(parameter["name"], parameter["schema"], **_describe_parameter(parameter))
    for content in told.get("requestBody", {}).get("content", {}).values():
        yield from list_fields(content["schema"], document["components"]["schemas"])


def _describe_parameter(parameter: dict[str, object]) -> dict[str, object]:
    return {
        "where": parameter["in"],
        "must": parameter["required"],
        "says": parameter["description"],
    }
