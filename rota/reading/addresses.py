"""E-mail addresses that a server would take.

Addresses are in ASCII, because not every server takes others.
"""

from __future__ import annotations

import re

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
"""What stands between the dots before the @ of an address, and after it."""

LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64
"""Characters of an address, and of what stands before its @ (RFC 5321)."""

ENCODED_WORD = "=?"
"""How a header begins letters that are written in ASCII; these could hide a line end."""

_ADDRESS = re.compile(rf"{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+(?!\d+\Z){LABEL}")
_WITHIN = re.compile(rf"{ATOM}(?:\.{ATOM})*@[A-Za-z0-9.-]*[A-Za-z0-9]")


def is_address(text: str) -> bool:
    """Whether it is one address, whose domain has a dot."""
    local = text.partition("@")[0]
    is_short = len(text) <= LONGEST_ADDRESS and len(local) <= LONGEST_LOCAL_PART
    return is_short and ENCODED_WORD not in text and _ADDRESS.fullmatch(text) is not None


def find_addresses(text: str) -> list[str]:
    """The addresses that stand in the text, such as one in angle brackets or after mailto:."""
    return [address for address in _WITHIN.findall(text) if is_address(address)]
