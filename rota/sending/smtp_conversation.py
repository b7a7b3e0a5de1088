"""What is said with a mail server (RFC 5321), step by step and no longer than its timeout."""

from __future__ import annotations

import io
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from rota.sending.mail_server import MailServer
from rota.sending.smtp_reply import Reply

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


class Conversation(smtplib.SMTP):
    """A connection to a mail server, which the server has greeted.

    Whoever closes it before `end` knows that the server has accepted nothing. Everything here
    raises OSError, of which smtplib's errors are some, or ValueError for talk that makes no sense.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        super().__init__(
            server.host, server.port, local_hostname="localhost", timeout=server.timeout
        )
        self.local_hostname = _find_own_name(self.sock)

    def introduce(self) -> None:
        """Say who we are, behind TLS where that is the setting."""
        self.ehlo_or_helo_if_needed()
        if self._server.security == "starttls":
            self.starttls(context=ssl.create_default_context())
        if self._server.user:
            self.login(self._server.user, self._server.password)

    def come_from(self, address: str) -> Reply:
        """Name the sender."""
        return Reply.read(self.mail(address))

    def go_to(self, address: str) -> Reply:
        """Name the recipient."""
        return Reply.read(self.rcpt(address))

    def ask_for_data(self) -> Reply:
        """Announce the message."""
        return Reply.read(self.docmd("DATA"))

    def say(self, mail: bytes) -> None:
        """Say the message but for the line that ends it; its lines must end in CRLF."""
        self.send(re.sub(rb"^\.", b"..", mail, flags=re.MULTILINE))

    def end(self) -> Reply:
        """Say the last line. The server accepts the message now or never."""
        self.send(b".\r\n")
        return Reply.read(self.getreply())

    def leave(self) -> None:
        """Take leave between two commands, without waiting for an answer."""
        with suppress(OSError):
            self.send(b"QUIT\r\n")

    def send(self, s: ReadableBuffer | str) -> None:
        """Send as smtplib does, in the time that is left."""
        if self.sock:
            self.sock.settimeout(self._compute_seconds_left())
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """Read a reply as smtplib does, in the time that is left."""
        if self.sock and self.file is None:
            self.file = io.BufferedReader(
                _Incoming(self.sock, compute_time_left=self._compute_seconds_left)
            )
        return super().getreply()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """The connection that smtplib is to use; the time for the conversation begins with it."""
        plain = socket.create_connection((host, port), timeout)
        self._ends = time.monotonic() + timeout
        # The last line of a message is short, and would else wait for the rest to be confirmed.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._server.security != "tls":
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)

    def _compute_seconds_left(self) -> float:
        seconds_left = self._ends - time.monotonic()
        if seconds_left <= 0:
            raise TimeoutError
        return seconds_left


class _Incoming(io.RawIOBase):
    """What comes in at a socket, so that one that drips is cut off in time too."""

    def __init__(self, incoming: socket.socket, *, compute_time_left: Callable[[], float]) -> None:
        self._socket = incoming
        self._compute_time_left = compute_time_left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._socket.settimeout(self._compute_time_left())
        return self._socket.recv_into(buffer)


def _find_own_name(connection: socket.socket | None) -> str:
    """This end as a server may be told of it: its full name or else its number.

    The name is not looked up, since a name server that hangs would hold us.
    """
    name = socket.gethostname()
    if "." in name or connection is None:
        return name
    number = connection.getsockname()[0]
    return f"[IPv6:{number}]" if ":" in number else f"[{number}]"
