"""What was done, by whom, when and from where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from rota.moments import find_start_of_day
from rota.services.access.act import Act, doers_in
from rota.services.access.audit_details import discreet_in_unit, discreet_outside_units
from rota.services.access.record_rights import NAMING_OFFICERS
from rota.services.units.lookup import unit_named
from rota.store.databases.database import Database
from rota.store.units import units
from rota.store.upkeep import audit
from rota.store.upkeep.audit import AuditEntry, AuditSearch
from rota.writing.audit_lines import CalledNames

MOST = 50
"""Entries that are shown at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which deeds are looked for; both dates belong to the range."""

    who: str | None = None
    what: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Deeds, the newest first; `older` is the number below which there are more.

    `who` and `what` are the names that can be looked for. `called` is what people are called, by
    the names under which the audit keeps them, such as `who`, and by what is kept.
    """

    entries: tuple[AuditEntry, ...]
    older: int | None
    who: tuple[str, ...]
    what: tuple[str, ...]
    called: CalledNames = field(default_factory=dict)


def latest(
    database: Database, act: Act, *, unit: str | None = None, most: int = 50
) -> tuple[AuditEntry, ...]:
    """So many deeds as they are kept, the newest first, in one unit; an operator sees all units."""
    act.rights.must_audit_as_kept(unit)
    with database.reading() as connection:
        unit_id = unit_named(connection, unit).id if unit else None
        return audit.latest(connection, unit_id, most=most)


def in_unit(
    database: Database, act: Act, *, unit: str, wanted: AuditFilter, before: int | None = None
) -> AuditPage:
    """What was done in the unit.

    Those who do not manage all of it see neither what officers ask nor what only managers know.
    """
    act.rights.must_audit(unit)
    sees_all = act.rights.manages_whole(unit)
    with database.reading() as connection:
        number = unit_named(connection, unit).id
        deeds = _deeds(connection, number, _search(wanted, has_asks=sees_all), before)
        officers = {its.staff_no: str(its) for its in units.officers(connection, number)}
        deeds = replace(deeds, called={**deeds.called, **dict.fromkeys(NAMING_OFFICERS, officers)})
    return deeds if sees_all else _as_far_as(discreet_in_unit, deeds)


def outside_units(
    database: Database, act: Act, *, wanted: AuditFilter, before: int | None = None
) -> AuditPage:
    """What was done in no unit: signing in, and the care for users."""
    act.rights.must_administer()
    with database.reading() as connection:
        deeds = _deeds(connection, None, _search(wanted, has_asks=False), before)
    return deeds if act.rights.is_operator else _as_far_as(discreet_outside_units, deeds)


def _search(wanted: AuditFilter, *, has_asks: bool) -> AuditSearch:
    until = wanted.last + timedelta(days=1) if wanted.last else None
    return AuditSearch(
        who=wanted.who,
        what=wanted.what,
        since=find_start_of_day(wanted.first) if wanted.first else None,
        until=find_start_of_day(until) if until else None,
        has_asks=has_asks,
    )


def _deeds(
    connection: Connection, unit_id: int | None, search: AuditSearch, before: int | None
) -> AuditPage:
    there = audit.found(connection, unit_id, search, before=before, most=MOST + 1)
    shown = there[:MOST]
    anybody = AuditSearch(has_asks=search.has_asks)
    entries = tuple(entry for _, entry in shown)
    who = tuple(audit.named(connection, unit_id, "who", anybody))
    users = doers_in(connection, {*who, *_users_in(entries)})
    return AuditPage(
        entries=entries,
        older=shown[-1][0] if len(there) > MOST else None,
        who=who,
        what=tuple(audit.named(connection, unit_id, "what", anybody)),
        called=dict.fromkeys(("who", "user"), users),
    )


def _users_in(entries: Iterable[AuditEntry]) -> Iterator[str]:
    """The users whom deeds were about."""
    for entry in entries:
        for kept in (entry.before, entry.after):
            if kept and isinstance(kept.get("user"), str):
                yield kept["user"]


def _as_far_as(
    may_read: Callable[[Mapping[str, Any] | None], Mapping[str, Any] | None], deeds: AuditPage
) -> AuditPage:
    """The deeds, with what was there before and after each as far as it may be read."""
    return replace(
        deeds,
        entries=tuple(
            replace(entry, before=may_read(entry.before), after=may_read(entry.after))
            for entry in deeds.entries
        ),
    )
