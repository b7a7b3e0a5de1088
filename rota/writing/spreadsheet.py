"""Tables that spreadsheets open without harm: no cell of theirs is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = re.compile(r"'*[=+\-@\t\r]|'+[0-9][^']*$")
"""Apostrophes before it are counted in, so that reading can take away the one that was added."""

Value = str | int | float | None


def format_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The table with a header, every text of it as words; None is a blank cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (header, *rows):
        writer.writerow(
            protect_from_formula(cell) if isinstance(cell, str) else cell for cell in row
        )
    return text.getvalue()


def protect_from_formula(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    Reading takes that apostrophe away again.
    """
    return f"'{text}" if _BEGINS_A_FORMULA.match(text) else text
