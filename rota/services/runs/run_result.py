"""What a run leaves behind: the draft it planned, or what of a night is published and proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from rota.checker import Judgement, judge
from rota.domain import NEVER, OUTSIDE_NOTICE, OfficerDay, Problem, PublishedSeat, Rota, Seat
from rota.explaining import Reason, changes_between
from rota.rules import seats_named
from rota.services.access.act import Act
from rota.services.answers.granted_places import places_granted
from rota.services.publishing.publication import (
    PLANNED_BY_NIGHT,
    Publication,
    explain_changes,
    find_changes,
)
from rota.services.runs.claims import Claimed, Lost, Solved
from rota.services.units.lookup import unit_held
from rota.services.units.planning_problem import (
    void_places,
    with_locks,
)
from rota.store.databases.database import Database
from rota.store.requests.asks import Ask
from rota.store.rotas import drafts
from rota.store.rotas.drafts import Draft
from rota.store.runs import runs
from rota.store.runs.runs import DONE, FAILED
from rota.store.units.units import StoredUnit
from rota.store.upkeep import audit


def save_draft(database: Database, act: Act, claimed: Claimed, solved: Solved) -> None:
    """Keep the rota as the draft of its period and end the run, in one.

    Raises Lost if another worker took the run. If somebody changed the draft meanwhile, it stays
    as they left it, and the run fails and says so.
    """
    run = claimed.run
    with database.writing() as connection:
        unit = unit_held(connection, run.unit)
        ended = {
            "state": DONE,
            "result": {**solved.summary, **count_by_hand(solved.problem, solved.rota)},
            "planned_revision": claimed.revision,
            "ended_at": act.at,
        }
        if not keep_draft(connection, act, unit, claimed, solved):
            says = "Somebody changed the draft while it was planned; it stays as they left it."
            ended |= {"state": FAILED, "error": says}
        if not runs.change(connection, run.id, claim=claimed.claim, **ended):
            raise Lost(run.id)


def not_kept(problem: Problem, rota: Rota) -> tuple[Seat, ...]:
    """The seats moved by hand that the rota has not, on days that are not history."""
    moved = problem.unit.moved_by_hand
    return tuple(s for s in moved if s.date > problem.fixed_until and s not in rota.seats)


def still_moved_from(draft: Draft, problem: Problem, rota: Rota) -> Mapping[OfficerDay, str]:
    """Where the seats that the rota has kept were before people moved them."""
    kept = (seat for seat in problem.unit.moved_by_hand if seat in rota.seats)
    places = [(seat.staff_no, seat.date) for seat in kept]
    return {place: draft.moved_from[place] for place in places}


def count_by_hand(problem: Problem, rota: Rota) -> Mapping[str, Mapping[str, int]]:
    """What the result of a run tells of them: how many it kept and could not keep, if any."""
    moved = problem.unit.moved_by_hand
    if not moved:
        return {}
    kept = sum(seat in rota.seats for seat in moved)
    return {"by_hand": {"kept": kept, "not_kept": len(not_kept(problem, rota))}}


def costs_as_published(problem: Problem, rota: Rota, judgement: Judgement) -> Mapping[str, int]:
    """What the rota, judged so, costs against what is published, whatever people moved."""
    if not problem.unit.moved_by_hand:
        return judgement.costs
    unit = replace(problem.unit, moved_by_hand=())
    return judge(replace(problem, unit=unit), rota).costs


def keep_draft(
    connection: Connection, act: Act, unit: StoredUnit, claimed: Claimed, solved: Solved
) -> bool:
    """Keep the draft unless it is not as it was. Whether it was kept."""
    period = solved.problem.period
    now = drafts.find(connection, unit.id, period.first)
    if now != claimed.draft:
        return False
    problem, rota = solved.problem, solved.rota
    costs = costs_as_published(problem, rota, solved.judgement)
    lost = not_kept(problem, rota)
    planned: dict[str, Any] = {
        "base": claimed.bases[0] if claimed.bases else 0,
        "planned_revision": claimed.revision,
        "costs": costs,
        "at": act.at,
        "by": claimed.run.asked_by,
        "seats": tuple(with_locks(problem, rota)),
    }
    if now is not None:
        drafts.change(
            connection,
            now,
            **planned,
            replaced=_replaced(claimed.drafted, rota),
            not_kept=lost,
            moved_from=still_moved_from(now, problem, rota),
        )
    else:
        drafts.add(connection, unit.id, period=period, **planned)
    after = {"draft": str(period), "run": claimed.run.id, "costs": dict(costs)}
    if lost:
        after["not_kept"] = [seat._asdict() for seat in lost]
    audit.add(connection, unit.id, act.entry("planned a draft", after=after))
    return True


def _replaced(drafted: Iterable[PublishedSeat], rota: Rota) -> tuple[Seat, ...]:
    """The seats that the draft had where the rota has others, without a site where it had none."""
    return tuple(
        Seat(change.staff_no, change.date, change.before or "")
        for change in changes_between((seat.seat for seat in drafted), rota)
    )


@dataclass(frozen=True, slots=True)
class Result:
    """What a night makes of one period: what it publishes, if anything, and what it proposes."""

    publication: Publication | None
    proposals: tuple[Reason, ...]


def settle(claimed: Claimed, solved: Solved, granted: Sequence[Ask] = ()) -> Result:
    """What is published of a night's rota, and what waits for a manager, as the policy says.

    What would add a breach of the first levels waits too, since nobody is there to answer for it,
    and so does what a manager has granted to officers who asked.
    """
    problem = solved.problem
    promised = places_granted(problem, granted)
    planned = dict(_planned(problem, solved.rota))
    reasons = explain_changes(problem, solved.rota, find_changes(problem, planned))
    publication = Publication(
        cause=PLANNED_BY_NIGHT,
        problem=problem,
        put={
            place: seat
            for place, seat in planned.items()
            if not _waits(problem, place, seat, promised)
        },
        planned_revision=claimed.revision,
        why=reasons,
    )
    publication = _answerable(publication)
    waiting = tuple(
        reason
        for change, reason in reasons.items()
        if change.after is not None and (change.staff_no, change.date) not in publication.put
    )
    return Result(publication if publication.changes else None, waiting)


def _planned(problem: Problem, rota: Rota) -> Iterator[tuple[OfficerDay, PublishedSeat | None]]:
    """What it takes to publish all of the rota after today; void seats are taken back."""
    yield from void_places(problem)
    later = (seat for seat in rota if seat.date > problem.today)
    for seat in with_locks(problem, later):
        yield (seat.staff_no, seat.date), seat


def _answerable(publication: Publication) -> Publication:
    """The publication without the changes that have a part in a breach that it adds."""
    while added := publication.added_breaches:
        named = {seat for breach in added for seat in seats_named(breach.asked)}
        part = {
            (change.staff_no, change.date)
            for change in publication.changes
            if change.after and named.intersection((*change.taken, *change.given_up))
        }
        part = part or {(change.staff_no, change.date) for change in publication.changes}
        put = {place: seat for place, seat in publication.put.items() if place not in part}
        publication = replace(publication, put=put)
    return publication


def _waits(
    problem: Problem, place: OfficerDay, seat: PublishedSeat | None, promised: Set[OfficerDay]
) -> bool:
    """Whether the seat that the night plans there waits for a manager's yes.

    Whoever has no published seat that can still be used has the planned one at once.
    """
    published = problem.published.get(place)
    if seat is None or published is None or published.site not in problem.allowed_sites[place]:
        return False
    if place in promised:
        return True
    publishes = problem.policy.nightly_publishes
    return publishes == NEVER or (publishes == OUTSIDE_NOTICE and place[1] in problem.notice)
