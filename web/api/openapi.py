"""The OpenAPI 3.1 document, made from the operations that are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from rota.services.accounts.tokens import Scope
from web.api.adapter import JSON
from web.api.names import NAMES, place_names
from web.api.operations import Operation
from web.api.problem_details import MEDIA_TYPE, Kind, ProblemDetail
from web.api.shapes import Resource
from web.waiting import HEADER

Document = dict[str, Any]

_SCHEME = "token"
_REF = "#/components/schemas/{model}"


def document(operations: Iterable[Operation], *, prefix: str, version: str) -> Document:
    """What can be asked for under the prefix."""
    operations = tuple(operations)
    paths: dict[str, Document] = defaultdict(dict)
    for its in operations:
        paths[f"{prefix}{its.path}"][its.method.lower()] = _operation(its)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rota", "version": version, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": noun} for noun in dict.fromkeys(its.noun for its in operations)],
        "paths": dict(paths),
        "components": {
            "schemas": _schemas(operations),
            "responses": {kind.slug: _problem(kind) for kind in Kind},
            "securitySchemes": {_SCHEME: _scheme()},
        },
    }


_ABOUT = (
    "Who is where on which day, and what could not be met. Dates are ISO 8601. Lists come page by "
    "page. Every problem is told as in RFC 9457. What one user and one address may ask for in a "
    "minute, and one officer in a day, is limited: beyond it the answer is 429, and Retry-After "
    "says how many seconds to wait."
)


def problems_of(its: Operation) -> Iterator[Kind]:
    """The problems that the operation can meet, by status; each status once."""
    if its.has_body:
        yield Kind.NOT_JSON
    yield Kind.UNAUTHENTICATED
    yield Kind.FORBIDDEN
    yield Kind.NOT_FOUND
    if its.method != "GET":
        yield Kind.REFUSED
    if its.is_conditional:
        yield Kind.CHANGED
    if its.has_body:
        yield from (Kind.TOO_LARGE, Kind.OTHER_TYPE)
    yield Kind.INVALID
    if its.is_conditional:
        yield Kind.UNCONDITIONAL
    yield Kind.TOO_MANY
    yield Kind.UNAVAILABLE


def _operation(its: Operation) -> Document:
    told: Document = {
        "operationId": its.name,
        "tags": [its.noun],
        "summary": its.summary,
        "security": [{_SCHEME: [its.scope.value]}],
        "responses": {
            str(its.status): _answer(its, its.answers),
            **{str(status): _answer(its, shape) for status, shape in its.instead.items()},
            **{str(kind.status): _ref("responses", kind.slug) for kind in problems_of(its)},
        },
    }
    if its.description:
        told["description"] = its.description
    if parameters := [*_parameters(its)]:
        told["parameters"] = parameters
    if its.has_body:
        schema = _ref("schemas", its.body.__name__)
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return told


def _parameters(its: Operation) -> Iterator[Document]:
    for name in place_names(its.path):
        known = NAMES[name]
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": known.help,
            "schema": dict(known.schema),
        }
    shape = its.query.model_json_schema()
    for name, schema in shape.get("properties", {}).items():
        yield {
            "name": name,
            "in": "query",
            "required": name in shape.get("required", ()),
            "description": schema.pop("description", ""),
            "schema": _without_null(schema),
        }
    if its.is_conditional:
        yield {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "description": "The ETag of what is to be changed",
            "schema": {"type": "string"},
        }


def _answer(its: Operation, shape: type[Resource]) -> Document:
    told: Document = {
        "description": shape.__doc__ or "",
        "content": {JSON: {"schema": _ref("schemas", shape.__name__)}},
    }
    if shape.HEADERS:
        told["headers"] = {name: _header(says) for name, says in shape.HEADERS.items()}
    if its.links:
        told["links"] = {
            name: {"operationId": name, "parameters": dict(parameters)}
            for name, parameters in its.links.items()
        }
    return told


def _problem(kind: Kind) -> Document:
    told: Document = {
        "description": f"{kind.title}.",
        "content": {MEDIA_TYPE: {"schema": _ref("schemas", ProblemDetail.__name__)}},
    }
    if kind in _HEADERS:
        name, says = _HEADERS[kind]
        told["headers"] = {name: _header(says, required=True)}
    return told


_HEADERS = {
    Kind.UNAUTHENTICATED: ("WWW-Authenticate", "What is missing, as RFC 6750 has it"),
    Kind.TOO_MANY: (HEADER, "Seconds to wait before asking again"),
}
"""Headers that answers of a kind always have."""


def _header(says: str, *, required: bool = False) -> Document:
    return {"description": says, "required": required, "schema": {"type": "string"}}


def _schemas(operations: Iterable[Operation]) -> Document:
    asked: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {
        (ProblemDetail, "serialization"): None
    }
    for its in operations:
        for shape in (its.answers, *its.instead.values()):
            asked[shape, "serialization"] = None
        if its.has_body:
            asked[its.body, "validation"] = None
    _, told = models_json_schema([*asked], ref_template=_REF)
    schemas: Document = told["$defs"]
    return schemas


def _scheme() -> Document:
    says = f"A token that a person made for a program. Its scopes: {', '.join(Scope)}."
    return {"type": "http", "scheme": "bearer", "description": says}


def _without_null(schema: Mapping[str, Any]) -> Document:
    """The schema of a parameter, which can be left out but never be null."""
    told = {name: value for name, value in schema.items() if name not in ("title", "anyOf")}
    if told.get("default", ...) is None:
        del told["default"]
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            told |= choice
    return told


def _ref(kind: str, name: str) -> Document:
    return {"$ref": f"#/components/{kind}/{name}"}
