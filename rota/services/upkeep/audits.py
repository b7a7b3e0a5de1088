"""What was done, by whom, when and from where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.moments import find_start_of_day
from rota.records.naming import NAMING_OFFICERS
from rota.services.access.act import Act, name_actors_in
from rota.services.access.audit_details import hide_from_administrators, hide_from_heads
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.units import units
from rota.store.upkeep import audit
from rota.store.upkeep.audit import AuditEntry, AuditSearch
from rota.writing.audit_lines import CalledNames

MOST = 50
"""Entries that are shown at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which deeds to find; both dates belong to the range."""

    actor: str | None = None
    what: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Deeds, the newest first; `older` is the number below which there are more.

    `actors` and `actions` can be searched for. `called` is what people are called: by the name of
    the detail that they are in, such as `user`, or by `who` for actors, and by what is stored.
    """

    entries: tuple[AuditEntry, ...]
    older: int | None
    actors: tuple[str, ...]
    actions: tuple[str, ...]
    called: CalledNames = field(default_factory=dict)


def list_latest(
    database: Database, act: Act, *, unit: str | None = None, most: int = 50
) -> tuple[AuditEntry, ...]:
    """So many deeds with all details, the newest first; an operator sees those of all units."""
    act.rights.must_audit_as_kept(unit)
    with database.reading() as connection:
        unit_id = find_unit(connection, unit).id if unit else None
        return audit.list_latest(connection, unit_id, most=most)


def find_in_unit(
    database: Database, act: Act, *, unit: str, search: AuditFilter, before: int | None = None
) -> AuditPage:
    """What was done in the unit.

    Those who do not manage all of it see neither what officers ask nor what only managers know.
    """
    act.rights.must_audit(unit)
    sees_all = act.rights.manages_whole(unit)
    with database.reading() as connection:
        number = find_unit(connection, unit).id
        deeds = _find_deeds(connection, number, _build_search(search, has_asks=sees_all), before)
        everybody = units.load_officers_ever(connection, number, act.today)
        officers = {staff_no: str(officer) for staff_no, officer in everybody.items()}
        deeds = replace(deeds, called={**deeds.called, **dict.fromkeys(NAMING_OFFICERS, officers)})
    return deeds if sees_all else _hide_details(hide_from_heads, deeds)


def find_outside_units(
    database: Database, act: Act, *, search: AuditFilter, before: int | None = None
) -> AuditPage:
    """What was done in no unit: signing in, and the care for users."""
    act.rights.must_administer()
    with database.reading() as connection:
        deeds = _find_deeds(connection, None, _build_search(search, has_asks=False), before)
    return deeds if act.rights.is_operator else _hide_details(hide_from_administrators, deeds)


def _build_search(search: AuditFilter, *, has_asks: bool) -> AuditSearch:
    until = search.last + timedelta(days=1) if search.last else None
    return AuditSearch(
        actor=search.actor,
        what=search.what,
        since=find_start_of_day(search.first) if search.first else None,
        until=find_start_of_day(until) if until else None,
        has_asks=has_asks,
    )


def _find_deeds(
    connection: Connection, unit_id: int | None, search: AuditSearch, before: int | None
) -> AuditPage:
    numbered = audit.find(connection, unit_id, search, before=before, most=MOST + 1)
    on_page = numbered[:MOST]
    anybody = AuditSearch(has_asks=search.has_asks)
    entries = tuple(entry for _, entry in on_page)
    actors = tuple(audit.list_values(connection, unit_id, "actor", anybody))
    users = name_actors_in(connection, {*actors, *_list_users(entries)})
    return AuditPage(
        entries=entries,
        older=on_page[-1][0] if len(numbered) > MOST else None,
        actors=actors,
        actions=tuple(audit.list_values(connection, unit_id, "what", anybody)),
        called=dict.fromkeys(("who", "user"), users),
    )


def _list_users(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The users whom deeds were about."""
    for entry in entries:
        for details in (entry.before, entry.after):
            if details and isinstance(details.get("user"), str):
                yield details["user"]


def _hide_details(
    hide: Callable[[Mapping[str, Any] | None], Mapping[str, Any] | None], page: AuditPage
) -> AuditPage:
    """The page without those details of deeds, from before and after them, that are hidden."""
    entries = (
        replace(entry, before=hide(entry.before), after=hide(entry.after)) for entry in page.entries
    )
    return replace(page, entries=tuple(entries))
