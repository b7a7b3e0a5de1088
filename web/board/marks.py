"""The marks of a board: for each site a letter of its kind, and for all else one sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rota.domain import Problem
from rota.writing.grid import State
from web.page_parts.words import KIND_LETTERS

CLASSES = {kind: letter.lower() for kind, letter in KIND_LETTERS.items()}
"""The class of a cell by the kind of its site."""

SIGNS = {
    State.NOT_PLANNED: ("z", "?"),
    State.AWAY: ("a", "A"),
    State.OFF: ("x", "-"),
    State.HOLIDAY: ("y", "BH"),
    State.DAY_OFF: ("y", "DO"),
}
"""The class and the text of a cell without a site."""

SPLIT = "q"
"""The class of a cell whose halves differ."""

CHANGED, BY_HAND, LOCKED, BROKEN, STRICTLY_BROKEN = "m", "e", "l", "b", "s"
"""Further classes of a cell."""


def find_site_marks(problem: Problem) -> Mapping[str, str]:
    """The mark of each site: the letter of its kind, with a number where it has several sites."""
    counts = Counter(site.kind for site in problem.sites.values())
    numbers: Counter[str] = Counter()
    marks = {}
    for name, site in problem.sites.items():
        numbers[site.kind] += 1
        number = f"{numbers[site.kind]}" if counts[site.kind] > 1 else ""
        marks[name] = f"{KIND_LETTERS[site.kind]}{number}"
    return marks
