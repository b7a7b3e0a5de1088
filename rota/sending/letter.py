"""What is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rota.errors import shorten
from rota.sending.failures import LetterRefused
from rota.sending.mailbox import Mailbox


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person.

    `key` is unique, and the same on every attempt: by it a second copy is known for one. `to` is
    an e-mail address, with or without a name. `body` is plain text in lines that end in a line
    feed. `written_at` is a time with its zone.
    """

    key: str
    to: str
    subject: str
    body: str
    written_at: datetime

    @property
    def recipient(self) -> Mailbox:
        """Who gets it. Raises Refused where `to` is not an e-mail address."""
        mailbox = Mailbox.read(self.to)
        if mailbox is None:
            raise LetterRefused(f"{shorten(self.to)!r} is not an e-mail address")
        return mailbox


def join_lines(text: str) -> str:
    """The text with every run of spaces, line ends and unprintable characters as one space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
