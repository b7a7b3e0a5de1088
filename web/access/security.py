"""The headers that protect readers of a page, sent with every answer."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

from web.access.cookies import is_secure

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Everything comes from this server; nothing stands in the page itself."""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_YEAR = 365 * 24 * 60 * 60


def protect(app: Flask, *, public_url: str) -> None:
    """Send the headers with every answer."""
    app.after_request(_add_headers)
    if is_secure(public_url):
        app.after_request(_add_https_header)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in ("static", "assets"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _add_https_header(response: Response) -> Response:
    # No includeSubDomains: names below this one may belong to others, who have no HTTPS yet.
    response.headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    return response
