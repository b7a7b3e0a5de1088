"""A manager says yes to something asked for: it happens, or it is noted for the next rota."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from rota.domain import WEEKDAYS, Officer, PublishedSeat
from rota.explaining import Change, Reason
from rota.services.access.act import Act
from rota.services.answers.grant_effects import (
    Fulfilment,
    fulfilments,
    is_only_noted,
    leave_breaks,
    refuse_past,
)
from rota.services.publishing.door import planned_for, publish_rota, refuse_unacknowledged
from rota.services.publishing.notices import tell_officers
from rota.services.publishing.publication import GRANTED_ON_REQUEST, SWAPPED, Publication
from rota.services.requests.published_rotas import NotPossible, PublishedRotas
from rota.services.requests.request_messages import (
    Officers,
    ask_in_words,
    name_of,
    tell_managers_of_breakage,
)
from rota.services.requests.swap_fit import Swap
from rota.services.units.planning_problem import published_problem
from rota.services.units.record_changes import record_in
from rota.store.requests.asks import DAY, GRANTED, LEAVE, NOTED, SWAP, Ask
from rota.store.rotas.versions import Version
from rota.store.units.units import StoredUnit
from rota.writing.request_sentences import (
    NOTED_FOR_NEXT,
    PUBLISHED_STAYS,
    say_as_published_already,
    say_days_fallen_away,
    say_moved,
    say_swapped,
)


def publish_swap(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    swap: Swap,
    officers: Mapping[str, Officer],
    *,
    is_acknowledged: bool = False,
    acknowledgement: str = "",
) -> Version:
    """Publish these two seats swapped and nothing else, and tell both.

    Raises Unacknowledged if that adds breaches of the first levels, and nobody has said so.
    """
    publication = Publication(
        cause=SWAPPED,
        problem=swap.in_force.problem,
        put={(seat.staff_no, seat.date): PublishedSeat(*seat) for seat in swap.taken},
        planned_revision=planned_for(connection, unit, swap.in_force.version),
        is_acknowledged=is_acknowledged,
        acknowledgement=acknowledgement,
        why={reason.change: reason for reason in _reasons(swap, officers)},
    )
    version = publish_rota(connection, act, unit, publication)
    tell_officers(connection, act, unit, version, [publication])
    return version


def _reasons(swap: Swap, officers: Mapping[str, Officer]) -> list[Reason]:
    """The same for both; only managers read who they are."""
    before = (swap.own, swap.theirs)
    names = " and ".join(officers[seat.staff_no].name for seat in before)
    deed = "swapped places, and a manager agreed."
    return [
        Reason(
            Change(was.staff_no, swap.day, was.site, now.site),
            f"Two officers {deed}",
            f"{names} {deed}",
        )
        for was, now in zip(before, swap.taken, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Upshot:
    """What became of a yes: in words for all concerned, and as a sentence for whoever asked."""

    outcome: str
    says_to_asker: str


def ending(ask: Ask, rotas: PublishedRotas, outcome: str) -> str:
    """The state in which it ends: a yes to what nothing is published of yet is noted."""
    return NOTED if outcome == GRANTED and is_only_noted(ask, rotas) else outcome


def grant(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    rotas: PublishedRotas,
    **acknowledged: Any,
) -> Upshot:
    """Let happen what is asked for, in the records and in what is published.

    Raises Misfit if it cannot be, Unacknowledged if it adds breaches of the first levels and nobody
    has said why all the same.
    """
    found = fulfilments(ask, rotas, act.today)
    _RECORDING[ask.kind](connection, act, unit, ask)
    published = _publish(connection, act, unit, ask, officers, found, acknowledged)
    if ask.kind == LEAVE:
        broken = leave_breaks(ask, found, officers)
        tell_managers_of_breakage(connection, act, unit, ask, officers, broken)
    outcome = _outcome(ask, officers, found, published, rotas)
    sentence = f"You are {outcome[0].lower()}{outcome[1:]}" if ask.kind == DAY else outcome
    return Upshot(outcome, sentence)


def note(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> Upshot:
    """Keep the wish for a day for the next rota, and leave what is published as it is."""
    if ask.kind != DAY:
        raise NotPossible("Only a request for a day can be noted for the next rota.")
    if ask.when not in WEEKDAYS:
        refuse_past(ask.day, act.today)
    _record_request(connection, act, unit, ask)
    return Upshot(NOTED_FOR_NEXT, PUBLISHED_STAYS)


def _publish(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    found: Sequence[Fulfilment],
    acknowledged: Mapping[str, Any],
) -> tuple[Version, ...]:
    """Publish just what granting it changes, and tell everybody whose days these are."""
    if ask.kind == SWAP:
        (one,) = found
        own, theirs = one.given_up
        swap = Swap(ask.day, own, theirs, one.in_force)
        return (publish_swap(connection, act, unit, swap, officers, **acknowledged),)
    publications = [
        Publication(
            cause=GRANTED_ON_REQUEST,
            problem=fulfilment.in_force.problem,
            put=fulfilment.put,
            planned_revision=planned_for(connection, unit, fulfilment.in_force.version),
            why={change: _reason(ask, change, officers) for change in fulfilment.changes},
            **acknowledged,
        )
        for fulfilment in found
    ]
    if not any(acknowledged.values()):
        refuse_unacknowledged(act, unit, publications)
    publications = [_as_recorded(connection, act, unit, each) for each in publications]
    versions = tuple(publish_rota(connection, act, unit, each) for each in publications)
    for version, publication in zip(versions, publications, strict=True):
        tell_officers(connection, act, unit, version, [publication])
    return versions


def _as_recorded(
    connection: Connection, act: Act, unit: StoredUnit, publication: Publication
) -> Publication:
    """The same, judged with what is recorded by now; its breaches were answered for before that.

    Leave that is recorded makes the seat void, so that taking it back would seem to break nothing.
    """
    problem = published_problem(connection, unit, publication.problem.period, act.today)
    return replace(publication, problem=problem, is_acknowledged=True)


def _reason(ask: Ask, change: Change, officers: Officers) -> Reason:
    """Only managers read who asked for what."""
    asker = name_of(ask.staff_no, officers)
    asked = f"{asker} asked for {ask_in_words(ask, officers)}, and a manager agreed."
    if ask.kind == LEAVE:
        return Reason(change, f"{asker} is away.", asked)
    return Reason(change, "A manager agreed to it.", asked)


def _outcome(
    ask: Ask,
    officers: Officers,
    found: Sequence[Fulfilment],
    published: Sequence[Version],
    rotas: PublishedRotas,
) -> str:
    numbers = [version.number for version in published]
    if ask.kind == LEAVE:
        return say_days_fallen_away(sum(len(fulfilment.given_up) for fulfilment in found), numbers)
    if not found:
        return say_as_published_already(ask.day, rotas.place_of(ask.staff_no, ask.day) or "")
    (fulfilment,) = found
    if ask.kind == DAY:
        before = [seat.site for seat in fulfilment.given_up]
        return say_moved(ask.day, before[0] if before else None, fulfilment.taken[0].site, *numbers)
    places = [(name_of(seat.staff_no, officers), seat.site) for seat in fulfilment.taken]
    return say_swapped(ask.day, places, *numbers)


def _record_request(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> None:
    row = {
        "staff_no": ask.staff_no,
        "when": ask.when or "",
        "wants": ask.wants or "",
        "strength": str(ask.strength),
    }
    record_in(connection, act, unit, table="requests", rows=[row])


def _record_leave(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> None:
    row = {"staff_no": ask.staff_no, "first": f"{ask.first}", "last": f"{ask.last}"}
    record_in(connection, act, unit, table="away", rows=[{**row, "kind": "leave"}])


def _record_nothing(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> None:
    """A swap is in the published rota alone."""


_RECORDING: Mapping[str, Callable[[Connection, Act, StoredUnit, Ask], None]] = {
    DAY: _record_request,
    LEAVE: _record_leave,
    SWAP: _record_nothing,
}
