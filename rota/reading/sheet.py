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

_ROWS_SEARCHED = 10
"""Rows in which another mark than the comma is looked for."""

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows with the numbers that a spreadsheet shows; blank rows are counted but left out.

    The header is in small letters; `titles` has its cells as they were written.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int = 1
    titles: tuple[str, ...] = ()

    @classmethod
    def of(cls, place: str, records: Iterable[Sequence[str]]) -> Sheet:
        """The first record that is not blank is the header. Raises BadInput if there is none."""
        numbered = ((n, tuple(map(tidy, record))) for n, record in enumerate(records, start=1))
        filled = [(n, cells) for n, cells in numbered if any(cells)]
        if not filled:
            raise BadInput(
                [Fault(place, "the table is empty; its first row must name the columns")]
            )
        _refuse_other_delimiters(place, [cells for _, cells in filled[:_ROWS_SEARCHED]])
        row, titles = filled[0]
        header = tuple(name.casefold() for name in titles)
        return cls(header, tuple(filled[1:]), row, titles)


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


def _refuse_other_delimiters(place: str, rows: Sequence[Sequence[str]]) -> None:
    """Refuse a table in whose rows another mark than the comma separates columns.

    Its first row is one cell; so are the others, but for commas in texts.
    """
    if len(rows[0]) > 1:
        return
    are_single = all(len(cells) == 1 for cells in rows)
    for mark, word in _DELIMITERS.items():
        with_mark = [any(mark in cell for cell in cells) for cells in rows]
        if all(with_mark) or (are_single and any(with_mark)):
            reason = f"its columns are separated by {word}; save it as CSV with commas"
            raise BadInput([Fault(place, reason)])
