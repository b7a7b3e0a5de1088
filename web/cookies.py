"""The cookie that holds the secret of a session."""

from __future__ import annotations

from flask import Request
from werkzeug.wrappers import Response

from web.acting import the_settings


def is_secure(public_url: str) -> bool:
    """Whether people reach the pages by HTTPS, so that cookies may ask for it."""
    return public_url.startswith("https://")


def name_of() -> str:
    """The cookie's name; the prefix binds it to this host and to HTTPS."""
    return "__Host-rota" if is_secure(the_settings().public_url) else "rota"


def secret_of(request: Request) -> str | None:
    """The secret that the browser sent, if it has one."""
    return request.cookies.get(name_of())


def keep(response: Response, secret: str) -> None:
    """Have the browser keep the secret until it is closed."""
    response.set_cookie(
        name_of(),
        secret,
        httponly=True,
        samesite="Lax",
        secure=is_secure(the_settings().public_url),
        path="/",
    )


def forget(response: Response) -> None:
    """Have the browser forget it."""
    response.delete_cookie(
        name_of(), path="/", secure=is_secure(the_settings().public_url), httponly=True
    )
