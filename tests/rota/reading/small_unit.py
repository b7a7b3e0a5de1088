"""A unit small enough to be read at a glance, and ways to spoil one line of it."""

from datetime import date
from pathlib import Path

import openpyxl

from rota.errors import BadInput
from rota.reading import Reading
from rota.reading.problem import read_here

TODAY = date(2026, 12, 29)

SITES = """site,kind,desks
Luton,office,8
Bedford,office,
Crown Court,court,
"""
TEAMS = """team,office
Red,Luton
"""
OFFICERS = """staff_no,name,team,grade,start_date,base_site,working_days,mentor
101,Ana Bell,Red,PO,2015-03-02,Luton,Mon Tue Wed,
102,Cai Dunn,Red,PQIP,2026-09-07,Luton,Mon Tue Wed Thu Fri,101
103,Eve Frost,Red,SPO,2011-01-10,Luton,Thu Fri,
"""
UNIT = {"sites.csv": SITES, "teams.csv": TEAMS, "officers.csv": OFFICERS}


def write_unit(folder: Path, **files: str | bytes) -> Path:
    """The small unit as a folder, with these files (sites, policy) instead or as well."""
    named = {
        f"{name}.{'toml' if name == 'policy' else 'csv'}": text for name, text in files.items()
    }
    for name, text in {**UNIT, **named}.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / name).write_bytes(data)
    return folder


def write_workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def cells(text: str) -> list[list[object]]:
    """A CSV text without quotes as the cells of a sheet, whole numbers as numbers."""
    lines = (line.split(",") for line in text.splitlines())
    return [[int(cell) if cell.isdigit() else cell or None for cell in line] for line in lines]


def small_sheets() -> dict[str, list[list[object]]]:
    return {name.removesuffix(".csv"): cells(text) for name, text in UNIT.items()}


def read(path: Path, **options: object) -> Reading:
    """As anybody reads it, but in this process, which is quicker than in one of its own."""
    return read_here(path, today=TODAY, **options)  # type: ignore[arg-type]


def faults(path: Path, **options: object) -> list[str]:
    """The sentences with which reading refuses the path; none if it reads."""
    try:
        read(path, **options)
    except BadInput as bad:
        return [str(fault) for fault in bad.faults]
    return []
