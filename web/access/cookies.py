"""The cookies: the secret of a session, and who has signed in with the browser before."""

from __future__ import annotations

from datetime import timedelta

from flask import Request
from werkzeug.wrappers import Response

from web.access.request_context import the_settings

SESSION, KNOWN_BROWSER = "rota", "rota-known"
"""The names of the cookies, without their prefix."""


def is_secure(public_url: str) -> bool:
    """Whether people reach the pages by HTTPS, so that cookies may ask for it."""
    return public_url.startswith("https://")


def name_cookie(cookie: str = SESSION) -> str:
    """The cookie's name; the prefix binds it to this host and to HTTPS."""
    return f"__Host-{cookie}" if is_secure(the_settings().public_url) else cookie


def read_session_secret(request: Request) -> str | None:
    """The secret that the browser sent, if it has one."""
    return request.cookies.get(name_cookie())


def keep(response: Response, secret: str) -> None:
    """Have the browser keep the secret until it is closed."""
    keep_for(response, SESSION, secret, None)


def keep_for(response: Response, cookie: str, value: str, age: timedelta | None) -> None:
    """Have the browser keep the value so long, or until it is closed. No script can read it."""
    response.set_cookie(
        name_cookie(cookie),
        value,
        max_age=age,
        httponly=True,
        samesite="Lax",
        secure=is_secure(the_settings().public_url),
        path="/",
    )


def forget(response: Response) -> None:
    """Have the browser forget the secret."""
    response.delete_cookie(
        name_cookie(), path="/", secure=is_secure(the_settings().public_url), httponly=True
    )
