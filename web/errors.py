"""Every error that a user can meet, as a page."""

from __future__ import annotations

import secrets

import structlog
from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from rota.errors import BadInput, Conflict, Forbidden, NotFound, RotaError, TooMany
from rota.store.databases.database import DatabaseError
from web import waiting
from web.api import problem_details
from web.journal import told_path

_log = structlog.get_logger()

Told = tuple[str, int] | Response
"""A page and its status, or a problem for programs."""

_STATUS: tuple[tuple[type[RotaError], int], ...] = (
    (Forbidden, 403),
    (NotFound, 404),
    (Conflict, 409),
    (DatabaseError, 503),
    (TooMany, waiting.STATUS),
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

_SAYS = {
    404: "If you typed the address, check that it is right. If you followed a link, go back.",
    403: "Ask an administrator if you should be able to see this page.",
}


def tell_errors(app: Flask) -> None:
    """Turn errors into pages."""
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(RotaError, _in_words)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: RotaError) -> int:
    """The HTTP status that an error of ours has."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def error_page(status: int, says: str, *, reference: str | None = None) -> tuple[str, int]:
    """The page of an error. The reference is what the log calls it."""
    heading = _HEADINGS.get(status, _HEADINGS[400 if status < 500 else 500])
    page = render_template(
        "errors/error.html",
        heading=heading,
        lines=says.splitlines(),
        status=status,
        reference=reference,
    )
    return page, status


def _in_words(error: RotaError) -> Told:
    status = status_of(error)
    if status >= 500:
        _log.error("database failed", path=told_path(), why=str(error))
    if problem_details.is_for_programs():
        return problem_details.of_rota_error(error, status)
    if status >= 500:
        return error_page(status, "Try again in a few minutes. Nothing of yours was kept half.")
    page = error_page(status, str(error))
    return waiting.told_to_wait(page[0], error) if isinstance(error, TooMany) else page


def _of_http(error: HTTPException) -> Told:
    if problem_details.is_for_programs():
        return problem_details.of_http(error)
    status = error.code or 500
    return error_page(status, _SAYS.get(status, error.description or ""))


def _expired(_: CSRFError) -> tuple[str, int]:
    says = "This form was open for too long, or you signed in again since. Go back and try again."
    return error_page(400, says)


def _unexpected(error: Exception) -> Told:
    reference = secrets.token_hex(4)
    _log.error("unexpected error", reference=reference, path=told_path(), exc_info=error)
    if problem_details.is_for_programs():
        return problem_details.of_unexpected(reference)
    return error_page(500, "Try again later.", reference=reference)
