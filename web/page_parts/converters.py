"""What may stand for a number in the address of a page, or be sent for one."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST_NUMBER = 2**31 - 1
"""No row of the database has a larger number; it refuses even to be asked for one."""


class RowNumber(IntegerConverter):
    """A whole number that a row may have; with any other, there is no such page."""

    def __init__(self, its: Map, *args: Any, **rest: Any) -> None:
        super().__init__(its, *args, **{"max": LARGEST_NUMBER, **rest})


def whole_number(text: Any) -> int:
    """The number that a row or a page of a list may have. Raises ValueError for any other text."""
    number = int(text)
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(f"no row has the number {number}")
    return number
