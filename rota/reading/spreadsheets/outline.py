"""What a sheet of a workbook holds besides its values."""

from __future__ import annotations

from dataclasses import dataclass, field

from rota.errors import BadInput, Fault, shorten

MOST_ROWS, MOST_COLUMNS = 2**20, 2**14
"""Rows and columns that a sheet can have."""

MOST_SHEETS = 250

MOST_CELLS = 300_000
"""Cells of all sheets that hold something.

A unit of 185 officers with a rota of 12 weeks has about 50,000.
"""

MOST_PLACES = 1_000_000
"""Places of one sheet for cells, from its first one to the last row and column with something."""


@dataclass(slots=True)
class Outline:
    """How far a sheet reaches, what of it is hidden, and which of its cells show no plain value.

    Rows and columns are counted from 1. `shown_texts` has what such a cell shows: an error, a
    formula never worked out, or a number with a percent sign or zeros before it.
    """

    title: str
    cells: int = 0
    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    shown_texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def hold(self, row: int, column: int, *, rows: int = 1, columns: int = 1) -> None:
        """Something stands at the place, or in so many rows and columns from there on."""
        self.cells += rows * columns
        self.rows = max(self.rows, row + rows - 1)
        self.columns = max(self.columns, column + columns - 1)

    @property
    def is_too_large(self) -> bool:
        """Whether it will be refused, so that nothing more need be kept of it."""
        return self.cells > MOST_CELLS

    def hide_rows(self, first: int, last: int) -> None:
        """The rows, which hold something, are hidden."""
        if not self.is_too_large:
            self.hidden_rows.update(range(first, last + 1))

    def hide_columns(self, first: int, last: int) -> None:
        """The columns are hidden."""
        self.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))


def refuse_large(outlines: list[Outline], place: str) -> None:
    """Raise BadInput for too many sheets or cells, and for cells that stand too far out."""
    if len(outlines) > MOST_SHEETS:
        sentence = f"it has {len(outlines):,} sheets, and no more than {MOST_SHEETS} are read"
        raise BadInput([Fault(place, sentence)])
    cells = sum(outline.cells for outline in outlines)
    if cells > MOST_CELLS:
        sentence = f"its sheets hold {cells:,} cells, and no more than {MOST_CELLS:,} are read"
        raise BadInput([Fault(place, sentence)])
    wide = (each for each in outlines if each.rows * each.columns > MOST_PLACES)
    if faults := [Fault(place, _say_too_far_out(outline)) for outline in wide]:
        raise BadInput(faults)


def _say_too_far_out(outline: Outline) -> str:
    return (
        f"the sheet {shorten(outline.title)} reaches down to row {outline.rows:,} and over "
        f"{outline.columns:,} columns, and no more than {MOST_PLACES:,} places are read; clear "
        "what stands far from its table"
    )
