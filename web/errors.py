"""The page for every error that a user can meet."""

from __future__ import annotations

import secrets

import structlog
from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from rota.errors import BadInput, Conflict, Forbidden, NotFound, RotaError, TooMany
from rota.store.databases.database import DatabaseError
from web import wait_answer
from web.api import problem_details
from web.request_log import redact_path

_log = structlog.get_logger()

"""A page and its status, or a problem for programs."""

_STATUS: tuple[tuple[type[RotaError], int], ...] = (
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (DatabaseError, 503),
    (TooMany, wait_answer.STATUS),
    (BadInput, 422),
    (RotaError, 422),
)

_HEADINGS = {
    400: "There is a problem with what was sent",
    403: "You do not have permission",
    404: "Page not found",
    405: "This page cannot be used that way",
    409: "Somebody else was faster",
    413: "The file is too large",
    422: "There is a problem",
    429: "Too many attempts",
    500: "Sorry, there is a problem with Rota",
    503: "Rota cannot answer at the moment",
}

_SENTENCES = {
    404: "If you typed the address, check that it is right. If you followed a link, go back.",
    403: "Ask an administrator if you should be able to see this page.",
}


def handle_errors(app: Flask) -> None:
    """Answer every error with a page, or with a problem for programs."""
    app.register_error_handler(CSRFError, _answer_expired_form)
    app.register_error_handler(RotaError, _answer_rota_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_unexpected_error)


def find_status(error: RotaError) -> int:
    """The HTTP status of an error of ours."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def render_error(status: int, sentences: str, *, reference: str | None = None) -> tuple[str, int]:
    """The page of an error. The reference finds it in the log."""
    heading = _HEADINGS.get(status, _HEADINGS[400 if status < 500 else 500])
    page = render_template(
        "errors/error.html",
        heading=heading,
        lines=sentences.splitlines(),
        status=status,
        reference=reference,
    )
    return page, status


def _answer_rota_error(error: RotaError) -> ResponseReturnValue:
    status = find_status(error)
    if status >= 500:
        _log.error("database failed", path=redact_path(), why=str(error))
    if problem_details.is_for_programs():
        return problem_details.answer_rota_error(error, status)
    if status >= 500:
        return render_error(status, "Try again in a few minutes. Nothing of yours was kept half.")
    page = render_error(status, str(error))
    return wait_answer.build_wait_answer(page[0], error) if isinstance(error, TooMany) else page


def _answer_http_error(error: HTTPException) -> ResponseReturnValue:
    if problem_details.is_for_programs():
        return problem_details.answer_http_error(error)
    status = error.code or 500
    return render_error(status, _SENTENCES.get(status, error.description or ""))


def _answer_expired_form(_: CSRFError) -> tuple[str, int]:
    sentence = (
        "This form was open for too long, or you signed in again since. Go back and try again."
    )
    return render_error(400, sentence)


def _answer_unexpected_error(error: Exception) -> ResponseReturnValue:
    reference = secrets.token_hex(4)
    _log.error("unexpected error", reference=reference, path=redact_path(), exc_info=error)
    if problem_details.is_for_programs():
        return problem_details.answer_unexpected_error(reference)
    return render_error(500, "Try again later.", reference=reference)
