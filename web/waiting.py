"""Answers to whoever asks too often: they say how long to wait, and hold no thread meanwhile."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response

from rota.errors import TooMany

STATUS = 429
HEADER = "Retry-After"


def told_to_wait(page: str, error: TooMany) -> Response:
    """The page, for people and browsers to know how long to wait."""
    response = make_response(page, STATUS)
    response.headers[HEADER] = str(error.seconds)
    return response
