"""Turns a request into a call, and a resource into an answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import ETags
from werkzeug.wrappers import Response

from rota.errors import Conflict
from web.api.bearers import identify_bearer
from web.api.names import NAMES, build_rule
from web.api.operations import Call, Operation
from web.api.problem_details import Kind, Problematic, build_validation_problem
from web.api.shapes import Nothing, Query, Resource

LARGEST_BODY = 64 * 2**10
"""Most bytes of a body; nothing that the API takes is longer."""

JSON = "application/json"


def route(blueprint: Blueprint, operation: Operation) -> None:
    """Let the blueprint answer the operation."""
    view = partial(_answer, operation)
    blueprint.add_url_rule(
        build_rule(operation.path), operation.name, view, methods=[operation.method]
    )


def _answer(operation: Operation, **names: Any) -> Response:
    request.max_content_length = LARGEST_BODY
    call: Call[Any, Any] = Call(
        act=identify_bearer(operation.scope),
        names={name: NAMES[name].read(value) for name, value in names.items()},
        tags=_read_tags(operation),
        query=_read_query(operation.query),
        body=_read_body(operation.body),
    )
    try:
        resource = operation.function(call)
        return build_answer(resource, operation.find_status(resource))
    except Conflict as conflict:
        if operation.is_conditional:
            raise Problematic(Kind.CHANGED, str(conflict)) from conflict
        raise


def build_answer(resource: Resource, status: int = 200) -> Response:
    """The resource as JSON, with the headers that go with it."""
    headers = {name: value for name, value in resource.headers().items() if value}
    return Response(resource.model_dump_json(), status, mimetype=JSON, headers=headers)


def _read_query(shape: type[Query]) -> Query:
    arguments: Mapping[str, list[str]] = request.args.to_dict(flat=False)
    twice = [name for name, values in arguments.items() if len(values) > 1]
    if twice:
        raise Problematic(Kind.INVALID, f"Given more than once: {', '.join(twice)}.")
    try:
        return shape.model_validate_strings({name: values[0] for name, values in arguments.items()})
    except ValidationError as error:
        raise build_validation_problem(error) from None


def _read_body(shape: type[BaseModel]) -> BaseModel:
    if shape is Nothing:
        return Nothing()
    if request.mimetype != JSON:
        raise Problematic(Kind.OTHER_TYPE, f"The body is {request.mimetype or 'of no type'}.")
    try:
        return shape.model_validate_json(request.get_data())
    except ValidationError as error:
        raise build_validation_problem(error) from None


def _read_tags(operation: Operation) -> ETags:
    """The states that the caller means to change, as If-Match names them."""
    if operation.is_conditional and "If-Match" not in request.headers:
        sentence = "Look at it first, and send its ETag back as If-Match."
        raise Problematic(Kind.UNCONDITIONAL, sentence)
    return request.if_match
