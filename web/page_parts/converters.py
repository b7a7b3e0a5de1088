"""Which numbers an address may have, or a form may send."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST_NUMBER = 2**31 - 1
"""No row of the database has a larger number; the database refuses even to look for one."""


class RowNumber(IntegerConverter):
    """A whole number that a row may have; for any other there is no such page."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        super().__init__(url_map, *args, **{"max": LARGEST_NUMBER, **kwargs})


def read_row_number(text: Any) -> int:
    """The text as the number of a row or of a page of a list. Raises ValueError if it is none."""
    number = int(text)
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(f"no row has the number {number}")
    return number
