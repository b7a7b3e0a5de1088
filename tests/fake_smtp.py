"""A mail server on this machine that can fail at every stage, and says what it has accepted.

    with FakeSmtp(faults={"rcpt": "450 4.2.0 later"}) as server:   # always, at this stage
    with FakeSmtp(seed=7, trouble=0.3) as server:                  # at random, at every stage
        ...                                                        # send to 127.0.0.1, server.port
        server.counts                                              # Message-ID -> times accepted

It listens on TCP, so other processes can send to it too. `faults` may change under way. With
`hang` seconds it hangs; it lets go early when it is stopped. `account` asks for a login, `tls` is
the context for STARTTLS, or for TLS from the first byte if `is_tls_at_once`.
"""

from __future__ import annotations

import base64
import re
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from socketserver import StreamRequestHandler, ThreadingTCPServer

STAGES = ("connect", "ehlo", "mail", "rcpt", "data", "body", "end", "accepted")
"""Before a reply, but for `body`: after its first line, and `accepted`: between that and saying so.

At `end` the whole message is there and is not accepted yet.
"""

DROP, HANG, DRIP = "drop", "hang", "drip"
"""Faults; any other text is what the server says instead."""

BUSY = "421 4.3.2 busy"
WITHOUT_REPLY = ("body", "accepted")
"""Stages at which a server cannot say that it is busy."""


@dataclass(frozen=True, slots=True)
class Accepted:
    message_id: str
    sender: str
    to: str
    raw: bytes


class FakeSmtp(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 100

    def __init__(
        self,
        *,
        port: int = 0,
        seed: int = 0,
        trouble: float | Mapping[str, float] = 0.0,
        faults: Mapping[str, str] | None = None,
        hang: float = 30.0,
        account: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        is_tls_at_once: bool = False,
    ) -> None:
        self.chances = _chances(trouble)
        self.faults = dict(faults or {})
        self.hang, self.account = hang, account
        self.tls, self.is_tls_at_once = tls, is_tls_at_once
        self.stopped = threading.Event()
        self._random, self._lock = Random(seed), threading.Lock()
        self._accepted: list[Accepted] = []
        self._unsaid: list[str] = []
        self._met: list[tuple[str, str]] = []
        self._commands: list[str] = []
        super().__init__(("127.0.0.1", port), _Talk)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)

    def __enter__(self) -> FakeSmtp:
        threading.Thread(target=self.serve_forever, args=(0.01,)).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.shutdown()
        self.server_close()

    @property
    def port(self) -> int:
        return self.server_address[1]

    @property
    def accepted(self) -> list[Accepted]:
        with self._lock:
            return [*self._accepted]

    @property
    def counts(self) -> Counter[str]:
        """How often each Message-ID was accepted."""
        return Counter(accepted.message_id for accepted in self.accepted)

    @property
    def unsaid(self) -> Counter[str]:
        """How often each Message-ID was accepted and the sender not told."""
        with self._lock:
            return Counter(self._unsaid)

    @property
    def met(self) -> Counter[tuple[str, str]]:
        """How often which fault was met at which stage."""
        with self._lock:
            return Counter(self._met)

    @property
    def commands(self) -> list[str]:
        """What senders said outside of messages, in order."""
        with self._lock:
            return [*self._commands]

    def fault(self, stage: str) -> str | None:
        with self._lock:
            fault = self.faults.get(stage) or self._by_chance(stage)
            if fault:
                self._met.append((stage, fault))
            return fault

    def hear(self, command: str) -> None:
        with self._lock:
            self._commands.append(command)

    def accept(self, letter: Accepted) -> None:
        with self._lock:
            self._accepted.append(letter)

    def leave_unsaid(self, letter: Accepted) -> None:
        with self._lock:
            self._unsaid.append(letter.message_id)

    def _by_chance(self, stage: str) -> str | None:
        if self._random.random() >= self.chances[stage]:
            return None
        return self._random.choice((DROP, HANG) if stage in WITHOUT_REPLY else (DROP, HANG, BUSY))


def _chances(trouble: float | Mapping[str, float]) -> dict[str, float]:
    """The chance of a fault per stage; one number is spread over the stages of a conversation."""
    if isinstance(trouble, Mapping):
        return {stage: trouble.get(stage, 0.0) for stage in STAGES}
    return dict.fromkeys(STAGES, trouble / len(STAGES))


class _DroppedError(Exception):
    """The connection is to be closed without another word."""


class _Talk(StreamRequestHandler):
    timeout = 10
    server: FakeSmtp
    sender = to = ""

    def handle(self) -> None:
        with suppress(_DroppedError, ConnectionError, TimeoutError, ssl.SSLError):
            if self.server.is_tls_at_once:
                self.encrypt()
            self.reply("connect", "220 mail.example.org ready")
            while (line := self.rfile.readline()) and self.answer(line.decode().strip()):
                pass

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.connection.close()

    def answer(self, line: str) -> bool:
        """Answer a command; whether to go on."""
        self.server.hear(line)
        match line.upper().partition(" ")[0]:
            case "EHLO" | "HELO":
                self.reply("ehlo", self.abilities())
            case "STARTTLS" if self.server.tls:
                self.say("220 go on")
                self.encrypt()
            case "AUTH" if self.server.account:
                self.say("235 welcome" if line == self.login() else "535 5.7.8 no")
            case "MAIL":
                self.sender = _address(line)
                self.reply("mail", "250 OK")
            case "RCPT":
                self.to = _address(line)
                self.reply("rcpt", "250 OK")
            case "DATA":
                if self.reply("data", "354 go on"):
                    self.take()
            case "QUIT":
                self.say("221 bye")
                return False
            case _:
                self.say("502 5.5.1 what?")
        return True

    def take(self) -> None:
        """Read the message, and accept it if it has an end."""
        first = self.rfile.readline()
        self.meet("body")
        lines = [first]
        while lines[-1] != b".\r\n":
            lines.append(self.rfile.readline())
            if not lines[-1]:
                raise _DroppedError
        raw = b"".join(re.sub(rb"^\.", b"", line) for line in lines[:-1])
        if (fault := self.meet("end")) is None:
            self.accept(raw)
        else:
            self.say(fault)

    def accept(self, raw: bytes) -> None:
        message_id = re.search(rb"^message-id:\s*(\S+)", raw, re.IGNORECASE | re.MULTILINE)
        letter = Accepted(message_id[1].decode() if message_id else "", self.sender, self.to, raw)
        self.server.accept(letter)
        try:
            self.meet("accepted")
        except _DroppedError:
            self.server.leave_unsaid(letter)
            raise
        self.say(f"250 OK {len(self.server.accepted)}")

    def reply(self, stage: str, otherwise: str) -> bool:
        """Say it unless the stage has a fault; whether it was said."""
        fault = self.meet(stage, otherwise)
        self.say(fault or otherwise)
        return fault is None

    def meet(self, stage: str, otherwise: str = "") -> str | None:
        """What to say for a fault at this stage, None without one."""
        fault = self.server.fault(stage)
        if fault == DRIP:
            self.drip(f"{otherwise[:3]}-and\r\n".encode())
        if fault == HANG:
            self.server.stopped.wait(self.server.hang)
        if fault in (DROP, HANG, DRIP):
            raise _DroppedError
        return fault

    def drip(self, line: bytes) -> None:
        ends = time.monotonic() + self.server.hang
        while time.monotonic() < ends and not self.server.stopped.wait(0.02):
            self.wfile.write(line)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def abilities(self) -> str:
        able = ["STARTTLS"] if self.server.tls and not self.is_encrypted else []
        able += ["AUTH PLAIN"] if self.server.account else []
        return "\r\n".join(["250-mail.example.org", *(f"250-{word}" for word in able), "250 HELP"])

    def login(self) -> str:
        assert self.server.account
        words = "\0".join(("", *self.server.account)).encode()
        return f"AUTH PLAIN {base64.b64encode(words).decode()}"

    @property
    def is_encrypted(self) -> bool:
        return isinstance(self.connection, ssl.SSLSocket)

    def encrypt(self) -> None:
        assert self.server.tls
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
