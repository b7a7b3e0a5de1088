"""Who is published to be where on one date, and how many desks there are then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from rota.domain import HALVES, MANAGER_GRADE, OFFICE, TRAINEE_GRADE, WHOLE_DAY, list_halves
from rota.store.rotas.absence import find_part_there, is_void
from rota.store.units.rows import STORAGE, table_of
from rota.tables import PublishedSeatTable

_SEAT = table_of(PublishedSeatTable)

_OFFICER, _TEAM, _SITE, _CLOSURE = (
    STORAGE[name].table for name in ("officers", "teams", "sites", "closures")
)

_UNIT: BindParameter[Any] = bindparam("unit")

_DAY: BindParameter[Any] = bindparam("day")

_MENTORS = select(_OFFICER.c.mentor).where(
    _OFFICER.c.unit_id == _UNIT, _OFFICER.c.mentor.is_not(None)
)

_PRESENT = (
    select(
        _OFFICER.c.staff_no,
        _OFFICER.c.name,
        _OFFICER.c.team,
        _OFFICER.c.grade,
        _SEAT.c.site,
        _OFFICER.c.staff_no.in_(_MENTORS),
        find_part_there(_SEAT),
    )
    .join(
        _OFFICER,
        (_OFFICER.c.unit_id == _SEAT.c.unit_id) & (_OFFICER.c.staff_no == _SEAT.c.staff_no),
    )
    .where(_SEAT.c.unit_id == _UNIT, _SEAT.c.date == _DAY, _SEAT.c.until.is_(None))
    .where(~is_void(_SEAT))
    .order_by(_OFFICER.c.name, _OFFICER.c.staff_no, _SEAT.c.part)
)

_SITES = (
    select(_SITE.c.name, _SITE.c.kind, _SITE.c.desks, _CLOSURE.c.part, _CLOSURE.c.desks)
    .outerjoin(
        _CLOSURE,
        (_CLOSURE.c.unit_id == _SITE.c.unit_id)
        & (_CLOSURE.c.site == _SITE.c.name)
        & (_CLOSURE.c.first <= _DAY)
        & (_CLOSURE.c.last >= _DAY),
    )
    .where(_SITE.c.unit_id == _UNIT)
    .order_by(_SITE.c.name, _CLOSURE.c.desks.desc())
)

_HERE = (_OFFICER.c.unit_id == _UNIT) & (_OFFICER.c.staff_no == bindparam("staff_no"))

_HOME_TEAM = select(_OFFICER.c.team).where(_HERE).scalar_subquery()

_USUAL = (
    select(_SITE.c.name)
    .where(_SITE.c.unit_id == _UNIT, _SITE.c.kind == OFFICE)
    .order_by(
        _SITE.c.name != func.coalesce(select(_OFFICER.c.base).where(_HERE).scalar_subquery(), ""),
        _SITE.c.name
        != func.coalesce(
            select(_TEAM.c.office)
            .where(
                _TEAM.c.unit_id == _UNIT,
                _TEAM.c.name == func.coalesce(_HOME_TEAM, bindparam("team")),
            )
            .scalar_subquery(),
            "",
        ),
        _SITE.c.name,
    )
    .limit(1)
)


class Present(NamedTuple):
    """An officer's published site on a date, and the part of the day when they are there."""

    staff_no: str
    name: str
    team: str
    grade: str
    site: str
    is_mentor: bool
    part: str = WHOLE_DAY

    @property
    def is_manager(self) -> bool:
        return self.grade == MANAGER_GRADE

    @property
    def is_trainee(self) -> bool:
        return self.grade == TRAINEE_GRADE


class SiteOnDay(NamedTuple):
    """A site on a date, with its desks in each half; None is no limit.

    The number of a closure stands in place of the site's own, the smallest of several.
    """

    name: str
    kind: str
    desks: Mapping[str, int | None]


def list_present(connection: Connection, unit_id: int, day: date) -> tuple[Present, ...]:
    """Everybody who is published for the day and not away then, by name."""
    rows = connection.execute(_PRESENT, {"unit": unit_id, "day": day}).all()
    return tuple(Present(*row) for row in rows)


def list_sites(connection: Connection, unit_id: int, day: date) -> tuple[SiteOnDay, ...]:
    """The sites of the unit on the day, by name."""
    sites: dict[str, SiteOnDay] = {}
    for name, kind, desks, part, instead in connection.execute(
        _SITES, {"unit": unit_id, "day": day}
    ):
        site = sites.get(name) or SiteOnDay(name, kind, dict.fromkeys(HALVES, desks))
        closed = {} if part is None else dict.fromkeys(list_halves(part), instead)
        sites[name] = site._replace(desks={**site.desks, **closed})
    return tuple(sites.values())


def find_usual_office(
    connection: Connection, unit_id: int, *, staff_no: str | None, team: str | None
) -> str | None:
    """The officer's base, if it is an office, else that of their team, or of a team that is named.

    For whoever has neither it is the first by name.
    """
    values = {"unit": unit_id, "staff_no": staff_no or "", "team": team or ""}
    name: str | None = connection.scalar(_USUAL, values)
    return name
