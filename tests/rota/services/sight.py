"""All that a database keeps of a unit, read at one moment by queries of the tests' own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from rota.domain import Policy, PublishedSeat, Unit
from rota.store.databases.database import Database
from rota.store.requests.proposals import Proposal, list_waiting
from rota.store.rotas import drafts, versions
from rota.store.rotas.drafts import Draft
from rota.store.rotas.versions import ToldChange, Version
from rota.store.units import units
from rota.store.units.rows import table_of
from rota.tables import AuditTable, MessageTable, PublishedSeatTable, RunTable

Row = tuple[Any, ...]


class Message(NamedTuple):
    """A message as it was written; how it is sent is left out."""

    key: str
    staff_no: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True)
class Sight:
    """What one look finds.

    Versions, what they told and what they changed go by their numbers, and so do runs, of which the
    state and the claim are told.
    """

    tables: Unit
    policy: Policy
    revision: int
    versions: Mapping[int, Version]
    told: Mapping[int, tuple[PublishedSeat, ...]]
    changes: Mapping[int, tuple[ToldChange, ...]]
    in_force: tuple[PublishedSeat, ...]
    drafts: tuple[Draft, ...]
    proposals: tuple[Proposal, ...]
    runs: Mapping[int, Row]
    messages: tuple[Message, ...]
    audit: tuple[Row, ...]


def sight(database: Database, name: str) -> Sight:
    """Look at the unit."""
    with database.reading() as connection:
        unit = units.find(connection, name)
        assert unit is not None
        its = {version.number: version for version in versions.all_of(connection, unit.id)}
        periods = drafts.periods(connection, unit.id)
        found = [drafts.find(connection, unit.id, period.first) for period in periods]
        return Sight(
            tables=units.load(connection, unit.id),
            policy=unit.policy,
            revision=unit.revision,
            versions=dict(sorted(its.items())),
            told={n: versions.seats_of(connection, unit.id, its[n]) for n in its},
            changes={n: versions.changes_of(connection, unit.id, n) for n in its},
            in_force=_in_force(connection, unit.id),
            drafts=tuple(draft for draft in found if draft),
            proposals=list_waiting(connection, unit.id),
            runs={
                number: (state, claim)
                for number, state, claim in _rows(
                    connection, RunTable, unit.id, "id", "state", "claim"
                )
            },
            messages=tuple(
                Message(*row) for row in _rows(connection, MessageTable, unit.id, *Message._fields)
            ),
            audit=_rows(
                connection, AuditTable, unit.id, "at", "who", "place", "what", "before", "after"
            ),
        )


def _in_force(connection: Connection, unit_id: int) -> tuple[PublishedSeat, ...]:
    """Every seat that no version took back, whatever periods the versions speak of."""
    seat = table_of(PublishedSeatTable)
    asked = select(*(seat.c[name] for name in PublishedSeat._fields))
    rows = connection.execute(asked.where(seat.c.unit_id == unit_id, seat.c.until.is_(None)))
    return tuple(sorted(PublishedSeat(*row) for row in rows))


def _rows(connection: Connection, model: Any, unit_id: int, *names: str) -> tuple[Row, ...]:
    """These columns of the unit's rows, the oldest first."""
    table = table_of(model)
    asked = select(*(table.c[name] for name in names)).where(table.c.unit_id == unit_id)
    return tuple(tuple(row) for row in connection.execute(asked.order_by(table.c.id)))
