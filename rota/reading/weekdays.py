"""The ways in which people write weekdays: short or whole, one by one or as a span."""

from __future__ import annotations

import re
from difflib import get_close_matches

from rota.domain import WEEKDAYS
from rota.reading.name_guesses import guess_name

_WHOLE = ("monday", "tuesday", "wednesday", "thursday", "friday")
_USUAL = {"weds": 2}
"""Short forms that no name of a weekday begins with."""

_SHORTEST = 3
_WHOLE_LIKENESS = 0.75
"""How alike a text must be to the whole name of a weekday; the ends of all of them are alike."""

_SEPARATORS = re.compile(r"\s*[;,&]\s*|\s+and\s+|\s+", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|\N{EN DASH}|\N{EM DASH}|\bto\b)\s*", re.IGNORECASE)
_ALL = {"all", "all week", "full time", "full-time", "ft", "every day", "weekdays"}


def read_weekday(text: str) -> int | None:
    """The number of the weekday, 0 for Monday; None where the text names none."""
    folded = text.casefold().rstrip(".")
    if folded in _USUAL:
        return _USUAL[folded]
    if len(folded) < _SHORTEST:
        return None
    return next((n for n, name in enumerate(_WHOLE) if f"{name}s".startswith(folded)), None)


def guess_weekday(text: str) -> str | None:
    """The weekday that the text, which names none, was perhaps meant to name."""
    if name := guess_name(text, WEEKDAYS):
        return name
    whole = get_close_matches(text.casefold()[:20], _WHOLE, n=1, cutoff=_WHOLE_LIKENESS)
    return WEEKDAYS[_WHOLE.index(whole[0])] if whole else None


def find_words(text: str) -> list[tuple[str, list[str]]]:
    """The words of the text, each with the names that it stands for; Mon-Fri is five."""
    joined = _TO.sub("-", text.strip())
    return [(word, _list_span(word)) for word in _SEPARATORS.split(joined) if word]


def find_names(text: str) -> list[str]:
    """The names that stand in the text, and those that a span such as Mon-Fri holds."""
    words = _SEPARATORS.split(_TO.sub("-", text.strip()))
    return [name for word in words if word for name in _list_span(word)]


def guess_all_weekdays(text: str) -> str | None:
    """Every weekday, where the text has another word for them."""
    return " ".join(WEEKDAYS) if text.casefold() in _ALL else None


def _list_span(part: str) -> list[str]:
    first, is_span, last = part.partition("-")
    if not is_span or not first or not last or "-" in last:
        return [part]
    if unknown := [name for name in (first, last) if read_weekday(name) is None]:
        return unknown
    days = range(read_weekday(first) or 0, (read_weekday(last) or 0) + 1)
    return [WEEKDAYS[day] for day in days] or [part]
