"""What a user perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

WORD_LIKENESS, NUMBER_LIKENESS = 0.6, 0.75
"""How alike two words or two numbers must be, from 0 to 1; any two numbers are somewhat alike."""

MOST_SEARCHES = 200
"""Searches among one set of names; beyond, a file is so wrong that guesses help nobody."""


class AllowedNames:
    """Names that may stand in a cell."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = dict.fromkeys(names)
        self._folded = {name.casefold(): name for name in self._names}
        self._found: dict[str, str | None] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def guess(self, value: str) -> str | None:
        """The one name that the value was perhaps meant to be."""
        folded = value.casefold()
        if folded not in self._found:
            self._found[folded] = self._search(folded)
        return self._found[folded]

    def _search(self, folded: str) -> str | None:
        name = (
            self._folded.get(folded)
            or self._find_without_zeros(folded)
            or self._find_swapped(folded)
        )
        if name or len(self._found) >= MOST_SEARCHES:
            return name
        return self._find_begun(folded) or self._find_alike(folded)

    def _find_without_zeros(self, folded: str) -> str | None:
        """The name that differs by zeros before it alone, which spreadsheets take away."""
        if not folded.isdecimal():
            return None
        bare = folded.lstrip("0")
        return next((n for f, n in self._folded.items() if f.lstrip("0") == bare), None)

    def _find_swapped(self, folded: str) -> str | None:
        """The name that differs by two neighbouring characters, such as 40471 for 40417."""
        swaps = (
            folded[:n] + folded[n + 1] + folded[n] + folded[n + 2 :]
            for n in range(min(len(folded), 100) - 1)
        )
        return next((self._folded[swap] for swap in swaps if swap in self._folded), None)

    def _find_begun(self, folded: str) -> str | None:
        """The name that the value begins with, such as Tue for Tuesday."""
        if folded.isdigit():
            return None
        names_begun = (self._folded[name] for name in self._folded if _is_beginning(folded, name))
        return max(names_begun, key=len, default=None)

    def _find_alike(self, folded: str) -> str | None:
        likeness = NUMBER_LIKENESS if folded.isdigit() else WORD_LIKENESS
        close = get_close_matches(folded[:100], self._folded, n=2, cutoff=likeness)
        if not close or (folded.isdigit() and len(close) > 1):
            return None
        return self._folded[close[0]]


def guess_name(value: str, names: Iterable[str]) -> str | None:
    """The one of the names that the value was perhaps meant to be."""
    return AllowedNames(names).guess(value)


def _is_beginning(folded: str, name: str) -> bool:
    return len(name) > 2 and folded.startswith(name)
