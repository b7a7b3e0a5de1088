"""What people are told: messages in the outbox, written with the change that they tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from rota.domain import Officer, Seat
from rota.explaining import Reason
from rota.services.access.act import Act
from rota.services.access.team_managers import Managers, Reader, write_message
from rota.services.publishing.publication import Publication
from rota.store.rotas.versions import Version
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import messages
from rota.writing import MovedDay, NewDays, ProposedMove, build_notice


def tell_officers(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    version: Version,
    publications: Sequence[Publication],
) -> None:
    """Write to everybody whose days these publications tell for the first time or change."""
    tell(connection, act, unit, f"version/{version.number}", publications, ())


def tell(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    occasion: str,
    publications: Sequence[Publication],
    proposals: Sequence[Reason],
) -> None:
    """Write one message on this occasion to each whom it concerns; a repeat writes none.

    Officers are told of their own days, the managers of their team of what waits for a yes.
    """
    loaded = units.load_officers(connection, unit.id, act.today)
    officers = {officer.staff_no: officer for officer in loaded}
    new_days = _find_new_days(act, publications)
    moved_days = _find_moved_days(act, publications)
    proposed = _find_proposed(Managers(connection, unit, officers), officers, proposals)
    deciding = {manager.key: manager for manager in proposed}
    note = " ".join(publication.note for publication in publications if publication.note)
    letters = []
    for key in dict.fromkeys((*new_days, *moved_days, *deciding)):
        officer, manager = officers.get(key), deciding.get(key)
        reader = manager or (Reader.of(officer) if officer else None)
        if reader is None:
            continue
        notice = build_notice(
            officer.name if officer else reader.name,
            unit.name,
            new_days=new_days.get(key, ()),
            moved_days=moved_days.get(key, ()),
            proposals=proposed.get(manager, ()) if manager else (),
            note=note,
        )
        about = key if officer else proposals[0].change.staff_no
        letters.append(write_message(f"{unit.id}/{occasion}", reader, notice, about=about))
    messages.write(connection, letters, unit_id=unit.id, at=act.at)


def _find_new_days(act: Act, publications: Sequence[Publication]) -> dict[str, list[NewDays]]:
    new_days: dict[str, list[NewDays]] = defaultdict(list)
    for publication in publications:
        if publication.problem.unit.published:
            continue
        seats_by_officer: dict[str, list[Seat]] = defaultdict(list)
        for seat in publication.seats:
            if seat.date >= act.today:
                seats_by_officer[seat.staff_no].append(seat.seat)
        for staff_no, seats in seats_by_officer.items():
            new_days[staff_no].append(NewDays(publication.problem.period, tuple(seats)))
    return new_days


def _find_moved_days(act: Act, publications: Sequence[Publication]) -> dict[str, list[MovedDay]]:
    moved_days: dict[str, list[MovedDay]] = defaultdict(list)
    for publication in publications:
        for change in publication.changes:
            if change.date >= act.today:
                reason = publication.reasons.get(change)
                reason_text = reason.says if reason else ""
                moved_days[change.staff_no].append(
                    MovedDay(change.date, change.before, change.after, reason_text, change.part)
                )
    return moved_days


def _find_proposed(
    managers: Managers, officers: Mapping[str, Officer], proposals: Sequence[Reason]
) -> dict[Reader, list[ProposedMove]]:
    """What waits, by the managers who may decide on it."""
    proposed: dict[Reader, list[ProposedMove]] = defaultdict(list)
    for reason in proposals:
        change = reason.change
        officer = officers[change.staff_no]
        move = ProposedMove(
            str(officer),
            change.date,
            change.before,
            change.after,
            reason.says_to_managers,
            change.part,
        )
        for manager in managers.of(officer.team):
            proposed[manager].append(move)
    return proposed
