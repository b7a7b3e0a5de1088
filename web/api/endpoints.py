"""Every operation of the API, by noun, and the document that describes them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from flask import Blueprint

from web.api.adapter import route
from web.api.nouns import (
    asking,
    days_in_lieu,
    drafts,
    findings,
    inbox,
    officers,
    publishing,
    requests,
    rota,
    runs,
    units,
    versions,
)
from web.api.openapi import Document, build_document
from web.api.problem_details import Problematic, answer_problem

PREFIX = "/api/v1"

OPERATIONS = (
    *units.OPERATIONS,
    *officers.OPERATIONS,
    *rota.OPERATIONS,
    *days_in_lieu.OPERATIONS,
    *findings.OPERATIONS,
    *versions.OPERATIONS,
    *drafts.OPERATIONS,
    *publishing.OPERATIONS,
    *runs.OPERATIONS,
    *asking.OPERATIONS,
    *requests.OPERATIONS,
    *inbox.OPERATIONS,
)

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
blueprint.register_error_handler(Problematic, answer_problem)

for _operation in OPERATIONS:
    route(blueprint, _operation)


@cache
def load_document() -> Document:
    return build_document(OPERATIONS, prefix=PREFIX, version=version("rota"))


@blueprint.get("/openapi.json")
def openapi() -> Document:
    """The document, which is for everybody."""
    return load_document()
