"""The settings in a sheet of a workbook, whose cells are all text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rota.reading.cells import Unfit
from rota.reading.file_tables import POLICY_SHEET
from rota.reading.number_cells import percentage, whole_number
from rota.reading.policy import PERCENT
from rota.reading.rows import CellRow
from rota.reading.source import Given

_INTEGER = whole_number(-999_999_999, 999_999_999)


def given_in_sheet(rows: Iterable[CellRow]) -> Iterator[Given]:
    """The settings in the rows that are not at fault."""
    for row in rows:
        if row.holds("setting", "value"):
            yield given_as_text(row["setting"], row["value"], row.number)


def given_as_text(name: str, text: str, row: int | None = None) -> Given:
    """A setting whose value is a text, as somebody writes it in a cell or a form."""
    value = _value(name, text)
    plain = str(value) if isinstance(value, int) else text
    return Given(POLICY_SHEET.name, name, value, plain, row)


def _value(name: str, text: str) -> object:
    """What a policy.toml would hold; a date stays text."""
    if name == "counts":
        return [part.strip() for part in text.split(";") if part.strip()]
    if name == "start":
        return text
    try:
        return (percentage() if name.endswith(PERCENT) else _INTEGER).read(text)
    except Unfit:
        return text
