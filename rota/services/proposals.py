"""Changes of the night that wait for a manager's yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rota.checker import judge
from rota.domain import Problem, Rota, Seat, in_words
from rota.errors import Conflict, NotFound
from rota.explaining import Change, Reason
from rota.services.acting import Act
from rota.services.problems import filled, published_problem, to_publish, unit_held, unit_named
from rota.services.publishing import ACCEPTED, Publication, planned_for, publish_rota
from rota.services.telling import tell_officers
from rota.store import audit, proposals, units, versions
from rota.store.database import Database
from rota.store.proposals import Proposal
from rota.store.units import Stored
from rota.store.versions import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A proposal that waits, about whom it is, and why it can only be refused, if that is so."""

    proposal: Proposal
    name: str
    team: str
    trouble: str = ""


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
        problems = _problems(connection, act, stored, theirs)
    return tuple(_waiting(problems[its.start], act.today, its) for its in theirs)


def accept(
    database: Database, act: Act, *, unit: str, numbers: Iterable[int] | None = None
) -> tuple[Version, ...]:
    """Publish these changes, or all that wait: a version for each period that they belong to.

    All are those about officers whom the actor manages.
    """
    act.rights.must_manage(unit)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        chosen = _chosen(connection, act, stored, numbers)
        _refuse_past(chosen, act.today)
        done = [
            _accept(connection, act, stored, start, [its for its in chosen if its.start == start])
            for start in dict.fromkeys(its.start for its in chosen)
        ]
        _decide(connection, act, stored, chosen, proposals.ACCEPTED)
        for version, publication in done:
            tell_officers(connection, act, stored, version, [publication])
    return tuple(version for version, _ in done)


def refuse(database: Database, act: Act, *, unit: str, numbers: Iterable[int] | None = None) -> int:
    """Leave the rota as it is published. How many changes were refused."""
    act.rights.must_manage(unit)
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        chosen = _chosen(connection, act, stored, numbers)
        _decide(connection, act, stored, chosen, proposals.REFUSED)
    return len(chosen)


def _theirs(connection: Connection, act: Act, unit: Stored) -> tuple[Proposal, ...]:
    """What waits about officers in teams that the actor manages."""
    waiting = proposals.waiting(connection, unit.id)
    if act.rights.manages_whole(unit.name):
        return waiting
    officers = units.officers(connection, unit.id) if waiting else ()
    theirs = {its.staff_no for its in officers if act.rights.manages(unit.name, its.team)}
    return tuple(its for its in waiting if its.staff_no in theirs)


def _problems(
    connection: Connection, act: Act, unit: Stored, chosen: Iterable[Proposal]
) -> Mapping[date, Problem]:
    """What is published of the periods of these proposals, by their first days."""
    starts = {its.start for its in chosen}
    return {
        version.period.first: published_problem(connection, unit, version.period, act.today)
        for version in (versions.in_force(connection, unit.id) if starts else ())
        if version.period.first in starts
    }


def _waiting(problem: Problem, today: date, its: Proposal) -> Waiting:
    officer = problem.officers.get(its.staff_no)
    return Waiting(
        proposal=its,
        name=officer.name if officer else its.staff_no,
        team=officer.team if officer else "",
        trouble=_past(its, today) or _misfit(problem, its),
    )


def _chosen(
    connection: Connection, act: Act, unit: Stored, numbers: Iterable[int] | None
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


def _accept(
    connection: Connection, act: Act, unit: Stored, start: date, chosen: list[Proposal]
) -> tuple[Version, Publication]:
    in_force = {its.period.first: its for its in versions.in_force(connection, unit.id)}
    version = in_force[start]
    problem = published_problem(connection, unit, version.period, act.today)
    rota = _with(problem, chosen)
    publication = Publication(
        cause=ACCEPTED,
        problem=problem,
        seats=to_publish(problem, rota),
        judgement=judge(problem, rota),
        planned_revision=planned_for(connection, unit, version),
        reasons=_reasons(chosen),
    )
    return publish_rota(connection, act, unit, publication), publication


def _with(problem: Problem, chosen: Iterable[Proposal]) -> Rota:
    """What is published with these changes. Raises if one of them does not fit any more."""
    for its in chosen:
        if trouble := _misfit(problem, its):
            raise Conflict(trouble)
    wished = [Seat(its.staff_no, its.date, its.after) for its in chosen if its.after]
    return filled(problem, wished, [seat.seat for seat in problem.unit.published])


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
    changes = {its: Change(its.staff_no, its.date, its.before, its.after) for its in chosen}
    return {
        change: Reason(change, its.reason, its.reason_for_managers, ())
        for its, change in changes.items()
    }


def _decide(
    connection: Connection, act: Act, unit: Stored, chosen: Iterable[Proposal], state: str
) -> None:
    numbers = [its.id for its in chosen]
    proposals.decide(connection, numbers, state=state, at=act.at, by=act.who)
    audit.add(connection, unit.id, act.entry(f"{state} proposals", after={"numbers": numbers}))
