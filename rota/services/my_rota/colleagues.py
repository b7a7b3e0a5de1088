"""The officers of a unit, each as far as the reader may know them."""

from __future__ import annotations

from dataclasses import dataclass

from rota.domain import Officer
from rota.services.access.act import Act
from rota.services.access.column_rights import ATTRIBUTES, find_readers, keep_readable
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.units import units


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer as everybody in the unit may know them; `officer` is for who may know all."""

    staff_no: str
    name: str
    team: str
    grade: str
    base: str
    officer: Officer | None


def list_colleagues(database: Database, act: Act, *, unit: str) -> tuple[Colleague, ...]:
    """Everybody who has not left the unit, by staff number."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        officers = units.load_officers(connection, find_unit(connection, unit).id, act.today)
    present = (o for o in officers if o.leave_date is None or o.leave_date >= act.today)
    in_order = sorted(present, key=lambda officer: officer.staff_no)
    return tuple(_show_colleague(act, unit, officer) for officer in in_order)


def _show_colleague(act: Act, unit: str, officer: Officer) -> Colleague:
    """The officer as far as the reader may know; details only for who may read all of them."""
    declared = ATTRIBUTES["officers"]
    values = {name: getattr(officer, name) for name in declared}
    readable_values = keep_readable(
        values, declared, find_readers(act.rights, unit, (officer.team,))
    )
    return Colleague(
        staff_no=readable_values["staff_no"],
        name=readable_values["name"],
        team=readable_values["team"],
        grade=readable_values["grade"],
        base=readable_values["base"],
        officer=officer if readable_values == values else None,
    )
