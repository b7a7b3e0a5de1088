"""A table as text: a header and numbered rows, before any cell is understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rota.errors import BadInput, Fault

_NEUTRALISED = re.compile(r"'+[=+\-@]|'+[0-9][^']*$")
"""A text that begins like a formula or a number where a spreadsheet is to take it for text."""

_ANY_BLANK = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Blanks of other widths, and those at which a line does not break."""

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with the numbers that a spreadsheet shows; blank rows are counted but left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @classmethod
    def of(cls, place: str, records: Iterable[Sequence[str]]) -> Sheet:
        """The first record that is not blank is the header. Raises BadInput if there is none."""
        numbered = ((n, tuple(map(tidy, record))) for n, record in enumerate(records, start=1))
        filled = [(n, cells) for n, cells in numbered if any(cells)]
        if not filled:
            raise BadInput(
                [Fault(place, "the table is empty; its first row must name the columns")]
            )
        header = tuple(name.casefold() for name in filled[0][1])
        _refuse_other_delimiters(place, header)
        return cls(header, tuple(filled[1:]))


def tidy(text: str) -> str:
    """The text without blanks around it, in Unicode's composed form, blanks of one kind.

    One apostrophe goes that stands before a =, +, - or @ lest it begin a formula, or before digits
    lest it be a number. A text that needs nothing stays the very object, with the day that a
    Number carries.
    """
    if not text.isascii():
        text = _ANY_BLANK.sub(" ", unicodedata.normalize("NFC", text))
    if text[:1].isspace() or text[-1:].isspace():
        text = text.strip()
    return text[1:] if _NEUTRALISED.match(text) else text


def _refuse_other_delimiters(place: str, header: Sequence[str]) -> None:
    if len(header) > 1:
        return
    for mark, word in _DELIMITERS.items():
        if mark in header[0]:
            says = f"its columns are separated by {word}; save it as CSV with commas"
            raise BadInput([Fault(place, says)])
