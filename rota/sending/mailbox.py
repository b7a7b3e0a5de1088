"""Where a letter comes from or goes to."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")

_LONGEST_LOCAL_PART = 64
_LONGEST_ADDRESS = 254

_ENCODED_WORD = "=?"
"""How a header begins letters that are written in ASCII; these could hide a line end."""


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
        if not text.isprintable() or _ENCODED_WORD in text:
            return None
        named = _NAMED.fullmatch(text.strip())
        name, address = named.group("name", "address") if named else ("", text.strip())
        return cls(address, name.strip(' "')) if _is_address(address) else None

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.address.partition("@")[2]


def _is_address(text: str) -> bool:
    if not _ADDRESS.fullmatch(text) or len(text) > _LONGEST_ADDRESS:
        return False
    return len(text.partition("@")[0]) <= _LONGEST_LOCAL_PART
