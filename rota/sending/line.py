"""Text that must fit in one line."""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text with every run of spaces, line ends and unprintable characters as one space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
