"""What went wrong, told to programs as RFC 9457 has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from http import HTTPStatus
from typing import Any

from flask import request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from rota.errors import BadInput, Fault, RotaError, TooMany
from web import waiting
from web.api.shapes import Resource

MEDIA_TYPE = "application/problem+json"

PREFIX = "/api/"
"""Under this every answer is for programs, also where there is nothing."""


class Kind(Enum):
    """Every kind of problem: its status, its name and its title."""

    NOT_JSON = (400, "not-json", "The body is not JSON")
    UNAUTHENTICATED = (401, "unauthenticated", "There is no good token")
    FORBIDDEN = (403, "forbidden", "The owner of the token may not do this")
    INSUFFICIENT_SCOPE = (403, "insufficient-scope", "The token does not reach so far")
    NOT_FOUND = (404, "not-found", "There is no such thing")
    METHOD = (405, "method-not-allowed", "This cannot be done here")
    REFUSED = (409, "refused", "What is stored does not allow this")
    CHANGED = (412, "changed-meanwhile", "It is not as you knew it any more")
    TOO_LARGE = (413, "too-large", "The body is too large")
    OTHER_TYPE = (415, "other-media-type", "The body has to be application/json")
    INVALID = (422, "invalid-request", "The request has not the shape that is asked for")
    UNCONDITIONAL = (428, "must-be-conditional", "Say which revision you mean, with If-Match")
    TOO_MANY = (429, "too-many", "Too much was asked for in a short time")
    UNEXPECTED = (500, "unexpected", "Rota made a mistake")
    UNAVAILABLE = (503, "unavailable", "Rota cannot answer at the moment")

    def __init__(self, status: int, slug: str, title: str) -> None:
        self.status = status
        self.slug = slug
        self.title = title

    @property
    def type(self) -> str:
        return f"urn:rota:problem:{self.slug}"


class Fallacy(Resource):
    """One thing wrong with what was sent: where it stands, and why it cannot be."""

    place: str
    says: str


class ProblemDetail(Resource):
    """What went wrong. `instance` is where; for a mistake of Rota it is what the log calls it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fallacy]


class Problematic(Exception):  # noqa: N818, it is no error of the program
    """A request that cannot be answered as was hoped."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        *,
        errors: Iterable[Fallacy] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})


def is_for_programs() -> bool:
    """Whether the present request has to be answered as programs read it."""
    return f"{request.path}/".startswith(PREFIX)


def answered(problem: Problematic, *, instance: str | None = None) -> Response:
    """The answer to the present request."""
    told = ProblemDetail(
        type=problem.kind.type,
        title=problem.kind.title,
        status=problem.kind.status,
        detail=problem.detail,
        instance=instance or request.path,
        errors=problem.errors,
    )
    return _response(told, problem.headers)


def of_rota_error(error: RotaError, status: int) -> Response:
    """An error of a service: the request was well made, but what is stored does not allow it."""
    kind = _BY_STATUS.get(status, Kind.REFUSED)
    if kind is Kind.INVALID:
        kind = Kind.REFUSED
    if isinstance(error, BadInput):
        errors = [_of_fault(fault) for fault in error.faults]
        says = " ".join(its.says for its in errors)
        return answered(Problematic(kind, says, errors=errors))
    headers = {waiting.HEADER: str(error.seconds)} if isinstance(error, TooMany) else {}
    says = kind.title if kind is Kind.UNAVAILABLE else str(error)
    return answered(Problematic(kind, says, headers=headers))


def of_http(error: HTTPException) -> Response:
    """What Flask itself refuses, such as an address or a method that there is not."""
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    says = error.description or ""
    if kind := _BY_STATUS.get(status):
        return answered(Problematic(kind, says, headers=headers))
    title = HTTPStatus(status).phrase
    told = ProblemDetail(
        type="about:blank",
        title=title,
        status=status,
        detail=says,
        instance=request.path,
        errors=[],
    )
    return _response(told, headers)


def of_unexpected(reference: str) -> Response:
    """A mistake of Rota's own, under the name that the log has for it."""
    says = f"Try again later. The log tells what happened, under {reference}."
    return answered(Problematic(Kind.UNEXPECTED, says), instance=f"urn:rota:error:{reference}")


def of_validation(error: ValidationError) -> Problematic:
    """What is wrong with a query or a body, place by place."""
    told = error.errors(include_url=False, include_context=False, include_input=False)
    if any(its["type"] == "json_invalid" for its in told):
        return Problematic(Kind.NOT_JSON, f"{told[0]['msg']}.")
    errors = [Fallacy(place=_place(its["loc"]), says=its["msg"]) for its in told]
    says = "; ".join(f"{its.place}: {its.says}" if its.place else its.says for its in errors[:3])
    return Problematic(Kind.INVALID, f"{says}.", errors=errors)


_NAME = re.compile(r"[\w-]+")

_BY_STATUS = {kind.status: kind for kind in Kind if kind is not Kind.INSUFFICIENT_SCOPE}


def _of_fault(fault: Fault) -> Fallacy:
    says = f"{fault.says}." if fault.value is None else str(fault)
    return Fallacy(place=fault.column or fault.place, says=says)


def _place(location: Iterable[Any]) -> str:
    """The names on the way to a value; which of several shapes was tried is nobody's business."""
    return ".".join(str(part) for part in location if _NAME.fullmatch(str(part)))


def _response(told: ProblemDetail, headers: Mapping[str, str]) -> Response:
    return Response(told.model_dump_json(), told.status, mimetype=MEDIA_TYPE, headers=dict(headers))
