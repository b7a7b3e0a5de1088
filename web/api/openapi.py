"""The OpenAPI 3.1 document, made from the operations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from rota.services.accounts.tokens import Scope
from web.api.adapter import JSON
from web.api.names import NAMES, find_path_names
from web.api.operations import Operation
from web.api.problem_details import MEDIA_TYPE, Kind, ProblemDetail
from web.api.shapes import Resource
from web.wait_answer import HEADER

Document = dict[str, Any]

_SCHEME = "token"
_REF = "#/components/schemas/{model}"


def build_document(operations: Iterable[Operation], *, prefix: str, version: str) -> Document:
    """The document of these operations under the prefix."""
    operations = tuple(operations)
    paths: dict[str, Document] = defaultdict(dict)
    for operation in operations:
        methods = paths[f"{prefix}{operation.path}"]
        methods[operation.method.lower()] = _describe_operation(operation)
    nouns = dict.fromkeys(operation.noun for operation in operations)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Rota", "version": version, "description": _ABOUT},
        "servers": [{"url": "/"}],
        "tags": [{"name": noun} for noun in nouns],
        "paths": dict(paths),
        "components": {
            "schemas": _build_schemas(operations),
            "responses": {kind.slug: _describe_problem(kind) for kind in Kind},
            "securitySchemes": {_SCHEME: _describe_scheme()},
        },
    }


_ABOUT = (
    "Who is where on which day, and what could not be met. Dates are ISO 8601. Lists come page by "
    "page. Every problem is told as in RFC 9457. What one user and one address may ask for in a "
    "minute, and one officer in a day, is limited: beyond it the answer is 429, and Retry-After "
    "says how many seconds to wait."
)


def list_problems(operation: Operation) -> Iterator[Kind]:
    """The problems that the operation can meet, by status; each status once."""
    if operation.has_body:
        yield Kind.NOT_JSON
    yield Kind.UNAUTHENTICATED
    yield Kind.FORBIDDEN
    yield Kind.NOT_FOUND
    if operation.method != "GET":
        yield Kind.REFUSED
    if operation.is_conditional:
        yield Kind.CHANGED
    if operation.has_body:
        yield from (Kind.TOO_LARGE, Kind.OTHER_TYPE)
    yield Kind.INVALID
    if operation.is_conditional:
        yield Kind.UNCONDITIONAL
    yield Kind.TOO_MANY
    yield Kind.UNAVAILABLE


def _describe_operation(operation: Operation) -> Document:
    problems = list_problems(operation)
    description: Document = {
        "operationId": operation.name,
        "tags": [operation.noun],
        "summary": operation.summary,
        "security": [{_SCHEME: [operation.scope.value]}],
        "responses": {
            str(operation.status): _describe_answer(operation, operation.answers),
            **{
                str(n): _describe_answer(operation, shape) for n, shape in operation.instead.items()
            },
            **{str(kind.status): _build_reference("responses", kind.slug) for kind in problems},
        },
    }
    if operation.description:
        description["description"] = operation.description
    if parameters := [*_describe_parameters(operation)]:
        description["parameters"] = parameters
    if operation.has_body:
        schema = _build_reference("schemas", operation.body.__name__)
        description["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    return description


def _describe_parameters(operation: Operation) -> Iterator[Document]:
    for name in find_path_names(operation.path):
        path_name = NAMES[name]
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": path_name.help,
            "schema": dict(path_name.schema),
        }
    shape = operation.query.model_json_schema()
    for name, schema in shape.get("properties", {}).items():
        yield {
            "name": name,
            "in": "query",
            "required": name in shape.get("required", ()),
            "description": schema.pop("description", ""),
            "schema": _drop_null(schema),
        }
    if operation.is_conditional:
        yield {
            "name": "If-Match",
            "in": "header",
            "required": True,
            "description": "The ETag of what is to be changed",
            "schema": {"type": "string"},
        }


def _describe_answer(operation: Operation, shape: type[Resource]) -> Document:
    description: Document = {
        "description": shape.__doc__ or "",
        "content": {JSON: {"schema": _build_reference("schemas", shape.__name__)}},
    }
    if shape.HEADERS:
        headers = shape.HEADERS.items()
        description["headers"] = {name: _describe_header(text) for name, text in headers}
    if operation.links:
        description["links"] = {
            name: {"operationId": name, "parameters": dict(parameters)}
            for name, parameters in operation.links.items()
        }
    return description


def _describe_problem(kind: Kind) -> Document:
    description: Document = {
        "description": f"{kind.title}.",
        "content": {MEDIA_TYPE: {"schema": _build_reference("schemas", ProblemDetail.__name__)}},
    }
    if kind in _HEADERS:
        name, text = _HEADERS[kind]
        description["headers"] = {name: _describe_header(text, required=True)}
    return description


_HEADERS = {
    Kind.UNAUTHENTICATED: ("WWW-Authenticate", "What is missing, as RFC 6750 has it"),
    Kind.TOO_MANY: (HEADER, "Seconds to wait before asking again"),
}
"""Headers that the answer to a kind of problem always has."""


def _describe_header(text: str, *, required: bool = False) -> Document:
    return {"description": text, "required": required, "schema": {"type": "string"}}


def _build_schemas(operations: Iterable[Operation]) -> Document:
    shapes: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {
        (ProblemDetail, "serialization"): None
    }
    for operation in operations:
        for shape in (operation.answers, *operation.instead.values()):
            shapes[shape, "serialization"] = None
        if operation.has_body:
            shapes[operation.body, "validation"] = None
    _, definitions = models_json_schema([*shapes], ref_template=_REF)
    schemas: Document = definitions["$defs"]
    return schemas


def _describe_scheme() -> Document:
    text = f"A token that a person made for a program. Its scopes: {', '.join(Scope)}."
    return {"type": "http", "scheme": "bearer", "description": text}


def _drop_null(schema: Mapping[str, Any]) -> Document:
    """The schema of a parameter, which can be left out but never be null."""
    remaining = {name: value for name, value in schema.items() if name not in ("title", "anyOf")}
    if remaining.get("default", ...) is None:
        del remaining["default"]
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            remaining |= choice
    return remaining


def _build_reference(kind: str, name: str) -> Document:
    return {"$ref": f"#/components/{kind}/{name}"}
