"""CSV text that spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Value = str | int | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The table with a header; None is a blank cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def as_words(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula.

    It is for columns that people read. Staff numbers and sites are written as they are, because
    `rota check` reads them back.
    """
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
