"""The XML parts of a workbook, gone through piece by piece, as a small one can hold millions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from rota.errors import BadInput, Fault

MOST_ELEMENTS = 2_000_000
"""XML elements of all parts of a workbook; a cell with a text takes three, a blank one with a
format takes one."""

DEEPEST = 100
"""Elements that may stand inside one another; spreadsheet programs write about ten."""

LONGEST_TAG = 2**16
"""Characters of an element with its attributes; spreadsheet programs write a few hundred."""

_TOO_LONG = re.compile(rb"<[^<>]{%d}" % LONGEST_TAG)

_UNUSUAL = "which no spreadsheet program writes"

_BETWEEN = " "
"""Stands between the address of a namespace and a name in it; neither can hold one."""


class Hand:
    """What is done on the way through a part; this one does nothing.

    A `tag` is without its namespace; `attributes` have their own before them, and a blank between.
    """

    def open(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def hold(self, text: str) -> None:
        """A text, or a piece of it, stands in the innermost element."""

    def close(self, tag: str) -> None:
        """The element ends."""


class Walk:
    """The way through the parts of one workbook, which counts the elements of all of them."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._elements = 0

    def go_through(self, name: str, data: bytes, hand: Hand | None = None) -> None:
        """Go through the part.

        Raises BadInput where it has too many elements or too deep ones, or declares entities, and
        ExpatError where it is no XML.
        """
        if data.count(b"<") > 2 * MOST_ELEMENTS:
            raise self._refuse_too_many(
                name
            )  # An element has two marks at most, so there are too many.
        if _TOO_LONG.search(data):
            sentence = f"an element in {name} is longer than {LONGEST_TAG:,} characters"
            raise self._build_refusal(f"{sentence}, {_UNUSUAL}")
        depth = 0
        hand = hand or Hand()

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self._elements += 1
            if self._elements > MOST_ELEMENTS:
                raise self._refuse_too_many(name)
            if depth > DEEPEST:
                sentence = f"more than {DEEPEST} elements stand inside one another in {name}"
                raise self._build_refusal(f"{sentence}, {_UNUSUAL}")
            hand.open(tag.rpartition(_BETWEEN)[2], attributes)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1
            hand.close(tag.rpartition(_BETWEEN)[2])

        def refuse_entities(*_: object) -> None:
            raise self._build_refusal(f"{name} declares a document type, {_UNUSUAL}")

        parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = hand.hold
        parser.StartDoctypeDeclHandler = refuse_entities
        parser.Parse(data, True)

    def _refuse_too_many(self, name: str) -> BadInput:
        return self._build_refusal(
            f"it holds more than {MOST_ELEMENTS:,} cells, rows and other elements (counted up to "
            f"{name}), blank cells with a format included, and no more are read; copy the values "
            "alone into a new workbook"
        )

    def _build_refusal(self, sentence: str) -> BadInput:
        return BadInput([Fault(self._place, sentence)])
