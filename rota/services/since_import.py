"""What people recorded since the last import, and what becomes of it at the next one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from rota.domain import Policy
from rota.domain.merging import Kept, blended
from rota.services.before_and_after import Setting, changed_settings
from rota.store import imported_rows, sources, units, users
from rota.store.sources import UNKNOWN_IMPORT, Source


@dataclass(frozen=True, slots=True)
class Since:
    """A row that is other than in the file because of somebody, and who that was."""

    kept: Kept
    source: Source

    @property
    def row(self) -> Any:
        """What they recorded or took out."""
        return self.kept.mine or self.kept.last or self.kept.in_file


@dataclass(frozen=True, slots=True)
class SettingSince:
    """A setting of the policy that is other than in the file (`after`), and who set it so."""

    setting: Setting
    source: Source


def recorded_since(connection: Connection, unit_id: int, kept: Iterable[Kept]) -> tuple[Since, ...]:
    """Who recorded what stays although the file says otherwise."""
    found = tuple(_recorded_since(connection, unit_id, tuple(kept)))
    names = users.names(connection, {since.source.by for since in found if since.source.by})
    return tuple(replace(since, source=_named(since.source, names)) for since in found)


def merged_policy(
    connection: Connection, unit_id: int, last: Policy | None, mine: Policy, theirs: Policy
) -> tuple[Policy, tuple[SettingSince, ...]]:
    """The policy with what the file changes in it, and the settings that people set otherwise."""
    policy = blended(last or mine, mine, theirs)
    differing = changed_settings(policy, theirs)
    if not differing:
        return policy, ()
    source = units.policy_source(connection, unit_id)
    source = _named(source, users.names(connection, {source.by} if source.by else set()))
    return policy, tuple(SettingSince(setting, source) for setting in differing)


def _named(source: Source, names: Mapping[str, str]) -> Source:
    """The source with the name of the user in place of their address."""
    return replace(source, by=names.get(source.by or "", source.by))


def _recorded_since(
    connection: Connection, unit_id: int, kept: tuple[Kept, ...]
) -> Iterator[Since]:
    known: dict[str, Mapping[Any, Source]] = {}
    if any(row.mine is None for row in kept):
        gone = imported_rows.taken_out(connection, unit_id)
    for row in kept:
        if row.mine is None:
            yield Since(row, gone.get((row.table, row.last), UNKNOWN_IMPORT))
            continue
        if row.table not in known:
            known[row.table] = sources.by_row(connection, unit_id, row.table)
        yield Since(row, known[row.table].get(row.mine, UNKNOWN_IMPORT))
