"""Which browser sends the present request, and who has signed in with it before."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from rota.services.accounts.sessions import Browser
from web.access.cookies import KNOWN, keep_for, name_of
from web.access.request_context import installation

KNOWN_FOR = timedelta(days=180)
"""So long after somebody signed in with it a browser is known."""

MOST_USERS = 10
"""Of those who signed in with one browser, so many are remembered."""

_NAMES = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""What browsers call themselves, in an order in which the first that is found is right."""

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)

_LONGEST = 40
"""Characters of the name of a program that is no browser we know."""


def the_browser() -> Browser:
    """The browser of the present request."""
    kept = _kept()
    return Browser(
        description=in_words(request.headers.get("User-Agent", "")),
        mark=kept.get("mark"),
        users=frozenset(kept.get("users", ())),
    )


def remember(response: Response, user_id: int) -> None:
    """Have the browser show, from now on, that the user has signed in with it."""
    kept = _kept()
    users = [number for number in kept.get("users", ()) if number != user_id]
    told = {
        "mark": kept.get("mark") or secrets.token_urlsafe(16),
        "users": [*users, user_id][-MOST_USERS:],
        "at": installation().clock().timestamp(),
    }
    keep_for(response, KNOWN, _signing().dumps(told), KNOWN_FOR)


def in_words(agent: str) -> str | None:
    """Such as Firefox on Windows, from what a browser calls itself; None if it does not say."""
    name = next((name for sign, name in _NAMES if sign in agent), None)
    system = next((name for sign, name in _SYSTEMS if sign in agent), None)
    if name is None:
        plain = re.match(r"[\w .-]+", agent)
        name = plain[0].strip()[:_LONGEST] if plain else None
    return f"{name} on {system}" if name and system else name or system


def _kept() -> Mapping[str, Any]:
    """What the browser shows of before, if it is ours and not too old."""
    cookie = request.cookies.get(name_of(KNOWN))
    try:
        kept: dict[str, Any] = _signing().loads(cookie) if cookie else {}
    except BadSignature:
        return {}
    at = installation().clock()
    is_new = kept and at - datetime.fromtimestamp(kept["at"], at.tzinfo) < KNOWN_FOR
    return kept if is_new else {}


def _signing() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="rota known browser")
