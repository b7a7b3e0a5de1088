"""CSV text that spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = re.compile(r"'*[=+\-@\t\r]|'+[0-9][^']*$")
"""Apostrophes before it are counted in, so that reading can take away the one that was added."""

Value = str | int | float | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The table with a header; None is a blank cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def as_words(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    Reading takes that apostrophe away again. What `plan` writes has staff numbers and sites as
    they are, because other programs read them too.
    """
    return f"'{text}" if _BEGINS_A_FORMULA.match(text) else text
