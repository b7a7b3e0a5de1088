"""Changes that wait for a manager's yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from rota.domain import WHOLE_DAY, OfficerDay
from rota.store.units.rows import table_of
from rota.tables import ProposalTable

WAITING, ACCEPTED, REFUSED, OUTDATED = "waiting", "accepted", "refused", "outdated"

_PROPOSAL = table_of(ProposalTable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change of an officer's date, or of one half of it, in the period that starts on `start`."""

    id: int
    start: date
    staff_no: str
    date: date
    before: str | None
    after: str | None
    reason: str
    reason_for_managers: str
    state: str
    made_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    part: str = WHOLE_DAY

    @property
    def officer_day(self) -> OfficerDay:
        return self.staff_no, self.date


def list_waiting(connection: Connection, unit_id: int) -> tuple[Proposal, ...]:
    """The proposals that nobody has decided on, by date and officer."""
    conditions = (_PROPOSAL.c.unit_id == unit_id, _PROPOSAL.c.state == WAITING)
    columns = [_PROPOSAL.c[field.name] for field in fields(Proposal)]
    query = (
        select(*columns)
        .where(*conditions)
        .order_by(_PROPOSAL.c.date, _PROPOSAL.c.staff_no, _PROPOSAL.c.part)
    )
    return tuple(Proposal(**row) for row in connection.execute(query).mappings())


def add(connection: Connection, unit_id: int, rows: Sequence[dict[str, object]]) -> None:
    """Add proposals, which wait for a decision."""
    if rows:
        columns = {"unit_id": unit_id, "state": WAITING, "decided_at": None, "decided_by": None}
        connection.execute(insert(_PROPOSAL), [{**columns, **row} for row in rows])


def mark_outdated(connection: Connection, unit_id: int, start: date) -> None:
    """Let nobody decide any more on what waits for the period."""
    connection.execute(
        update(_PROPOSAL)
        .where(_PROPOSAL.c.unit_id == unit_id, _PROPOSAL.c.start == start)
        .where(_PROPOSAL.c.state == WAITING)
        .values(state=OUTDATED)
    )


def decide(
    connection: Connection, numbers: Iterable[int], *, state: str, at: datetime, by: str
) -> int:
    """Save the decision on those of these proposals that still wait. How many there were."""
    conditions = (_PROPOSAL.c.id.in_(list(numbers)), _PROPOSAL.c.state == WAITING)
    decision = update(_PROPOSAL).where(*conditions)
    return connection.execute(decision.values(state=state, decided_at=at, decided_by=by)).rowcount
