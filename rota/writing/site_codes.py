"""Short codes for sites, so that a rota of many weeks fits on a page and in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import count

from rota.domain import HOME, Problem

HOME_CODE = "h"
"""In small letters, as every mark that is not the code of a site with a door."""

_LITTLE_WORDS = {"and", "at", "for", "in", "of", "on", "the"}


def assign_site_codes(problem: Problem) -> Mapping[str, str]:
    """A code for each site, no two alike; one added at the end of the table changes no other."""
    codes = {HOME.name: HOME_CODE}
    for site in problem.sites.values():
        if site.name not in codes:
            used_codes = set(codes.values())
            codes[site.name] = next(
                code for code in _list_codes(site.name) if code not in used_codes
            )
    return codes


def _list_codes(name: str) -> Iterator[str]:
    """Codes for a name, the likeliest first, without end."""
    first, *others = _find_telling_words(name)
    yield from (first[0] + word[0] for word in others)
    yield from (first[0] + letter for letter in first[1:])
    yield from (first[0] + letter for word in others for letter in word[1:])
    yield from (f"{first[0]}{n}" for n in count(1))


def _find_telling_words(name: str) -> list[str]:
    """The words in plain capitals; without numbers and little words, if others are left."""
    words = _simplify(name).split() or ["SITE"]
    telling = [
        word for word in words if not word.isdigit() and word.casefold() not in _LITTLE_WORDS
    ]
    return telling or words


def _simplify(name: str) -> str:
    """Capitals A to Z and digits without accents or apostrophes; all else is a blank."""
    letters = unicodedata.normalize(
        "NFKD", name.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    bare = (letter for letter in letters if not unicodedata.combining(letter))
    return "".join(c.upper() if c.isascii() and c.isalnum() else " " for c in bare)
