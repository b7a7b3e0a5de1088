"""What people are told: messages in the outbox, written with the change that they tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from rota.domain import MANAGER_GRADE, Officer, Seat
from rota.explaining import Reason
from rota.services.acting import Act
from rota.services.publishing import Publication
from rota.store import messages, units
from rota.store.messages import NewMessage
from rota.store.units import Stored
from rota.store.versions import Version
from rota.writing import Moved, Proposed, Told, notice


def tell_officers(
    connection: Connection,
    act: Act,
    unit: Stored,
    version: Version,
    publications: Sequence[Publication],
) -> None:
    """Write to everybody whose days these publications tell for the first time or change."""
    tell(connection, act, unit, f"version/{version.number}", publications, ())


def tell(
    connection: Connection,
    act: Act,
    unit: Stored,
    occasion: str,
    publications: Sequence[Publication],
    proposals: Sequence[Reason],
) -> None:
    """Write one message on this occasion to each whom it concerns; a repeat writes none.

    Officers are told of their own days, the managers of their team of what waits for a yes.
    """
    officers = {its.staff_no: its for its in units.officers(connection, unit.id)}
    told = _told(act, publications)
    moved = _moved(act, publications)
    proposed = _proposed(officers, proposals)
    note = " ".join(its.note for its in publications if its.note)
    written = []
    for staff_no in dict.fromkeys((*told, *moved, *proposed)):
        officer = officers.get(staff_no)
        if officer is None:
            continue
        its = notice(
            officer.name,
            unit.name,
            told=told.get(staff_no, ()),
            moved=moved.get(staff_no, ()),
            proposed=proposed.get(staff_no, ()),
            note=note,
        )
        written.append(
            NewMessage(
                key=f"{unit.id}/{occasion}/{staff_no}",
                staff_no=staff_no,
                address=officer.email,
                subject=its.subject,
                body=its.body,
            )
        )
    messages.write(connection, written, unit_id=unit.id, at=act.at)


def _told(act: Act, publications: Sequence[Publication]) -> dict[str, list[Told]]:
    told: dict[str, list[Told]] = defaultdict(list)
    for publication in publications:
        if publication.problem.unit.published:
            continue
        own: dict[str, list[Seat]] = defaultdict(list)
        for seat in publication.seats:
            if seat.date >= act.today:
                own[seat.staff_no].append(seat.seat)
        for staff_no, seats in own.items():
            told[staff_no].append(Told(publication.problem.period, tuple(seats)))
    return told


def _moved(act: Act, publications: Sequence[Publication]) -> dict[str, list[Moved]]:
    moved: dict[str, list[Moved]] = defaultdict(list)
    for publication in publications:
        for change in publication.changes:
            if change.date >= act.today:
                reason = publication.reasons.get(change)
                says = reason.says if reason else ""
                moved[change.staff_no].append(Moved(change.date, change.before, change.after, says))
    return moved


def _proposed(
    officers: dict[str, Officer], proposals: Sequence[Reason]
) -> dict[str, list[Proposed]]:
    """What waits, by the managers who may decide on it."""
    proposed: dict[str, list[Proposed]] = defaultdict(list)
    for reason in proposals:
        change = reason.change
        officer = officers[change.staff_no]
        its = Proposed(
            str(officer), change.date, change.before, change.after, reason.says_to_managers
        )
        for manager in managers_of(officers, officer.team):
            proposed[manager.staff_no].append(its)
    return proposed


def managers_of(officers: Mapping[str, Officer], team: str) -> Iterator[Officer]:
    """The managers of the team; of the whole unit, where it has none."""
    managers = [its for its in officers.values() if its.grade == MANAGER_GRADE]
    own = [its for its in managers if its.team == team]
    yield from own or managers
