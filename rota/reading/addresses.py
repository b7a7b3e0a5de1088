"""E-mail addresses that a server would take."""

from __future__ import annotations

import re

LONGEST_ADDRESS, LONGEST_LOCAL = 254, 64
"""Characters of an address, and of what stands before its @ (RFC 5321)."""

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?!\d+\Z){_LABEL}")
_WITHIN = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[\w.-]*\w")


def is_address(text: str) -> bool:
    """Whether it is one address, whose domain has a dot."""
    local = text.partition("@")[0]
    is_short = len(text) <= LONGEST_ADDRESS and len(local) <= LONGEST_LOCAL
    return is_short and _ADDRESS.fullmatch(text) is not None


def addresses_within(text: str) -> list[str]:
    """The addresses that stand in the text, such as one in angle brackets or after mailto:."""
    return [found for found in _WITHIN.findall(text) if is_address(found)]
