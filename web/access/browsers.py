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
from web.access.cookies import KNOWN_BROWSER, keep_for, name_cookie
from web.access.request_context import installation

KNOWN_FOR = timedelta(days=180)
"""How long a browser is known after somebody last signed in with it."""

MOST_USERS = 10
"""How many of those who signed in with one browser are remembered."""

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
"""What browsers call themselves, and their names; the first that fits is right."""

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
"""Most characters of the name of a program that is no browser we know."""


def the_browser() -> Browser:
    """The browser of the present request."""
    known_browser = _read_known_cookie()
    return Browser(
        description=name_browser(request.headers.get("User-Agent", "")),
        mark=known_browser.get("mark"),
        users=frozenset(known_browser.get("users", ())),
    )


def remember(response: Response, user_id: int) -> None:
    """Have the browser show, from now on, that the user has signed in with it."""
    known_browser = _read_known_cookie()
    users = [number for number in known_browser.get("users", ()) if number != user_id]
    values = {
        "mark": known_browser.get("mark") or secrets.token_urlsafe(16),
        "users": [*users, user_id][-MOST_USERS:],
        "at": installation().clock().timestamp(),
    }
    keep_for(response, KNOWN_BROWSER, _build_signer().dumps(values), KNOWN_FOR)


def name_browser(agent: str) -> str | None:
    """Such as Firefox on Windows, from what a browser calls itself; None if it does not say."""
    name = next((name for sign, name in _NAMES if sign in agent), None)
    system = next((name for sign, name in _SYSTEMS if sign in agent), None)
    if name is None:
        plain = re.match(r"[\w .-]+", agent)
        name = plain[0].strip()[:_LONGEST] if plain else None
    return f"{name} on {system}" if name and system else name or system


def _read_known_cookie() -> Mapping[str, Any]:
    """What the cookie says of earlier users of this browser, if it is ours and not too old."""
    cookie = request.cookies.get(name_cookie(KNOWN_BROWSER))
    try:
        known_browser: dict[str, Any] = _build_signer().loads(cookie) if cookie else {}
    except BadSignature:
        return {}
    at = installation().clock()
    is_new = (
        known_browser and at - datetime.fromtimestamp(known_browser["at"], at.tzinfo) < KNOWN_FOR
    )
    return known_browser if is_new else {}


def _build_signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="rota known browser")
