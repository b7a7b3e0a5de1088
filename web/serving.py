"""The pages behind a server that many can ask at once, until it is told to end."""

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
from web import journal
from web.app import LARGEST_UPLOAD, create_app
from web.connections import MOST, Connection, Limits, limits_of

THREADS = 4
"""Requests that are answered at once; others wait for their turn.

Python works on one at a time, and more threads only wait for each other: with 12 of them, 16 users
who never pause had their pages in up to twice the time that they have them in with 4.
"""

LARGEST_IN_MEMORY = 64 * 2**10
"""Bytes of a body that is not whole yet; what is longer goes into a file."""

LARGEST_HEADERS = 32 * 2**10
"""Bytes of a request before its body."""

LARGEST_BODY = 4 * LARGEST_UPLOAD
"""Bytes of a body that are read. Whoever sends more than may be sent learns it from a page, which
browsers show only once they have sent all; whoever sends more than this is cut off.
"""

_MORE_FILES = "let this process open more files: ulimit -n"

_INNER = 16
"""Entries of the server in its list of connections that are none: what it listens at, and such."""

_LAST_WORDS = 10
"""Looks at the connections, after the last answer, until everything is sent."""

_LAST_PORT = 65535

_log = structlog.get_logger()

_OF_PROXIES = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port"}


class PortTaken(RotaError):  # noqa: N818, it is the user who reads it
    """Another program listens there."""


def serve(settings: Settings, *, listen: str, told: Callable[[str], None]) -> None:
    """Serve the pages until SystemExit or KeyboardInterrupt is raised.

    `told` is given the address once browsers can ask. Raises PortTaken, and RotaError where the
    address cannot be listened at.
    """
    app = create_app(settings)
    journal.keep(app)
    limits = limits_of(settings.request_seconds)
    if limits.connections < MOST:
        _log.warning("few connections at once", most=limits.connections, mend=_MORE_FILES)
    proxy = settings.trusted_proxy
    answer(app, listen=listen, trusted_proxy=proxy, limits=limits, told=told)


def answer(
    app: Flask,
    *,
    listen: str,
    trusted_proxy: str,
    limits: Limits,
    told: Callable[[str], None],
) -> None:
    """Answer with the app until told to end; what was asked before is answered first."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sockets: dict[int, Any] = {}
    server = _server(app, sockets, listen, trusted_proxy, limits)
    told(f"http://{listen}")
    try:
        server.run()
    finally:
        wasyncore.loop(timeout=0.05, map=sockets, count=_LAST_WORDS, use_poll=True)
        wasyncore.close_all(sockets)


def _server(
    app: Flask, sockets: dict[int, Any], listen: str, trusted_proxy: str, limits: Limits
) -> Any:
    server = _created(app, sockets, listen, trusted_proxy, limits)
    for dispatcher in sockets.values():
        if isinstance(dispatcher, BaseWSGIServer):
            dispatcher.channel_class = partial(Connection, limits=limits)
    return server


def _created(
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
            **_proxy(trusted_proxy),
        )
    except OSError as error:
        wasyncore.close_all(sockets)
        raise _in_words(error, listen) from None
    except ValueError as error:
        raise RotaError(f"{listen} is no host and port, such as 127.0.0.1:8000 ({error})") from None


def _in_words(error: OSError, listen: str) -> RotaError:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(
            f"Another program listens at {listen} already. Name another port: --listen, or "
            "ROTA_LISTEN"
        )
    return RotaError(f"{listen} cannot be listened at ({error.strerror})")


def _proxy(trusted: str) -> dict[str, object]:
    """What a trusted proxy says of a request is taken; what anybody else says so is not."""
    if not trusted:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": trusted,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": _OF_PROXIES,
        "clear_untrusted_proxy_headers": True,
    }
