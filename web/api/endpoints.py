"""Every operation of the API, by noun, with the document that tells them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from flask import Blueprint

from web.api.adapter import route
from web.api.nouns import (
    asking,
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
from web.api.openapi import Document, document
from web.api.problem_details import Problematic, answered

PREFIX = "/api/v1"

OPERATIONS = (
    *units.OPERATIONS,
    *officers.OPERATIONS,
    *rota.OPERATIONS,
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
blueprint.register_error_handler(Problematic, answered)

for _operation in OPERATIONS:
    route(blueprint, _operation)


@cache
def the_document() -> Document:
    return document(OPERATIONS, prefix=PREFIX, version=version("rota"))


@blueprint.get("/openapi.json")
def openapi() -> Document:
    """The document, which is for everybody."""
    return the_document()
