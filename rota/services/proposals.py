"""Changes of the night that wait for a manager's yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from rota.checker import judge
from rota.domain import Problem, Rota, Seat
from rota.errors import NotFound, RotaError
from rota.explaining import Change, Reason
from rota.services.acting import Act
from rota.services.problems import filled, published_problem, to_publish, unit_held, unit_named
from rota.services.publishing import ACCEPTED, Publication, planned_for, publish_rota
from rota.services.telling import tell_officers
from rota.store import audit, proposals, versions
from rota.store.database import Database
from rota.store.proposals import Proposal
from rota.store.units import Stored
from rota.store.versions import Version


def waiting(database: Database, *, unit: str) -> tuple[Proposal, ...]:
    """What waits for a decision, by date."""
    with database.reading() as connection:
        return proposals.waiting(connection, unit_named(connection, unit).id)


def accept(
    database: Database, act: Act, *, unit: str, numbers: Iterable[int] | None = None
) -> tuple[Version, ...]:
    """Publish these changes, or all that wait: a version for each period that they belong to."""
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        chosen = _chosen(connection, stored, numbers)
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
    with database.writing() as connection:
        stored = unit_held(connection, unit)
        chosen = _chosen(connection, stored, numbers)
        _decide(connection, act, stored, chosen, proposals.REFUSED)
    return len(chosen)


def _chosen(
    connection: Connection, unit: Stored, numbers: Iterable[int] | None
) -> tuple[Proposal, ...]:
    there = {its.id: its for its in proposals.waiting(connection, unit.id)}
    asked = tuple(dict.fromkeys(there if numbers is None else numbers))
    missing = [str(number) for number in asked if number not in there]
    if missing or not asked:
        which = f"with the number {', '.join(missing)} " if missing else ""
        raise NotFound(f"No proposal {which}waits for a decision in {unit.name}.")
    return tuple(there[number] for number in asked)


def _refuse_past(chosen: Iterable[Proposal], today: date) -> None:
    for its in chosen:
        if its.date <= today:
            raise RotaError(
                f"Proposal {its.id} is about {its.date}, which is not after today, {today}; "
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
        _refuse_misfit(problem, its)
    wished = [Seat(its.staff_no, its.date, its.after) for its in chosen if its.after]
    return filled(problem, wished, [seat.seat for seat in problem.unit.published])


def _refuse_misfit(problem: Problem, its: Proposal) -> None:
    place = its.staff_no, its.date
    if its.after not in problem.allowed_sites.get(place, ()):
        raise RotaError(
            f"{its.staff_no} may not be at {its.after} on {its.date} any more, since the "
            "unit has changed. Refuse the proposal, or plan again: rota nightly"
        )
    published = problem.published.get(place)
    if (published and published.site) != its.before:
        raise RotaError(
            f"{its.staff_no} is not to be at {its.before} on {its.date} any more, since another "
            "version was published. Refuse the proposal."
        )


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
