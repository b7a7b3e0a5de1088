"""The page to which somebody returns after they have signed in."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 2000
"""Most characters of an address to go back to."""


def find_own_path(target: str | None) -> str | None:
    """The address, if it is one of our own pages and so begins with one slash; else None.

    Browsers read a backslash as a slash and leave out line ends, so that neither may be there.
    """
    if not target or len(target) > LONGEST or not target.isprintable() or "\\" in target:
        return None
    if not target.startswith("/") or target.startswith("//"):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
