"""What may stand for a number in the address of a page."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""No row of the database has a larger number; it refuses even to be asked for one."""


class RowNumber(IntegerConverter):
    """A whole number that a row may have; with any other, there is no such page."""

    def __init__(self, its: Map, *args: Any, **rest: Any) -> None:
        super().__init__(its, *args, **{"max": LARGEST, **rest})
