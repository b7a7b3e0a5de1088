"""A folder of CSV files, with a policy.toml."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from rota.reading.csv_file import read_csv
from rota.reading.file_bytes import build_unreadable_error
from rota.reading.file_tables import POLICY_SHEET
from rota.reading.policy_file import POLICY_FILE, read_policy_file
from rota.reading.table_finder import TableFinder
from rota.reading.unit_files import UnitFiles
from rota.records import TABLES

FILES = {**{table.name: f"{table.name}.csv" for table in TABLES}, POLICY_SHEET.name: POLICY_FILE}
"""The usual name of each table's file, and that of the policy."""


def read_folder(path: Path) -> UnitFiles:
    """The tables in the folder. Raises BadInput if the folder cannot be listed."""
    files = find_tables(path)
    source = UnitFiles(faults=[*files.find_faults()], notes=[*files.list_notes()])
    for table, name in files.holders.items():
        source.attempt(partial(_add, source, table, path / name))
    return source


def find_tables(path: Path) -> TableFinder:
    """Which files of the folder hold the tables. Raises BadInput if the folder cannot be listed."""
    try:
        names = [file.name for file in path.iterdir()]
    except OSError as error:
        raise build_unreadable_error(path, str(path), error) from error
    return TableFinder(names, FILES, "file", path.name or str(path))


def _add(source: UnitFiles, table: str, path: Path) -> None:
    if table == POLICY_SHEET.name:
        source.policy = read_policy_file(path)
    else:
        source.sheets[table] = read_csv(path, table)
