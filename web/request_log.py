"""A line in the log for each request, with an id that all other lines about it have too."""

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
"""The part of an address that nobody may read in a log, even if there is no such page."""

_log = structlog.get_logger()


def log_requests(app: Flask) -> None:
    """Log every request but those for files."""
    request_started.connect(_begin_request, app)
    app.after_request(_log_request)


def _begin_request(_: Flask, **__: object) -> None:
    g.began = perf_counter()
    g.request_id = secrets.token_hex(4)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def _log_request(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    if request.endpoint not in ("static", "assets"):
        user = the_user()
        _log.info(
            f"{request.method} {redact_path()}",
            status=response.status_code,
            ms=round((perf_counter() - g.began) * 1000),
            who=user.id if user else None,
            place=request.remote_addr,
        )
    return response


def redact_path() -> str:
    """The path without its query and without secrets, which a reader of the log could use.

    It is quoted, since a line break in it would look like a line of the log.
    """
    return "…".join(map(quote, _SECRET.sub("…", request.path).split("…")))
