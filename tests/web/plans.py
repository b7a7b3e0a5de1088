"""What happens in the town before a test looks at it: drafts, runs and what the night proposes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from rota.domain import Seat
from rota.moments import LONDON
from rota.services.access.act import Act
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.services.runs import claimed_run, claims, night, run_requests, run_result
from rota.services.runs.claimed_run import ClaimedRun
from rota.services.units import record_changes
from tests.filling import filled
from tests.stored import LEASE, solved_by
from tests.web.conftest import Town
from tests.web.town import NOW, START

MANAGER = Act("manager@example.org", "a test", NOW)
NIGHT = Act("the night", "a test", datetime(2027, 1, 12, 2, 30, tzinfo=LONDON))
WEDNESDAY, THURSDAY, FRIDAY = date(2027, 1, 13), date(2027, 1, 14), date(2027, 1, 15)
NEXT_WEDNESDAY = date(2027, 1, 20)
COURT_DUTIES = (
    Seat("203", WEDNESDAY, "Millbrook Crown Court"),
    Seat("202", NEXT_WEDNESDAY, "Millbrook Crown Court"),
    Seat("202", THURSDAY, "High Street"),
)
"""What the town's published rota breaks: two court duties and Ben's appointment."""

AS_BEFORE = tuple(seat._replace(site="Weir Street") for seat in COURT_DUTIES)
"""The same officers where they are published first."""


def ask(town: Town, *, start: date | None = START, seconds: float = 30) -> int:
    """Ask for a run of the published weeks. Its number."""
    return run_requests.request_run(
        town.database, MANAGER, unit="Millbrook", start=start, seconds=seconds
    ).run.id


def claim(town: Town, doer: Act = MANAGER) -> ClaimedRun:
    """Take the run that waits longest."""
    its = claims.claim_next(town.database, worker="east", now=doer.at, lease=LEASE, attempts=5)
    assert its is not None
    return claimed_run.load_claimed_run(town.database, claim=its, now=doer.at)


def plan(town: Town, *seats: Seat, doer: Act = MANAGER) -> int:
    """Plan a draft of the published weeks that differs in these seats. The number of its run."""
    number = ask(town)
    end(town, claim(town, doer), *seats, doer=doer)
    return number


def end(town: Town, claimed: ClaimedRun, *seats: Seat, doer: Act = MANAGER) -> None:
    """End the run with these seats, and else those that are published."""
    (problem,) = claimed.problems
    published = [its.seat for its in problem.unit.published]
    solved = solved_by(problem, filled(problem, seats, published))
    told = {name: {"cost": cost, "bound": 0} for name, cost in solved.judgement.costs.items()}
    summary = {"status": "feasible", "levels": told}
    run_result.save_draft(town.database, doer, claimed, replace(solved, summary=summary))


def mend(town: Town) -> None:
    """Publish a version in which nothing is broken that somebody would have to answer for."""
    plan(town, *COURT_DUTIES)
    versions.publish(town.database, MANAGER, unit="Millbrook", start=START)


def move(town: Town, seat: Seat, *, doer: Act = MANAGER) -> None:
    """Change the draft of the published weeks by hand."""
    drafts.move(
        town.database,
        doer,
        unit="Millbrook",
        staff_no=seat.staff_no,
        day=seat.date,
        site=seat.site,
        start=START,
    )


def propose(town: Town, *seats: Seat) -> None:
    """Let the night propose these seats within the notice days, after Omar fell ill."""
    row = {"staff_no": "102", "first": "2027-01-20", "last": "2027-01-20", "kind": "sick"}
    record_changes.record(town.database, MANAGER, unit="Millbrook", table="away", rows=[row])
    night.request_nights(town.database, NIGHT, unit="Millbrook", as_of=NIGHT.today, seconds=30)
    claimed = claim(town, NIGHT)
    solved = []
    for problem in claimed.problems:
        published = [its.seat for its in problem.unit.published]
        solved.append(solved_by(problem, filled(problem, seats, published)))
    night.save_night(town.database, NIGHT, claimed, solved)


def searched(moments: Iterable[tuple[float, str, int, int, int]]) -> dict[str, object]:
    """The progress of a search with these moments: seconds, level, bound, policy's, people's cost.

    All other levels cost nothing.
    """
    told = list(moments)
    seconds, working_on, bound, policy, people = told[-1]
    costs = {"limit": 0, "cover": 0, "notice": 0, "policy": policy, "stability": 0}
    levels = {
        name: {"cost": cost, "bound": 0} for name, cost in {**costs, "people": people}.items()
    }
    levels[working_on] = {**levels[working_on], "bound": bound}
    columns = list(zip(*told, strict=True))
    nothing = [0] * len(told)
    return {
        "seconds": seconds,
        "working_on": working_on,
        "levels": levels,
        "history": {
            "seconds": list(columns[0]),
            "working_on": list(columns[1]),
            "bound": list(columns[2]),
            "costs": {
                **dict.fromkeys(levels, nothing),
                "policy": list(columns[3]),
                "people": list(columns[4]),
            },
        },
    }


def report(town: Town, claimed: ClaimedRun, *moments: tuple[float, str, int, int, int]) -> None:
    """Let the worker of the run tell how far it is."""
    progress = searched(moments)
    claims.report_progress(town.database, claimed, progress=progress, now=town.clock(), lease=LEASE)


def later(doer: Act, at: datetime) -> Act:
    """The same person at another instant."""
    return replace(doer, at=at)
