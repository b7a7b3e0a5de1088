"""Where a letter comes from or goes to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rota.reading.addresses import (
    ATOM,
    ENCODED_WORD,
    LABEL,
    LONGEST_ADDRESS,
    LONGEST_LOCAL_PART,
)

_ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@{LABEL}(?:\.{LABEL})*")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An e-mail address, and the name of who reads there if it is told."""

    address: str
    name: str = ""

    @classmethod
    def read(cls, text: str) -> Mailbox | None:
        """The mailbox in `ann@example.org` or `Ann Ash <ann@example.org>`, None if it is neither.

        Addresses are in ASCII, because not every server takes others.
        """
        if not text.isprintable() or ENCODED_WORD in text:
            return None
        match = _NAMED.fullmatch(text.strip())
        name, address = match.group("name", "address") if match else ("", text.strip())
        return cls(address, name.strip(' "')) if _is_address(address) else None

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.address.partition("@")[2]


def _is_address(text: str) -> bool:
    if not _ADDRESS.fullmatch(text) or len(text) > LONGEST_ADDRESS:
        return False
    return len(text.partition("@")[0]) <= LONGEST_LOCAL_PART
