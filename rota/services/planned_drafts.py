"""What a run has planned, kept as the draft of its period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from rota.domain import PublishedSeat, Rota, Seat
from rota.explaining import changes_between
from rota.services.acting import Act
from rota.services.by_hand import costs_as_published, not_kept, still_moved_from
from rota.services.problems import with_locks
from rota.store import audit, drafts
from rota.store.units import Stored

if TYPE_CHECKING:
    from rota.services.claims import Claimed, Solved


def keep_draft(
    connection: Connection, act: Act, unit: Stored, claimed: Claimed, solved: Solved
) -> bool:
    """Keep the draft unless it is not as it was. Whether it was kept."""
    period = solved.problem.period
    now = drafts.find(connection, unit.id, period.first)
    if now != claimed.draft:
        return False
    problem, rota = solved.problem, solved.rota
    costs = costs_as_published(problem, rota, solved.judgement)
    lost = not_kept(problem, rota)
    planned: dict[str, Any] = {
        "base": claimed.bases[0] if claimed.bases else 0,
        "planned_revision": claimed.revision,
        "costs": costs,
        "at": act.at,
        "by": claimed.run.asked_by,
        "seats": tuple(with_locks(problem, rota)),
    }
    if now is not None:
        drafts.change(
            connection,
            now,
            **planned,
            replaced=_replaced(claimed.drafted, rota),
            not_kept=lost,
            moved_from=still_moved_from(now, problem, rota),
        )
    else:
        drafts.add(connection, unit.id, period=period, **planned)
    after = {"draft": str(period), "run": claimed.run.id, "costs": dict(costs)}
    if lost:
        after["not_kept"] = [seat._asdict() for seat in lost]
    audit.add(connection, unit.id, act.entry("planned a draft", after=after))
    return True


def _replaced(drafted: Iterable[PublishedSeat], rota: Rota) -> tuple[Seat, ...]:
    """The seats that the draft had where the rota has others, without a site where it had none."""
    return tuple(
        Seat(change.staff_no, change.date, change.before or "")
        for change in changes_between((seat.seat for seat in drafted), rota)
    )
