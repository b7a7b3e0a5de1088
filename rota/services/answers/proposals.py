"""Changes of the night that wait for a manager's yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from rota.domain import Problem
from rota.effects import Effects
from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.answers.proposal_effects import (
    WaitingProposal,
    build_days,
    build_reasons,
    group_proposals,
    judge_proposal,
    refuse_misfits,
    refuse_past,
)
from rota.services.publishing.notices import tell_officers
from rota.services.publishing.publication import ACCEPTED, Publication
from rota.services.publishing.publish import (
    find_planned_revision,
    publish_rota,
    refuse_unacknowledged,
)
from rota.services.units.lookup import find_unit, hold_unit
from rota.services.units.planning_problem import build_published_problem, build_published_rota
from rota.store.databases.database import Database
from rota.store.requests import proposals
from rota.store.requests.proposals import Proposal
from rota.store.rotas import versions
from rota.store.rotas.versions import Version
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


def list_waiting(database: Database, act: Act, *, unit: str) -> tuple[Proposal, ...]:
    """What waits for the actor's decision, by date."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return _list_managed(connection, act, find_unit(connection, unit))


def list_judged(database: Database, act: Act, *, unit: str) -> tuple[WaitingProposal, ...]:
    """The same, with the names of officers and with what keeps a proposal from being accepted."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        waiting = _list_managed(connection, act, stored_unit)
        effects = {
            start: Effects(problem, build_published_rota(problem, problem.unit.published)[1])
            for start, problem in _load_problems(connection, act, stored_unit, waiting).items()
        }
    by_day = group_proposals(waiting)
    return tuple(
        judge_proposal(effects[each.start], act.today, each, by_day[each.officer_day])
        for each in waiting
    )


def accept(
    database: Database,
    act: Act,
    *,
    unit: str,
    numbers: Iterable[int] | None = None,
    is_acknowledged: bool = False,
    acknowledgement: str = "",
    seal: str | None = None,
) -> tuple[Version, ...]:
    """Publish these changes, or all that wait: a version for each period that they belong to.

    All are those about officers whom the actor manages. Raises Unacknowledged if together they add
    breaches of the first levels, and nobody has said so, or has said so of others than those that
    bear the seal, where one is given.
    """
    act.rights.must_manage(unit)
    acknowledgement = acknowledgement.strip()
    is_acknowledged = is_acknowledged or bool(acknowledgement)
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        accepted = _find_waiting(connection, act, stored_unit, numbers)
        refuse_past(accepted, act.today)
        in_force = {v.period.first: v for v in versions.list_in_force(connection, stored_unit.id)}
        publications = [
            _build_publication(
                connection,
                act,
                stored_unit,
                in_force[start],
                [proposal for proposal in accepted if proposal.start == start],
                acknowledgement,
            )
            for start in dict.fromkeys(proposal.start for proposal in accepted)
        ]
        if not is_acknowledged or seal is not None:
            refuse_unacknowledged(
                act, stored_unit, publications, seal=seal if is_acknowledged else None
            )
        published = tuple(publish_rota(connection, act, stored_unit, each) for each in publications)
        _decide(connection, act, stored_unit, accepted, proposals.ACCEPTED)
        for version, publication in zip(published, publications, strict=True):
            tell_officers(connection, act, stored_unit, version, [publication])
    return published


def refuse(database: Database, act: Act, *, unit: str, numbers: Iterable[int] | None = None) -> int:
    """Leave the rota as it is published. How many changes were refused."""
    act.rights.must_manage(unit)
    with database.writing() as connection:
        stored_unit = hold_unit(connection, unit)
        refused = _find_waiting(connection, act, stored_unit, numbers)
        _decide(connection, act, stored_unit, refused, proposals.REFUSED)
    return len(refused)


def _list_managed(connection: Connection, act: Act, unit: StoredUnit) -> tuple[Proposal, ...]:
    """What waits about officers in teams that the actor manages."""
    waiting = proposals.list_waiting(connection, unit.id)
    if act.rights.manages_whole(unit.name):
        return waiting
    officers = units.load_officers(connection, unit.id, act.today) if waiting else ()
    managed = {o.staff_no for o in officers if act.rights.manages(unit.name, o.team)}
    return tuple(proposal for proposal in waiting if proposal.staff_no in managed)


def _load_problems(
    connection: Connection, act: Act, unit: StoredUnit, waiting: Iterable[Proposal]
) -> Mapping[date, Problem]:
    """What is published of the periods of these proposals, by their first days."""
    starts = {proposal.start for proposal in waiting}
    return {
        version.period.first: build_published_problem(connection, unit, version.period, act.today)
        for version in (versions.list_in_force(connection, unit.id) if starts else ())
        if version.period.first in starts
    }


def _find_waiting(
    connection: Connection, act: Act, unit: StoredUnit, numbers: Iterable[int] | None
) -> tuple[Proposal, ...]:
    """Those of these numbers, or all; all have to wait. Raises NotFound if one does not.

    What is proposed for the two halves of a day is decided on together.
    """
    waiting = {proposal.id: proposal for proposal in _list_managed(connection, act, unit)}
    wanted_numbers = tuple(dict.fromkeys(waiting if numbers is None else numbers))
    missing = [str(number) for number in wanted_numbers if number not in waiting]
    if missing or not wanted_numbers:
        which = f"with the number {', '.join(missing)} " if missing else ""
        raise NotFound(f"No proposal {which}waits for a decision in {unit.name}.")
    wanted_days = {waiting[number].officer_day for number in wanted_numbers}
    return tuple(each for each in waiting.values() if each.officer_day in wanted_days)


def _build_publication(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    version: Version,
    accepted: Sequence[Proposal],
    acknowledgement: str,
) -> Publication:
    """What accepting these publishes of one period; the breaches of all are refused at once."""
    problem = build_published_problem(connection, unit, version.period, act.today)
    refuse_misfits(problem, accepted)
    return Publication(
        cause=ACCEPTED,
        problem=problem,
        put=build_days(problem, accepted),
        planned_revision=find_planned_revision(connection, unit, version),
        why=build_reasons(accepted),
        is_acknowledged=True,
        acknowledgement=acknowledgement,
    )


def _decide(
    connection: Connection, act: Act, unit: StoredUnit, decided: Iterable[Proposal], state: str
) -> None:
    numbers = [proposal.id for proposal in decided]
    proposals.decide(connection, numbers, state=state, at=act.at, by=act.actor)
    audit.add(connection, unit.id, act.entry(f"{state} proposals", after={"numbers": numbers}))
