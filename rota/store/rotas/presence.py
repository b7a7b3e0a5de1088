"""Who is published to be where on one date, and how many desks there are then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, select

from rota.domain import (
    HALVES,
    MANAGER_GRADE,
    OFFICE,
    TRAINEE_GRADE,
    WHOLE_DAY,
    Away,
    Officer,
    Site,
    Unit,
    has_half,
    list_halves,
    without_halves,
)
from rota.store.rotas.absence import find_part_there, is_void
from rota.store.units.rows import table_of
from rota.tables import PublishedSeatTable

_SEAT = table_of(PublishedSeatTable)

_DAY: BindParameter[Any] = bindparam("day")

_SEATS = (
    select(_SEAT.c.staff_no, _SEAT.c.site, find_part_there(_SEAT))
    .where(_SEAT.c.unit_id == bindparam("unit"), _SEAT.c.date == _DAY, _SEAT.c.until.is_(None))
    .where(~is_void(_SEAT))
    .order_by(_SEAT.c.part)
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


def list_present(
    connection: Connection, unit_id: int, tables: Unit, day: date
) -> tuple[Present, ...]:
    """Everybody who is published for the day and not away then, by name, as they are on the day.

    Whoever has been removed by then is left out.
    """
    officers = {officer.staff_no: officer for officer in _list_officers(tables, day)}
    mentors = {officer.mentor for officer in officers.values()}
    spells = _list_spells_of_removed(tables, day)
    seats = connection.execute(_SEATS, {"unit": unit_id, "day": day})
    present = [
        Present(staff_no, o.name, o.team, o.grade, site, staff_no in mentors, part)
        for staff_no, site, part_planned in seats
        if (o := officers.get(staff_no)) is not None
        and (part := without_halves(part_planned, spells[staff_no])) is not None
    ]
    return tuple(sorted(present, key=lambda person: (person.name, person.staff_no)))


def _list_spells_of_removed(tables: Unit, day: date) -> Mapping[str, set[str]]:
    """The halves of the day in which those were away who have been removed since."""
    halves: dict[str, set[str]] = defaultdict(set)
    for each in tables.earlier_rows:
        if isinstance(each.row, Away) and each.row.first <= day <= each.row.last:
            halves[each.row.staff_no].update(list_halves(each.row.part))
    return halves


def _list_officers(tables: Unit, day: date) -> Iterator[Officer]:
    """Those who are there on the day, on its terms."""
    terms = tables.spread_officers(day, day)
    return (terms.find_on(name, day) for name in terms.by_name if terms.is_there(name, day))


def list_sites(tables: Unit, day: date) -> tuple[SiteOnDay, ...]:
    """The sites of the unit on the day, by name."""
    terms = tables.spread_sites(day, day)
    names = sorted(name for name in terms.by_name if terms.is_there(name, day))
    sites = [terms.find_on(name, day) for name in names]
    return tuple(
        SiteOnDay(s.name, s.kind, {half: _count_desks(tables, s, day, half) for half in HALVES})
        for s in sites
    )


def _count_desks(tables: Unit, site: Site, day: date, half: str) -> int | None:
    """The site's desks then, or the fewest that closures leave."""
    instead = [
        closure.desks
        for closure in tables.recall_rows(day, day).closures
        if closure.site == site.name
        and closure.first <= day <= closure.last
        and has_half(closure.part, half)
    ]
    return min(instead, default=site.desks)


def find_usual_office(
    tables: Unit, day: date, *, staff_no: str | None, team: str | None
) -> str | None:
    """The officer's base, if it is an office, else that of their team, or of a team that is named.

    For whoever has neither it is the first by name.
    """
    officer = next((o for o in _list_officers(tables, day) if o.staff_no == staff_no), None)
    teams = tables.spread_teams(day, day)
    own_team = officer.team if officer else team
    usual = (
        officer.base if officer else None,
        teams.find_on(own_team, day).office if own_team and own_team in teams.by_name else None,
    )
    offices = [site.name for site in list_sites(tables, day) if site.kind == OFFICE]
    return next((name for name in (*usual, *offices) if name in offices), None)
