"""The rota as a table: one row for a whole day, two for a day that is split."""

from __future__ import annotations

from pathlib import Path

from rota.domain import Problem, Rota, Seat
from rota.writing.spreadsheet import format_csv
from rota.writing.whole_file import write_whole

COLUMNS = ("staff_no", "name", "team", "date", "site", "kind", "part")


def write_rota(path: Path, problem: Problem, rota: Rota) -> None:
    """Write the seats as `rota_text` has them."""
    write_whole(path, format_rota(problem, rota))


def format_rota(problem: Problem, rota: Rota) -> str:
    """The seats by team, name, date and half; what the problem does not know stays blank."""
    rows = sorted((_build_row(problem, seat) for seat in rota), key=_build_sort_key)
    return format_csv(COLUMNS, rows)


def _build_row(problem: Problem, seat: Seat) -> tuple[str, ...]:
    officer = problem.officers.get(seat.staff_no)
    site = problem.sites.get(seat.site)
    return (
        seat.staff_no,
        officer.name if officer else "",
        officer.team if officer else "",
        str(seat.date),
        seat.site,
        site.kind if site else "",
        seat.part,
    )


def _build_sort_key(row: tuple[str, ...]) -> tuple[str, ...]:
    staff_no, name, team, day, site, _, part = row
    return team, name, day, staff_no, part, site
