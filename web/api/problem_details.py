"""What went wrong, told to programs in the form of RFC 9457."""

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
from web import wait_answer
from web.api.shapes import Resource

MEDIA_TYPE = "application/problem+json"

PREFIX = "/api/"
"""Every answer below this path is for programs, even if nothing is there."""


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
    """A request that cannot be answered as asked."""

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
    """Whether the present request is to be answered for programs."""
    return f"{request.path}/".startswith(PREFIX)


def answer_problem(problem: Problematic, *, instance: str | None = None) -> Response:
    """The problem as the answer to the present request."""
    detail = ProblemDetail(
        type=problem.kind.type,
        title=problem.kind.title,
        status=problem.kind.status,
        detail=problem.detail,
        instance=instance or request.path,
        errors=problem.errors,
    )
    return _build_response(detail, problem.headers)


def answer_rota_error(error: RotaError, status: int) -> Response:
    """An error of a service: the request was valid, but what is stored does not allow it."""
    kind = _BY_STATUS.get(status, Kind.REFUSED)
    if kind is Kind.INVALID:
        kind = Kind.REFUSED
    if isinstance(error, BadInput):
        errors = [_build_fallacy(fault) for fault in error.faults]
        sentence = " ".join(fallacy.says for fallacy in errors)
        return answer_problem(Problematic(kind, sentence, errors=errors))
    headers = {wait_answer.HEADER: str(error.seconds)} if isinstance(error, TooMany) else {}
    sentence = kind.title if kind is Kind.UNAVAILABLE else str(error)
    return answer_problem(Problematic(kind, sentence, headers=headers))


def answer_http_error(error: HTTPException) -> Response:
    """What Flask itself refuses, such as an unknown address or method."""
    status = error.code or 500
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    sentence = error.description or ""
    if kind := _BY_STATUS.get(status):
        return answer_problem(Problematic(kind, sentence, headers=headers))
    title = HTTPStatus(status).phrase
    detail = ProblemDetail(
        type="about:blank",
        title=title,
        status=status,
        detail=sentence,
        instance=request.path,
        errors=[],
    )
    return _build_response(detail, headers)


def answer_unexpected_error(reference: str) -> Response:
    """A mistake of Rota itself, with the reference that finds it in the log."""
    sentence = f"Try again later. The log tells what happened, under {reference}."
    return answer_problem(
        Problematic(Kind.UNEXPECTED, sentence), instance=f"urn:rota:error:{reference}"
    )


def build_validation_problem(error: ValidationError) -> Problematic:
    """What is wrong with a query or a body, each error with its place."""
    raw_errors = error.errors(include_url=False, include_context=False, include_input=False)
    if any(raw_error["type"] == "json_invalid" for raw_error in raw_errors):
        return Problematic(Kind.NOT_JSON, f"{raw_errors[0]['msg']}.")
    errors = [
        Fallacy(place=_join_location(raw_error["loc"]), says=raw_error["msg"])
        for raw_error in raw_errors
    ]
    sentence = "; ".join(
        f"{fallacy.place}: {fallacy.says}" if fallacy.place else fallacy.says
        for fallacy in errors[:3]
    )
    return Problematic(Kind.INVALID, f"{sentence}.", errors=errors)


_NAME = re.compile(r"[\w-]+")

_BY_STATUS = {kind.status: kind for kind in Kind if kind is not Kind.INSUFFICIENT_SCOPE}


def _build_fallacy(fault: Fault) -> Fallacy:
    sentence = f"{fault.says}." if fault.value is None else str(fault)
    return Fallacy(place=fault.column or fault.place, says=sentence)


def _join_location(location: Iterable[Any]) -> str:
    """The names on the way to a value, without those of the shapes that were tried."""
    return ".".join(str(part) for part in location if _NAME.fullmatch(str(part)))


def _build_response(detail: ProblemDetail, headers: Mapping[str, str]) -> Response:
    return Response(
        detail.model_dump_json(), detail.status, mimetype=MEDIA_TYPE, headers=dict(headers)
    )
