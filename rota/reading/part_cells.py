"""The ways in which people write the part of a day that something is for."""

from __future__ import annotations

import re

from rota.domain import AM, HALVES, PM
from rota.reading.cells import NO_VALUE, Cell, refuse
from rota.reading.name_guesses import guess_name

_HALVES = {
    **dict.fromkeys(("am", "morning", "mornings", "forenoon"), AM),
    **dict.fromkeys(("pm", "afternoon", "afternoons"), PM),
}
_ALL_DAY = (
    *("all", "all day", "whole", "whole day", "full", "full day", "day", "both"),
    *("am pm", "am and pm", "am/pm", "am & pm", "am+pm"),
)
_NEEDLESS = re.compile(r"\b(in|the|only|half|day)\b")
"""Words around the name of a half, such as those of half day (am)."""

_NO_WORD = re.compile(r"[\s()\-]+")


def read_half(text: str) -> str | None:
    """The half of the day that the text names; None where it names none."""
    folded = text.casefold().replace(".", "")
    if folded in _HALVES:
        return _HALVES[folded]
    return _HALVES.get(_NO_WORD.sub(" ", _NEEDLESS.sub(" ", folded)).strip())


def _read_part(text: str) -> str:
    return read_half(text) or refuse(text, maybe=guess_name(text, HALVES))


PART = Cell(
    f"one of {', '.join(HALVES)}, or blank for all day",
    _read_part,
    HALVES,
    blanks=NO_VALUE | frozenset(_ALL_DAY),
)
