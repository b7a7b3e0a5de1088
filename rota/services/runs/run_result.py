"""What a run leaves behind: the draft it planned, or what of a night is published and proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from rota.checker import Judgement, judge
from rota.domain import (
    NEVER,
    OUTSIDE_NOTICE,
    ChangedDays,
    OfficerDay,
    Problem,
    PublishedSeat,
    Rota,
    Seat,
    fits_day,
    group_by_day,
    list_plain,
)
from rota.explaining import Change, Reason, find_changes_between
from rota.rules import find_named_seats
from rota.services.access.act import Act
from rota.services.access.audit_details import describe_seats
from rota.services.answers.granted_days import find_granted_days
from rota.services.publishing.publication import (
    PLANNED_BY_NIGHT,
    Publication,
    explain_changes,
    find_changes,
)
from rota.services.runs.claimed_run import (
    ClaimedRun,
    LostClaim,
    count_by_hand,
    find_dropped_moves,
    find_kept_moves,
)
from rota.services.units.lookup import hold_unit
from rota.services.units.planning_problem import find_days_given_up, find_void_days, mark_locks
from rota.store.databases.database import Database
from rota.store.requests.asks import Ask
from rota.store.rotas import drafts
from rota.store.runs import runs
from rota.store.runs.runs import DONE, FAILED
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvedProblem:
    """A problem with the rota that was found for it, how it was judged, and how it was found."""

    problem: Problem
    rota: Rota
    judgement: Judgement
    summary: Mapping[str, Any]


def save_draft(database: Database, act: Act, claimed: ClaimedRun, solved: SolvedProblem) -> None:
    """Save the rota as the draft of its period and end the run, in one transaction.

    Raises LostClaim if another worker took the run. If somebody changed the draft meanwhile, it
    stays as they left it, and the run fails and says so.
    """
    run = claimed.run
    with database.writing() as connection:
        unit = hold_unit(connection, run.unit)
        ended = {
            "state": DONE,
            "result": {**solved.summary, **count_by_hand(solved.problem, solved.rota)},
            "planned_revision": claimed.revision,
            "ended_at": act.at,
        }
        if not write_draft(connection, act, unit, claimed, solved):
            error = "Somebody changed the draft while it was planned; it stays as they left it."
            ended |= {"state": FAILED, "error": error}
        if not runs.change(connection, run.id, claim=claimed.claim, **ended):
            raise LostClaim(run.id)


def compute_costs_as_published(
    problem: Problem, rota: Rota, judgement: Judgement
) -> Mapping[str, float]:
    """The costs of the rota if no seat had been moved by hand."""
    if not problem.unit.moved_by_hand:
        return judgement.costs
    unit = replace(problem.unit, moved_by_hand=())
    return judge(replace(problem, unit=unit), rota).costs


def write_draft(
    connection: Connection, act: Act, unit: StoredUnit, claimed: ClaimedRun, solved: SolvedProblem
) -> bool:
    """Write the draft, unless somebody changed it meanwhile. Whether it was written."""
    period = solved.problem.period
    draft = drafts.find(connection, unit.id, period.first)
    if draft != claimed.draft:
        return False
    problem, rota = solved.problem, solved.rota
    costs = compute_costs_as_published(problem, rota, solved.judgement)
    dropped_moves = find_dropped_moves(problem, rota)
    columns: dict[str, Any] = {
        "base": claimed.bases[0] if claimed.bases else 0,
        "planned_revision": claimed.revision,
        "costs": costs,
        "at": act.at,
        "by": claimed.run.asked_by,
        "seats": tuple(mark_locks(problem, rota)),
    }
    if draft is not None:
        drafts.change(
            connection,
            draft,
            **columns,
            replaced=_find_replaced(claimed.draft_seats, rota),
            not_kept=dropped_moves,
            moved_from=find_kept_moves(draft, problem, rota),
        )
    else:
        drafts.add(connection, unit.id, period=period, **columns)
    after = {"draft": str(period), "run": claimed.run.id, "costs": dict(costs)}
    if dropped_moves:
        after["not_kept"] = describe_seats(dropped_moves)
    audit.add(connection, unit.id, act.entry("planned a draft", after=after))
    return True


def _find_replaced(draft_seats: Iterable[PublishedSeat], rota: Rota) -> tuple[Seat, ...]:
    """The draft's seats in place of which the rota has others; no site where it had none."""
    return tuple(
        Seat(change.staff_no, change.date, change.before or "", change.part)
        for change in find_changes_between((seat.seat for seat in draft_seats), rota)
    )


@dataclass(frozen=True, slots=True)
class NightResult:
    """What a night publishes of one period, if anything, and what it proposes to managers."""

    publication: Publication | None
    proposals: tuple[Reason, ...]


def divide_night(
    claimed: ClaimedRun, solved: SolvedProblem, granted_asks: Sequence[Ask] = ()
) -> NightResult:
    """Divide a night's rota into what is published and what waits for a manager.

    The policy says which. What would add a breach of the first levels waits too, since nobody is
    there to answer for it, and so does what changes a day that a manager granted to an officer.
    """
    problem = solved.problem
    granted_days = find_granted_days(problem, granted_asks)
    planned_days = _find_planned(problem, solved.rota)
    reasons = explain_changes(problem, solved.rota, find_changes(problem, planned_days))
    publication = Publication(
        cause=PLANNED_BY_NIGHT,
        problem=problem,
        put={
            **find_void_days(problem),
            **{
                officer_day: of_day
                for officer_day, of_day in planned_days.items()
                if not _needs_a_yes(problem, officer_day, granted_days)
            },
        },
        planned_revision=claimed.revision,
        why=reasons,
    )
    publication = _drop_breaking_changes(publication)
    published_changes = set(publication.changes)
    reasons_waiting = tuple(
        reason
        for change, reason in reasons.items()
        if change not in published_changes
        and (change.after is not None or problem.may_be_nowhere(change.officer_day))
    )
    return NightResult(publication if publication.changes else None, reasons_waiting)


def _find_planned(problem: Problem, rota: Rota) -> ChangedDays:
    """The days after today as the rota has them; None where a seat is taken back.

    It is void, or of an extra day that is given up.
    """
    later = tuple(seat for seat in rota if seat.date > problem.today)
    return {
        **find_void_days(problem),
        **find_days_given_up(problem, (seat.officer_day for seat in later)),
        **group_by_day(mark_locks(problem, later)),
    }


def _drop_breaking_changes(publication: Publication) -> Publication:
    """The publication without the changes that take part in a breach that it adds.

    What is void of the days that it leaves as they are is still taken back.
    """
    void_days = find_void_days(publication.problem)
    while breaches := publication.added_breaches:
        seats = {seat for breach in breaches for seat in find_named_seats(breach.requirement)}
        officer_days = {
            (change.staff_no, change.date)
            for change in publication.changes
            if (change.after or publication.problem.may_be_nowhere(change.officer_day))
            and seats.intersection(_list_seats_of(publication, change))
        }
        days_left = {day: put for day, put in publication.put.items() if day not in officer_days}
        if officer_days:
            days_left |= {day: void_days[day] for day in officer_days if day in void_days}
        else:
            changes = {(change.staff_no, change.date) for change in publication.changes}
            days_left = {day: put for day, put in publication.put.items() if day not in changes}
        publication = replace(publication, put=days_left)
    return publication


def _list_seats_of(publication: Publication, change: Change) -> Iterator[Seat]:
    """The seats of the changed day, before and after."""
    officer_day = change.staff_no, change.date
    before = publication.days_before.get(officer_day)
    part = publication.problem.parts_planned.get(officer_day)
    yield from list_plain([before and before.keep_part(part), publication.put.get(officer_day)])


def _needs_a_yes(problem: Problem, officer_day: OfficerDay, granted_days: Set[OfficerDay]) -> bool:
    """Whether what the night plans for that officer and day waits for a manager's yes.

    Where no published seat can still be used, the planned ones are published at once.
    """
    published = problem.published.get(officer_day)
    if published is None:
        return False
    if not fits_day(problem.day_options[officer_day], (seat.seat for seat in published)):
        return False
    if officer_day in granted_days:
        return True
    publishes = problem.policy.nightly_publishes
    return publishes == NEVER or (publishes == OUTSIDE_NOTICE and officer_day[1] in problem.notice)
