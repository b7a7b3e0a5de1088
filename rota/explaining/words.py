"""What is said of a change, to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")

MOST_NAMED = 3
"""Findings, changes or colleagues that are named in a row; of more the rest is only counted."""


class Words(NamedTuple):
    """What every member of staff may read, and what only managers may."""

    says: str
    says_to_managers: str

    @classmethod
    def to_all(cls, sentence: str) -> Words:
        return cls(sentence, sentence)

    def after(self, beginning: str) -> Words:
        return Words.to_all(beginning).and_then(self)

    def and_then(self, more: Words) -> Words:
        return Words(*(f"{text} {rest}" for text, rest in zip(self, more, strict=True)))


def join_sentences(items: Sequence[Item], sentence: Callable[[Item], str]) -> str:
    """A sentence for each of the first few, and how many more there are."""
    return " ".join(_say_first(items, sentence, "And {} more."))


def list_names(items: Sequence[Item], name: Callable[[Item], str]) -> str:
    """The first few by name, and how many more there are."""
    *names, last = _say_first(items, name, "{} more")
    return f"{', '.join(names)} and {last}" if names else last


def _say_first(items: Sequence[Item], words: Callable[[Item], str], more: str) -> list[str]:
    more_items = len(items) - MOST_NAMED
    return [*map(words, items[:MOST_NAMED]), *([more.format(more_items)] if more_items > 0 else [])]
