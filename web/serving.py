"""The server that answers many browsers at once, until it has to end."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from flask import Flask
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from rota.errors import RotaError
from rota.settings import Settings
from web import request_log
from web.app import LARGEST_UPLOAD, create_app
from web.connections import MOST, Connection, Limits, set_limits

THREADS = 4
"""Requests that are answered at once; others wait for their turn.

Python works on one at a time, and more threads only wait for each other: with 12 of them, 16 users
who never pause had their pages in up to twice the time that they have them in with 4.
"""

LARGEST_IN_MEMORY = 64 * 2**10
"""Bytes of an incomplete body; what is longer goes into a file."""

LARGEST_HEADERS = 32 * 2**10
"""Bytes of a request before its body."""

LARGEST_BODY = 4 * LARGEST_UPLOAD
"""Bytes of a body that are read. Whoever sends more than may be sent learns it from a page, which
browsers show only once they have sent all; whoever sends more than this is cut off.
"""

_MORE_FILES = "let this process open more files: ulimit -n"

_INNER = 16
"""Entries of the server in its list of connections that are none, such as its sockets."""

_LAST_WORDS = 10
"""How often the connections are polled after the last answer, so that everything is sent."""

_LAST_PORT = 65535

_log = structlog.get_logger()

_OF_PROXIES = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port"}


class PortTaken(RotaError):  # noqa: N818, it is the user who reads it
    """Another program listens there."""


def serve(settings: Settings, *, listen: str, announce: Callable[[str], None]) -> None:
    """Serve the pages until SystemExit or KeyboardInterrupt is raised.

    `announce` is given the address once browsers can ask. Raises PortTaken, and RotaError where the
    address cannot be listened at.
    """
    app = create_app(settings)
    request_log.log_requests(app)
    limits = set_limits(settings.request_seconds)
    if limits.connections < MOST:
        _log.warning("few connections at once", most=limits.connections, mend=_MORE_FILES)
    proxy = settings.trusted_proxy
    answer(app, listen=listen, trusted_proxy=proxy, limits=limits, announce=announce)


def answer(
    app: Flask,
    *,
    listen: str,
    trusted_proxy: str,
    limits: Limits,
    announce: Callable[[str], None],
) -> None:
    """Answer with the app until told to end; requests that came before are answered first."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    server = _build_server(app, sockets, listen, trusted_proxy, limits)
    announce(f"http://{listen}")
    try:
        server.run()
    finally:
        wasyncore.loop(timeout=0.05, map=sockets, count=_LAST_WORDS, use_poll=True)
        wasyncore.close_all(sockets)


def _build_server(
    app: Flask, sockets: dict[int, Any], listen: str, trusted_proxy: str, limits: Limits
) -> Any:
    server = _create_server(app, sockets, listen, trusted_proxy, limits)
    for dispatcher in sockets.values():
        if isinstance(dispatcher, BaseWSGIServer):
            dispatcher.channel_class = partial(Connection, limits=limits)
    return server


def _create_server(
    app: Flask, sockets: dict[int, Any], listen: str, trusted_proxy: str, limits: Limits
) -> Any:
    try:
        if int(listen.rpartition(":")[2]) > _LAST_PORT:
            raise ValueError("there is no such port")
        return create_server(
            app,
            map=sockets,
            listen=listen,
            threads=THREADS,
            ident=None,
            asyncore_use_poll=True,
            connection_limit=limits.connections + _INNER,
            log_socket_errors=False,
            inbuf_overflow=LARGEST_IN_MEMORY,
            max_request_header_size=LARGEST_HEADERS,
            max_request_body_size=LARGEST_BODY,
            **_build_proxy_options(trusted_proxy),
        )
    except OSError as error:
        wasyncore.close_all(sockets)
        raise _explain_failure(error, listen) from None
    except ValueError as error:
        raise RotaError(f"{listen} is no host and port, such as 127.0.0.1:8000 ({error})") from None


def _explain_failure(error: OSError, listen: str) -> RotaError:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(
            f"Another program listens at {listen} already. Name another port: --listen, or "
            "ROTA_LISTEN"
        )
    return RotaError(f"{listen} cannot be listened at ({error.strerror})")


def _build_proxy_options(trusted_proxy: str) -> dict[str, object]:
    """The server believes what a trusted proxy says of a request, and nobody else."""
    if not trusted_proxy:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": trusted_proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": _OF_PROXIES,
        "clear_untrusted_proxy_headers": True,
    }
