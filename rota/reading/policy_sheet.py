"""The settings in a sheet of a workbook, whose cells are all text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rota.domain import TIMES_OF_DAY, is_list, list_settings
from rota.reading.cells import Unfit
from rota.reading.file_tables import POLICY_SHEET
from rota.reading.number_cells import percentage, whole_number
from rota.reading.policy import PERCENT
from rota.reading.rows import CellRow
from rota.reading.unit_files import GivenSetting

_INTEGER = whole_number(-999_999_999, 999_999_999)


def read_policy_sheet(rows: Iterable[CellRow]) -> Iterator[GivenSetting]:
    """The settings in the rows that are not at fault."""
    for row in rows:
        if row.holds("setting", "value"):
            yield build_setting_from_text(row["setting"], row["value"], row.number)


def build_setting_from_text(name: str, text: str, row: int | None = None) -> GivenSetting:
    """A setting whose value is a text, as somebody writes it in a cell or a form."""
    value = _convert_value(name, text)
    plain = str(value) if isinstance(value, int) else text
    return GivenSetting(POLICY_SHEET.name, name, value, plain, row)


def _convert_value(name: str, text: str) -> object:
    """What a policy.toml would hold; a date stays text."""
    setting = list_settings().get(name)
    if setting is not None and is_list(setting):
        return [part.strip() for part in text.split(";") if part.strip()]
    if name == "start" or name in TIMES_OF_DAY:
        return text
    try:
        return (percentage() if name.endswith(PERCENT) else _INTEGER).read(text)
    except Unfit:
        return text
