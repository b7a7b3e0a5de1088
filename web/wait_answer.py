"""The answer to users who ask too often: it says how long to wait, and holds no thread."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response

from rota.errors import TooMany

STATUS = 429
HEADER = "Retry-After"


def build_wait_answer(page: str, error: TooMany) -> Response:
    """The page as an answer whose header says how long to wait."""
    response = make_response(page, STATUS)
    response.headers[HEADER] = str(error.seconds)
    return response
