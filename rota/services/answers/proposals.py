"""Changes of the night that wait for a manager's yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rota.domain import OfficerDay, Problem, PublishedSeat, in_words
from rota.effects import Effects
from rota.errors import Conflict, NotFound
from rota.explaining import Change, Reason
from rota.rules import STRICT_LEVELS
from rota.services.access.act import Act
from rota.services.publishing.door import planned_for, publish_rota, refuse_unacknowledged
from rota.services.publishing.notices import tell_officers
from rota.services.publishing.publication import ACCEPTED, Publication
from rota.services.units.lookup import unit_held, unit_named
from rota.services.units.planning_problem import as_published, published_problem
from rota.store.databases.database import Database
from rota.store.requests import proposals
from rota.store.requests.proposals import Proposal
from rota.store.rotas import versions
from rota.store.rotas.versions import Version
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A proposal that waits, about whom it is, and why it can only be refused, if that is so."""

    proposal: Proposal
    name: str
    team: str
    trouble: str = ""
    breaches: tuple[str, ...] = ()
    """What accepting it alone would break more of the first levels."""


def waiting(database: Database, act: Act, *, unit: str) -> tuple[Proposal, ...]:
    """What waits for the actor's decision, by date."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        return _theirs(connection, act, unit_named(connection, unit))


def to_decide(database: Database, act: Act, *, unit: str) -> tuple[Waiting, ...]:
    """The same, with the names of officers and with what keeps a proposal from being accepted."""
    act.rights.must_manage(unit)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        theirs = _theirs(connection, act, stored)
        effects = {
            start: Effects(problem, as_published(problem, problem.unit.published)[1])
            for start, problem in _problems(connection, act, stored, theirs).items()
        }
    return tuple(_waiting(effects[its.start], act.today, its) for its in theirs)


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
        stored = unit_held(connection, unit)
        chosen = _chosen(connection, act, stored, numbers)
        _refuse_past(chosen, act.today)
        in_force = {its.period.first: its for its in versions.in_force(connection, stored.id)}
        publications = [
            _publication(
                connection,
                act,
                stored,
                in_force[start],
                [its for its in chosen if its.start == start],
                acknowledgement,
            )
            for start in dict.fromkeys(its.start for its in chosen)
        ]
        if not is_acknowledged or seal is not None:
            refuse_unacknowledged(act, stored, publications, seal=seal if is_acknowledged else None)
        done = tuple(publish_rota(connection, act, stored, each) for each in publications)
        _decide(connection, act, stored, chosen, proposals.ACCEPTED)
        for version, publication in zip(done, publications, strict=True):
            tell_officers(connection, act, stored, version, [publication])
    return done


def refuse(database: Database, act: Act, *, unit: str, numbers: Iterable[int] | None = None) -> int:
    """Leave the rota as it is published. How many changes were refused."""
    act.rights.must_manage(unit)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        chosen = _chosen(connection, act, stored, numbers)
        _decide(connection, act, stored, chosen, proposals.REFUSED)
    return len(chosen)


def _theirs(connection: Connection, act: Act, unit: StoredUnit) -> tuple[Proposal, ...]:
    """What waits about officers in teams that the actor manages."""
    waiting = proposals.waiting(connection, unit.id)
    if act.rights.manages_whole(unit.name):
        return waiting
    officers = units.officers(connection, unit.id) if waiting else ()
    theirs = {its.staff_no for its in officers if act.rights.manages(unit.name, its.team)}
    return tuple(its for its in waiting if its.staff_no in theirs)


def _problems(
    connection: Connection, act: Act, unit: StoredUnit, chosen: Iterable[Proposal]
) -> Mapping[date, Problem]:
    """What is published of the periods of these proposals, by their first days."""
    starts = {its.start for its in chosen}
    return {
        version.period.first: published_problem(connection, unit, version.period, act.today)
        for version in (versions.in_force(connection, unit.id) if starts else ())
        if version.period.first in starts
    }


def _waiting(effects: Effects, today: date, its: Proposal) -> Waiting:
    problem = effects.problem
    officer = problem.officers.get(its.staff_no)
    trouble = _past(its, today) or _misfit(problem, its)
    return Waiting(
        proposal=its,
        name=officer.name if officer else its.staff_no,
        team=officer.team if officer else "",
        trouble=trouble,
        breaches=() if trouble else _broken_by(effects, its),
    )


def _chosen(
    connection: Connection, act: Act, unit: StoredUnit, numbers: Iterable[int] | None
) -> tuple[Proposal, ...]:
    there = {its.id: its for its in _theirs(connection, act, unit)}
    asked = tuple(dict.fromkeys(there if numbers is None else numbers))
    missing = [str(number) for number in asked if number not in there]
    if missing or not asked:
        which = f"with the number {', '.join(missing)} " if missing else ""
        raise NotFound(f"No proposal {which}waits for a decision in {unit.name}.")
    return tuple(there[number] for number in asked)


def _refuse_past(chosen: Iterable[Proposal], today: date) -> None:
    for its in chosen:
        if trouble := _past(its, today):
            raise Conflict(trouble)


def _past(its: Proposal, today: date) -> str:
    if its.date > today:
        return ""
    return (
        f"Proposal {its.id} changes a seat {in_words(its.date)}, which is not after today; "
        "it can only be refused."
    )


def _publication(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    version: Version,
    chosen: Sequence[Proposal],
    acknowledgement: str,
) -> Publication:
    """What accepting these publishes of one period; the breaches of all are refused at once."""
    problem = published_problem(connection, unit, version.period, act.today)
    for its in chosen:
        if trouble := _misfit(problem, its):
            raise Conflict(trouble)
    return Publication(
        cause=ACCEPTED,
        problem=problem,
        put=dict(_put(problem, its) for its in chosen),
        planned_revision=planned_for(connection, unit, version),
        why=_reasons(chosen),
        is_acknowledged=True,
        acknowledgement=acknowledgement,
    )


def _put(problem: Problem, proposal: Proposal) -> tuple[OfficerDay, PublishedSeat | None]:
    """The place that the proposal changes, and the seat that it proposes there."""
    place = proposal.staff_no, proposal.date
    if proposal.after is None:
        return place, None
    published = problem.published.get(place)
    return place, PublishedSeat(*place, proposal.after, bool(published and published.locked))


def _broken_by(effects: Effects, proposal: Proposal) -> tuple[str, ...]:
    """What accepting the proposal alone would break more of the first levels, in words."""
    change = _change(proposal)
    moved = effects.find(taken=change.taken, given_up=change.given_up)
    return tuple(e.after.says for e in moved if e.worsens and e.level in STRICT_LEVELS)


def _misfit(problem: Problem, its: Proposal) -> str:
    """Why the proposal does not fit what is published, or the unit, any more; empty if it does."""
    place = its.staff_no, its.date
    who = problem.officers.get(its.staff_no, its.staff_no)
    if its.after not in problem.allowed_sites.get(place, ()):
        return (
            f"{who} may not be at {its.after} {in_words(its.date)} any more, since the unit has "
            "changed. Refuse the proposal; the next night plans anew."
        )
    published = problem.published.get(place)
    if (published and published.site) != its.before:
        return (
            f"{who} is not to be at {its.before} {in_words(its.date)} any more, since another "
            "version was published. Refuse the proposal."
        )
    return ""


def _reasons(chosen: Iterable[Proposal]) -> Mapping[Change, Reason]:
    changes = {_change(its): its for its in chosen}
    return {
        change: Reason(change, its.reason, its.reason_for_managers, ())
        for change, its in changes.items()
    }


def _change(proposal: Proposal) -> Change:
    return Change(proposal.staff_no, proposal.date, proposal.before, proposal.after)


def _decide(
    connection: Connection, act: Act, unit: StoredUnit, chosen: Iterable[Proposal], state: str
) -> None:
    numbers = [its.id for its in chosen]
    proposals.decide(connection, numbers, state=state, at=act.at, by=act.who)
    audit.add(connection, unit.id, act.entry(f"{state} proposals", after={"numbers": numbers}))
