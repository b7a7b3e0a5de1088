"""Write units to files, which import to the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rota.domain import Policy, Unit
from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.importing.imported_rota import (
    keep_exportable_history,
    keep_exportable_seats,
    load_published_seats,
)
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.units import history, units
from rota.writing import build_unit_workbook, unit_files, write_unit


def export_unit(database: Database, act: Act, *, name: str, folder: Path) -> None:
    """Write the unit, with what is published, as a folder that imports to the same.

    Published seats of officers and sites that are gone can stand in no file.
    """
    write_unit(folder, *load_exportable(database, act, name=name))


def load_exportable(database: Database, act: Act, *, name: str) -> tuple[Unit, Policy]:
    """The unit, with what is published and known of earlier as far as files can hold it.

    And its policy.
    """
    act.rights.must_manage_whole(name)
    with database.reading() as connection:
        unit = find_unit(connection, name)
        tables = units.load(connection, unit.id)
        published = keep_exportable_seats(tables, load_published_seats(connection, unit))
        past_seats = keep_exportable_history(tables, history.load(connection, unit.id), unit.policy)
    return replace(tables, published=published, history=past_seats), unit.policy


WORKBOOK, CSV_FILES = "xlsx", "zip"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file with its name and what browsers call its kind."""

    name: str
    kind: str
    data: bytes


def export_file(database: Database, act: Act, *, unit: str, form: str) -> ExportedFile:
    """The unit with what is published, in one of the two forms.

    Published seats of officers and sites that are gone can stand in no file.
    """
    act.rights.must_manage_whole(unit)
    if form not in _FORMS:
        raise NotFound(f"A unit cannot be written as {form}. It can be {WORKBOOK} or {CSV_FILES}.")
    kind, write = _FORMS[form]
    data = write(*load_exportable(database, act, name=unit))
    return ExportedFile(f"{_write_file_name(unit)}-{act.today}.{form}", kind, data)


def _zip_files(unit: Unit, policy: Policy) -> bytes:
    """The files of the input folder in an archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in unit_files(unit, policy).items():
            archive.writestr(name, text)
    return data.getvalue()


_FORMS: Mapping[str, tuple[str, Callable[[Unit, Policy], bytes]]] = {
    WORKBOOK: (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        build_unit_workbook,
    ),
    CSV_FILES: ("application/zip", _zip_files),
}


def _write_file_name(unit: str) -> str:
    """The name of the unit as a file may have it."""
    return re.sub(r"[^A-Za-z0-9]+", "-", unit).strip("-").lower() or "unit"
