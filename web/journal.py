"""A line in the log for each request, with a number by which all else about it is found."""

from __future__ import annotations

import re
import secrets
from time import perf_counter
from urllib.parse import quote

import structlog
from flask import Flask, g, request, request_started
from werkzeug.wrappers import Response

from web.access.request_context import the_user

_SECRET = re.compile(r"(?<=/calendar/).+?(?=(\.ics)?/*$)", re.IGNORECASE)
"""The part of an address that nobody may read in a log, also where no page is there."""

_log = structlog.get_logger()


def keep(app: Flask) -> None:
    """Log every request but those for files."""
    request_started.connect(_begin, app)
    app.after_request(_note)


def _begin(_: Flask, **__: object) -> None:
    g.began = perf_counter()
    g.request_id = secrets.token_hex(4)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def _note(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    if request.endpoint not in ("static", "assets"):
        user = the_user()
        _log.info(
            f"{request.method} {told_path()}",
            status=response.status_code,
            ms=round((perf_counter() - g.began) * 1000),
            who=user.id if user else None,
            place=request.remote_addr,
        )
    return response


def told_path() -> str:
    """The path without its query and without secrets, of which a reader could make use.

    It is quoted, or a line break in it would look like a line of the log.
    """
    return "…".join(map(quote, _SECRET.sub("…", request.path).split("…")))
