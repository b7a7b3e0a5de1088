"""Connections: a request must arrive in time, and where there are too many, one has to end.

The server asks every connection whether it reads on, about once a second and whenever anything
happens on any of them. A connection whose request is not complete takes no thread, however slowly
it sends, but one of the open files and a few bytes; so time and number are limited here.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from waitress.channel import HTTPChannel

MOST = 1000
"""Connections at once. When one more comes, the one that has been idle or slow longest ends."""

LEAST = 16
"""Connections at once that are allowed however few files the process may open."""

FILES_EACH = 2
"""Files that a connection may have open: its socket, and what it sends if that is long."""

FILES_BESIDE = 128
"""Files that the rest of the program may have open: the database, the log, pages and pictures."""

_TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 44\r\n\r\nThe request was not here in time. Try again\n"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds from a request's first byte to its last, give or take one; connections at once."""

    seconds: float
    connections: int = MOST


class Connection(HTTPChannel):  # type: ignore[misc]
    """A connection that ends if a request that has begun is not complete in time."""

    def __init__(self, server: Any, *args: Any, limits: Limits, **kwargs: Any) -> None:
        self._limits = limits
        self._since = monotonic()
        super().__init__(server, *args, **kwargs)
        if len(server.active_channels) > limits.connections:
            _make_room(server.active_channels.values())

    def readable(self) -> bool:
        """Whether it reads on; one that is late gets an answer that says so, and ends."""
        if self.requests:
            self._since = monotonic()
        elif self._is_late():
            self._end()
        return bool(super().readable())

    def received(self, data: bytes) -> bool:
        """Take the bytes that came; the time of a request begins with its first byte.

        It starts again while an earlier request is answered, since nothing is read meanwhile.
        """
        before = self.request
        is_taken = super().received(data)
        if self.request is not before:
            self._since = monotonic()
        return bool(is_taken)

    @property
    def seconds(self) -> float:
        """How long it has been idle, or a request has been incomplete."""
        return monotonic() - self._since

    def _is_late(self) -> bool:
        """Whether a request has begun and its time is over."""
        if self.request is None or self.will_close or self.close_when_flushed:
            return False
        return self.seconds > self._limits.seconds

    def _end(self) -> None:
        with self.outbuf_lock:
            self.outbufs[-1].append(_TOO_SLOW)
            self.total_outbufs_len += len(_TOO_SLOW)
            self.close_when_flushed = True


def _make_room(connections: Any) -> None:
    """End the connection that has been idle or slow longest, of the address that has most of them.

    Behind a reverse proxy all of them come from one address, so only the time counts.
    """
    idle = [
        connection
        for connection in connections
        if not connection.requests and not connection.will_close
    ]
    counts = Counter(connection.addr[0] for connection in idle)
    longest = max(
        idle, key=lambda connection: (counts[connection.addr[0]], connection.seconds), default=None
    )
    if longest is not None:
        longest.will_close = True


def set_limits(seconds: float, *, most: int = MOST) -> Limits:
    """Raise the limit of open files of this process for `most` connections, as far as it may be.

    Returns the limits of connections; there are fewer where it may not open enough files.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return Limits(seconds, most)
    needed = most * FILES_EACH + FILES_BESIDE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return Limits(seconds, most)
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    with suppress(OSError, ValueError):  # Some systems allow less than they say.
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return Limits(seconds, min(most, max(LEAST, (soft - FILES_BESIDE) // FILES_EACH)))
