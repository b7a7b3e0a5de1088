"""Units: brought in from files, looked at, and written back to files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from rota.checker import Finding
from rota.domain import HOME, Period, Place, Policy, Problem, PublishedSeat, Unit, Week
from rota.errors import Conflict
from rota.reading import Reading, read_problem
from rota.remarks import remarks_on
from rota.services.acting import Act
from rota.services.before_and_after import import_told
from rota.services.import_answers import NO_ANSWERS, Answers
from rota.services.import_outcome import Import, NotAgreed
from rota.services.import_plan import plan_import, write_import
from rota.services.problems import published_problem, unit_named
from rota.services.publishing import IMPORTED, Publication, publish_rota
from rota.services.telling import tell_officers
from rota.store import audit, units, versions
from rota.store.database import Database
from rota.store.units import Stored
from rota.writing import write_unit

__all__ = [
    "Answers",
    "Import",
    "NotAgreed",
    "as_files_tell",
    "export_unit",
    "import_unit",
    "names",
]


class _Undone(Exception):  # noqa: N818
    """Carries what an import would do out of a transaction that must not be kept."""

    def __init__(self, told: Import) -> None:
        self.told = told


def names(database: Database, act: Act) -> tuple[str, ...]:
    """The names of all units that they see; administrators see the names of all there are."""
    with database.reading() as connection:
        names = units.names(connection)
    return tuple(n for n in names if act.rights.is_administrator or act.rights.sees(n))


def import_unit(
    database: Database,
    act: Act,
    *,
    name: str,
    path: Path,
    is_trial: bool = False,
    seal: str | None = None,
    answers: Answers = NO_ANSWERS,
    is_agreed: bool = False,
    is_acknowledged: bool = False,
) -> Import:
    """Make the unit what the folder or workbook says, whole or not at all; a trial changes nothing.

    What people recorded since the last import stays, unless the answers say otherwise. A missing
    table has no rows, but a missing rota leaves what is published as it is. Raises BadInput with
    all faults of the files, Conflict if it would not do what the seal of a trial tells, and
    NotAgreed if it needs a yes and none is given. A unit that is not there yet is made by an
    administrator. Raises Unacknowledged, but for a trial, if the rota of the files adds breaches of
    the first levels, and nobody has said so.
    """
    if not act.rights.manages_whole(name):
        act.rights.must_administer()
    reading = read_problem(path, today=act.today)
    try:
        with database.writing() as connection:
            told = _import(
                connection, act, name, reading, answers, is_acknowledged=is_acknowledged or is_trial
            )
            if seal not in (None, told.seal):
                raise Conflict(
                    "The unit has changed since you looked at what the file changes. "
                    "Choose the file again, and look at the differences anew."
                )
            if is_trial:
                raise _Undone(told)
            if told.needs_yes and not is_agreed:
                raise NotAgreed(told)
    except _Undone as undone:
        return undone.told
    return told


def export_unit(database: Database, act: Act, *, name: str, folder: Path) -> None:
    """Write the unit, with what is published, as a folder that imports to the same.

    Published seats of officers and sites that are gone can stand in no file.
    """
    write_unit(folder, *as_files_tell(database, act, name=name))


def as_files_tell(database: Database, act: Act, *, name: str) -> tuple[Unit, Policy]:
    """The unit, with what is published as far as files can tell it, and its policy."""
    act.rights.must_manage_whole(name)
    with database.reading() as connection:
        unit = unit_named(connection, name)
        tables = units.load(connection, unit.id)
        published = _tellable(tables, _published(connection, unit))
    return replace(tables, published=published), unit.policy


def _import(
    connection: Connection,
    act: Act,
    name: str,
    reading: Reading,
    answers: Answers,
    *,
    is_acknowledged: bool,
) -> Import:
    was = units.held(connection, name)
    if was is not None:
        act.rights.must_manage_whole(name)
    problem = _with_known_start(reading, was)
    unit = was or units.create(connection, name, problem.policy, act.import_source)
    plan = plan_import(connection, act, unit, problem, answers, is_new=was is None)
    write_import(connection, act, unit, plan)
    unit = unit_named(connection, name)
    before_files = set(_published(connection, unit))
    breaches = _publish(connection, act, unit, plan.theirs, is_acknowledged=is_acknowledged)
    after_files = set(_published(connection, unit))
    told = Import(
        is_new=was is None,
        differences=plan.differences,
        settings=plan.settings,
        published=(
            tuple(sorted(after_files - before_files)),
            tuple(sorted(before_files - after_files)),
        ),
        added_breaches=tuple(breaches),
        notes=(*reading.notes, *map(str, remarks_on(problem))),
        pairs=plan.pairs,
        decisions=plan.decisions,
        since=plan.since,
        settings_since=plan.settings_since,
        going=plan.going,
        shrinking=plan.shrinking,
        answers=answers,
        names={its.staff_no: str(its) for its in (*plan.theirs.officers, *plan.before.officers)},
    )
    if not told.is_empty:
        entry = import_told(plan.differences, plan.settings)
        audit.add(connection, unit.id, act.entry("imported files", **entry))
    return told


def _with_known_start(reading: Reading, was: Stored | None) -> Problem:
    """The problem; where its files name no start, with the one that is known already."""
    if was is None or reading.start_is_given:
        return reading.problem
    policy = replace(reading.problem.policy, start=was.policy.start)
    return replace(reading.problem, policy=policy)


def _published(connection: Connection, unit: Stored) -> tuple[PublishedSeat, ...]:
    periods = (version.period for version in versions.in_force(connection, unit.id))
    return tuple(s for p in periods for s in versions.seats_in_force(connection, unit.id, p))


def _tellable(tables: Unit, seats: Iterable[PublishedSeat]) -> tuple[PublishedSeat, ...]:
    """The seats whose officer and site the tables know."""
    officers = {officer.staff_no for officer in tables.officers}
    sites = {HOME.name, *(site.name for site in tables.sites)}
    return tuple(seat for seat in seats if seat.staff_no in officers and seat.site in sites)


def _seats_after(
    was: Set[PublishedSeat], tables: Unit, published: Sequence[Period], today: date
) -> Set[PublishedSeat]:
    """What is published when the files have been taken in.

    What was published up to today stays, whatever they say. Seats that no file can tell stay too,
    unless the files have another for that officer and date.
    """
    history = {seat for seat in was if seat.date <= today}
    in_files = {
        seat
        for seat in tables.published
        if seat.date > today or not any(seat.date in period for period in published)
    }
    places = {(seat.staff_no, seat.date) for seat in in_files}
    untold = was - {*_tellable(tables, was)}
    stay = {seat for seat in untold if (seat.staff_no, seat.date) not in places}
    return history | in_files | stay


def _publish(
    connection: Connection, act: Act, unit: Stored, tables: Unit, *, is_acknowledged: bool
) -> Sequence[Finding]:
    """Publish the seats of the files, period by period, where they differ from what is.

    Those are told whose days change; what is published for the first time they know already. What
    the seats break more of the first levels is returned.
    """
    if not tables.published:
        return ()
    was = set(_published(connection, unit))
    periods = [version.period for version in versions.in_force(connection, unit.id)]
    seats = _seats_after(was, tables, periods, act.today)
    places = {(seat.staff_no, seat.date): seat for seat in seats}
    changed = {(seat.staff_no, seat.date) for seat in seats ^ was}
    breaches: list[Finding] = []
    for period, put in _by_period(changed, periods, unit.policy):
        publication = Publication(
            cause=IMPORTED,
            problem=published_problem(connection, unit, period, act.today),
            put={place: places.get(place) for place in put},
            planned_revision=unit.revision,
            is_acknowledged=is_acknowledged,
            why={},
        )
        breaches += publication.added_breaches
        version = publish_rota(connection, act, unit, publication)
        if publication.changes:
            tell_officers(connection, act, unit, version, [publication])
    return breaches


def _by_period(
    places: Iterable[Place], published: Sequence[Period], policy: Policy
) -> Iterator[tuple[Period, list[Place]]]:
    """The places by the periods that they are published in, by date."""
    periods: dict[Period, list[Place]] = {}
    for place in sorted(places):
        periods.setdefault(_period_of(place[1], published, policy), []).append(place)
    yield from sorted(periods.items(), key=lambda item: item[0].first)


def _period_of(day: date, published: Iterable[Period], policy: Policy) -> Period:
    """The published period that holds the day, or the one of the policy's length around it."""
    for period in published:
        if day in period:
            return period
    weeks = policy.weeks
    since = (Week.of(day).monday - policy.start).days // 7
    return Period(policy.start + timedelta(weeks=since // weeks * weeks), weeks)
