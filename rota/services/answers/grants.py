"""Granting an ask: it is recorded and published, or noted for the next rota."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from rota.domain import WEEKDAYS, Officer
from rota.explaining import Change, Reason
from rota.services.access.act import Act
from rota.services.answers.grant_effects import (
    find_broken_by_leave,
    find_fulfilments,
    is_only_noted,
    refuse_past,
)
from rota.services.publishing.fulfilment import Fulfilment
from rota.services.publishing.notices import tell_officers
from rota.services.publishing.publication import (
    GRANTED_ON_REQUEST,
    SWAPPED,
    Publication,
    find_changes,
)
from rota.services.publishing.publish import (
    find_planned_revision,
    publish_rota,
    refuse_unacknowledged,
)
from rota.services.requests.published_rotas import NotPossible, PublishedRotas
from rota.services.requests.request_messages import (
    Officers,
    describe_ask,
    find_name,
    tell_managers_of_breakage,
)
from rota.services.requests.swap_fit import Swap
from rota.services.units.planning_problem import build_published_problem
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
    """Publish these two days swapped and nothing else, and tell both.

    Raises Unacknowledged if that adds breaches of the first levels, and nobody has said so.
    """
    put = {of_day.officer_day: of_day for of_day in swap.days_after}
    publication = Publication(
        cause=SWAPPED,
        problem=swap.in_force.problem,
        put=put,
        planned_revision=find_planned_revision(connection, unit, swap.in_force.version),
        is_acknowledged=is_acknowledged,
        acknowledgement=acknowledgement,
        why=_build_swap_reasons(swap, officers, find_changes(swap.in_force.problem, put)),
    )
    version = publish_rota(connection, act, unit, publication)
    tell_officers(connection, act, unit, version, [publication])
    return version


def _build_swap_reasons(
    swap: Swap, officers: Mapping[str, Officer], changes: Iterable[Change]
) -> Mapping[Change, Reason]:
    """The reasons of the changes of both; only managers read who the two are."""
    names = " and ".join(officers[of_day.staff_no].name for of_day in swap.days_before)
    predicate = "swapped places, and a manager agreed."
    sentences = f"Two officers {predicate}", f"{names} {predicate}"
    return {change: Reason(change, *sentences) for change in changes}


@dataclass(frozen=True, slots=True)
class GrantResult:
    """What came of granting or noting an ask, and the sentence that tells it to the asker."""

    outcome: str
    sentence_to_asker: str


def find_end_state(ask: Ask, rotas: PublishedRotas, outcome: str) -> str:
    """The state in which it ends: what is granted is noted while nothing is published of it."""
    return NOTED if outcome == GRANTED and is_only_noted(ask, rotas) else outcome


def grant(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    rotas: PublishedRotas,
    **acknowledged: Any,
) -> GrantResult:
    """Record what is asked for, and publish what it changes.

    Raises NotPossible if it cannot be, Unacknowledged if it adds breaches of the first levels and
    nobody has said why it is granted all the same.
    """
    fulfilments = find_fulfilments(ask, rotas, act.today)
    _RECORDING[ask.kind](connection, act, unit, ask)
    versions = _publish(connection, act, unit, ask, officers, fulfilments, acknowledged)
    if ask.kind == LEAVE:
        consequences = find_broken_by_leave(ask, fulfilments, officers)
        tell_managers_of_breakage(connection, act, unit, ask, officers, consequences)
    outcome = _describe_outcome(ask, officers, fulfilments, versions, rotas)
    sentence = f"You are {outcome[0].lower()}{outcome[1:]}" if ask.kind == DAY else outcome
    return GrantResult(outcome, sentence)


def note(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> GrantResult:
    """Record the wish for a day for the next rota, and leave what is published as it is."""
    if ask.kind != DAY:
        raise NotPossible("Only a request for a day can be noted for the next rota.")
    if ask.when not in WEEKDAYS:
        refuse_past(ask.day, act.today)
    _record_request(connection, act, unit, ask)
    return GrantResult(NOTED_FOR_NEXT, PUBLISHED_STAYS)


def _publish(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    ask: Ask,
    officers: Officers,
    fulfilments: Sequence[Fulfilment],
    acknowledged: Mapping[str, Any],
) -> tuple[Version, ...]:
    """Publish just what granting it changes, and tell everybody whose days these are."""
    if ask.kind == SWAP:
        (fulfilment,) = fulfilments
        own, colleague = fulfilment.days_before
        swap = Swap(ask.day, own, colleague, fulfilment.in_force)
        return (publish_swap(connection, act, unit, swap, officers, **acknowledged),)
    publications = [
        Publication(
            cause=GRANTED_ON_REQUEST,
            problem=fulfilment.in_force.problem,
            put=fulfilment.put,
            planned_revision=find_planned_revision(connection, unit, fulfilment.in_force.version),
            why={change: _build_reason(ask, change, officers) for change in fulfilment.changes},
            **acknowledged,
        )
        for fulfilment in fulfilments
    ]
    if not any(acknowledged.values()):
        refuse_unacknowledged(act, unit, publications)
    publications = [_judge_as_recorded(connection, act, unit, each) for each in publications]
    versions = tuple(publish_rota(connection, act, unit, each) for each in publications)
    for version, publication in zip(versions, publications, strict=True):
        tell_officers(connection, act, unit, version, [publication])
    return versions


def _judge_as_recorded(
    connection: Connection, act: Act, unit: StoredUnit, publication: Publication
) -> Publication:
    """The publication judged with what is recorded by now; its breaches are acknowledged.

    Leave that is recorded makes the seat void, so that taking it back would seem to break nothing.
    """
    problem = build_published_problem(connection, unit, publication.problem.period, act.today)
    return replace(publication, problem=problem, is_acknowledged=True)


def _build_reason(ask: Ask, change: Change, officers: Officers) -> Reason:
    """Only managers read who asked for what."""
    asker = find_name(ask.staff_no, officers)
    sentence = f"{asker} asked for {describe_ask(ask, officers)}, and a manager agreed."
    if ask.kind == LEAVE:
        return Reason(change, f"{asker} is away.", sentence)
    return Reason(change, "A manager agreed to it.", sentence)


def _describe_outcome(
    ask: Ask,
    officers: Officers,
    fulfilments: Sequence[Fulfilment],
    published: Sequence[Version],
    rotas: PublishedRotas,
) -> str:
    numbers = [version.number for version in published]
    if ask.kind == LEAVE:
        return say_days_fallen_away(
            sum(fulfilment.days_taken_away for fulfilment in fulfilments), numbers
        )
    if not fulfilments:
        return say_as_published_already(ask.day, rotas.find_sites(ask.staff_no, ask.day) or "")
    (fulfilment,) = fulfilments
    if ask.kind == DAY:
        return say_moved(ask.day, fulfilment.sites_before, fulfilment.days_after[0].sites, *numbers)
    days = fulfilment.days_after
    sites = [(find_name(of_day.staff_no, officers), of_day.sites) for of_day in days]
    return say_swapped(ask.day, sites, *numbers)


def _record_request(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> None:
    row = {
        "staff_no": ask.staff_no,
        "when": ask.when or "",
        "wants": ask.wants or "",
        "strength": str(ask.strength),
        "part": ask.part,
    }
    record_in(connection, act, unit, table="requests", rows=[row])


def _record_leave(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> None:
    row = {"staff_no": ask.staff_no, "first": f"{ask.first}", "last": f"{ask.last}"}
    row |= {"kind": "leave", "part": ask.part}
    record_in(connection, act, unit, table="away", rows=[row])


def _record_nothing(connection: Connection, act: Act, unit: StoredUnit, ask: Ask) -> None:
    """A swap is in the published rota alone."""


_RECORDING: Mapping[str, Callable[[Connection, Act, StoredUnit, Ask], None]] = {
    DAY: _record_request,
    LEAVE: _record_leave,
    SWAP: _record_nothing,
}
