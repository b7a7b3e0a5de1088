"""Changes at short notice wait for a manager, who accepts or refuses them one by one or all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import select

from rota.domain import Away, Duty, PublishedSeat
from rota.errors import NotFound, RotaError
from rota.explaining import Change
from rota.services.answers import proposals
from rota.services.rotas import versions
from rota.services.runs import night
from rota.services.units import record_changes
from rota.store.databases.database import Database
from rota.store.requests.proposals import Proposal
from rota.store.units.rows import table_of
from rota.tables import ProposalTable
from tests import draft_edits
from tests.filled_once import filled_once
from tests.rota.services.example import EARLIER, ON_SQLITE, costs, keep, record, sick, work_off_as
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import act, audited, in_force, publish

# Somebody of the skill "trial" is due at the court each day. Ann has it, and so has Bob.
CHART = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   C   C   C   C
Bob     O   H   O   H   O
Mel     O   O   O   O   O
"""
WITHOUT_ANN = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   -   -   -   -
Bob     O   C   C   C   C
Mel     O   O   O   O   O
"""
WITH_ANN_BACK = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     C   -   C   C   -
Bob     O   C   O   H   C
Mel     O   O   O   O   O
"""
AGAIN = """
        11 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   O
Bob     O   H   O   H   O
Mel     O   O   O   O   O
"""
CALLED = """
        4 Jan 2027              11 Jan 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     C   -   -   -   -       O   O   O   O   O
Bob     O   C   C   C   J       J   H   O   H   O
Mel     O   O   O   O   J       J   O   O   O   O
"""
TRIAL = {"skills": frozenset(["trial"])}
DUTIES = [Duty(day, "Crown Court", 1, "trial") for day in (MON, TUE, WED, THU, FRI)]
NIGHT = act(MON, "the night", time(2, 30))
MORNING = act(MON)
COURT = "Crown Court"


@pytest.fixture
@filled_once
def database(database: Database) -> Database:
    """Ann is ill from Tuesday to Friday; that Bob goes to the court waits for a yes, by day."""
    keep(
        database,
        CHART,
        on=["cover"],
        officers={"Ann": TRIAL, "Bob": TRIAL, "Mel": {"grade": "SPO"}},
        duties=DUTIES,
        plan_ahead_weeks=0,
        nightly_publishes="never",
    )
    publish(database, EARLIER, rota=rota(CHART))
    sick(database, NIGHT, Away("ann", TUE, FRI))
    the_night(database, WITHOUT_ANN)
    return database


def the_night(database: Database, chart: str) -> None:
    """Let the night find the chart, and else what is published, as far as that may be used."""
    assert night.request_nights(database, NIGHT, unit="Blue", as_of=MON, seconds=30)
    work_off_as(database, NIGHT, rota(chart))


def waiting(database: Database) -> tuple[Proposal, ...]:
    return proposals.list_waiting(database, MORNING, unit="Blue")


def states(database: Database) -> list[tuple[str, date | None, str | None]]:
    """The state of every proposal, and who decided when."""
    its = table_of(ProposalTable)
    with database.reading() as connection:
        rows = connection.execute(select(its).order_by(its.c.id))
        return [(row.state, row.decided_at, row.decided_by) for row in rows]


def bob(database: Database) -> list[str]:
    """Where Bob is on each day of the week, as published."""
    return [seat.site for seat in in_force(database) if seat.staff_no == "bob"]


UNDECIDED = ("waiting", None, None)


def test_proposals_wait_by_date(database: Database) -> None:
    told = [(its.id, its.staff_no, its.date, its.before, its.after) for its in waiting(database)]
    assert told == [
        (1, "bob", TUE, "home", COURT),
        (2, "bob", WED, "Leeds", COURT),
        (3, "bob", THU, "home", COURT),
        (4, "bob", FRI, "Leeds", COURT),
    ]
    assert bob(database) == ["Leeds", "home", "Leeds", "home", "Leeds"]


def test_what_is_accepted_is_published(database: Database) -> None:
    (version,) = proposals.accept(database, MORNING, unit="Blue")
    assert (version.number, version.cause, version.published_by) == (3, "accepted", "Mel")
    # Two changes at short notice, two beyond; Ann's seats had gone before.
    assert version.costs == costs(notice=2, stability=2)
    assert bob(database) == ["Leeds", COURT, COURT, COURT, COURT]
    assert waiting(database) == ()
    assert states(database) == [("accepted", MORNING.at, "Mel")] * 4
    entry = audited(database)[0]
    assert (entry.actor, entry.what) == ("Mel", "accepted proposals")
    assert entry.after == {"numbers": [1, 2, 3, 4]}


def test_some_may_be_accepted_and_others_refused(database: Database) -> None:
    proposals.accept(database, MORNING, unit="Blue", numbers=[4, 2, 4])
    assert bob(database) == ["Leeds", "home", COURT, "home", COURT]
    assert [its.id for its in waiting(database)] == [1, 3]
    assert proposals.refuse(database, MORNING, unit="Blue", numbers=[3]) == 1
    assert states(database) == [
        UNDECIDED,
        ("accepted", MORNING.at, "Mel"),
        ("refused", MORNING.at, "Mel"),
        ("accepted", MORNING.at, "Mel"),
    ]
    assert audited(database)[0].what == "refused proposals"
    proposals.accept(database, MORNING, unit="Blue")
    assert bob(database) == ["Leeds", COURT, COURT, "home", COURT]


def test_what_is_refused_leaves_the_rota_as_it_is(database: Database) -> None:
    before = in_force(database)
    assert proposals.refuse(database, MORNING, unit="Blue") == 4
    assert (in_force(database), waiting(database)) == (before, ())
    assert len(versions.list_versions(database, MORNING, unit="Blue")) == 2


@ON_SQLITE
def test_the_reason_goes_with_what_is_accepted(database: Database) -> None:
    (proposal, *_) = waiting(database)
    proposals.accept(database, MORNING, unit="Blue", numbers=[1])
    (told,) = versions.list_changes(database, MORNING, unit="Blue", number=3)
    assert (told.reason, told.reason_for_managers) == (
        proposal.reason,
        proposal.reason_for_managers,
    )
    assert told.reason_for_managers.endswith("Ann (ann) is away (sick) on Tuesday 5 January 2027.")


@ON_SQLITE
@pytest.mark.parametrize("decide", [proposals.accept, proposals.refuse])
def test_only_what_waits_can_be_decided_on(
    database: Database, decide: Callable[..., object]
) -> None:
    proposals.refuse(database, MORNING, unit="Blue", numbers=[1])
    with pytest.raises(NotFound) as told:
        decide(database, MORNING, unit="Blue", numbers=[9, 2, 1])
    assert str(told.value) == "No proposal with the number 9, 1 waits for a decision in Blue."
    assert [its.id for its in waiting(database)] == [2, 3, 4]
    proposals.refuse(database, MORNING, unit="Blue")
    with pytest.raises(NotFound, match=r"^No proposal waits for a decision in Blue\.$"):
        decide(database, MORNING, unit="Blue")


@ON_SQLITE
def test_what_waits_in_another_unit_is_not_theirs_to_decide(database: Database) -> None:
    keep(database, CHART, name="Red", duties=DUTIES)
    assert proposals.list_waiting(database, MORNING, unit="Red") == ()
    with pytest.raises(NotFound, match=r"^No proposal with the number 1 waits .* in Red\.$"):
        proposals.accept(database, MORNING, unit="Red", numbers=[1])


@ON_SQLITE
def test_a_day_that_has_come_can_only_be_refused(database: Database) -> None:
    wednesday = act(WED)
    with pytest.raises(RotaError) as told:
        proposals.accept(database, wednesday, unit="Blue")
    assert str(told.value) == (
        "Proposal 1 changes a seat on Tuesday 5 January 2027, which is not after today; "
        "it can only be refused."
    )
    with pytest.raises(RotaError, match=r"^Proposal 2 changes a seat on Wednesday 6 January"):
        proposals.accept(database, wednesday, unit="Blue", numbers=[2, 3])
    assert len(waiting(database)) == 4
    proposals.refuse(database, wednesday, unit="Blue", numbers=[1, 2])
    proposals.accept(database, wednesday, unit="Blue")
    assert bob(database) == ["Leeds", "home", "Leeds", COURT, COURT]


@ON_SQLITE
def test_the_next_night_proposes_anew_what_still_matters(database: Database) -> None:
    # Ann is back on Wednesday and Thursday, so that only two changes are left.
    row = {"staff_no": "ann", "first": f"{WED}", "last": f"{THU}", "kind": "sick"}
    record_changes.withdraw_away(database, NIGHT, unit="Blue", row=row)
    the_night(database, WITH_ANN_BACK)
    assert [(its.id, its.date) for its in waiting(database)] == [(5, TUE), (6, FRI)]
    assert states(database) == [("outdated", None, None)] * 4 + [UNDECIDED] * 2
    with pytest.raises(NotFound, match=r"^No proposal with the number 1 waits"):
        proposals.accept(database, MORNING, unit="Blue", numbers=[1])


@ON_SQLITE
def test_what_does_not_fit_the_unit_any_more_is_not_accepted(database: Database) -> None:
    sick(database, MORNING, Away("bob", WED, WED))
    before = in_force(database)
    with pytest.raises(RotaError) as told:
        proposals.accept(database, MORNING, unit="Blue")
    assert str(told.value) == (
        "Bob (bob) may not be at Crown Court on Wednesday 6 January 2027 any more, since the unit "
        "has changed. Refuse the proposal; the next night plans anew."
    )
    assert (in_force(database), len(waiting(database))) == (before, 4)
    proposals.accept(database, MORNING, unit="Blue", numbers=[1])
    # His seat of Wednesday is void, and nobody said that it be taken back.
    assert bob(database) == ["Leeds", COURT, "Leeds", "home", "Leeds"]


@ON_SQLITE
def test_what_a_manager_has_published_since_is_not_overwritten(database: Database) -> None:
    draft_edits.move(database, MORNING, unit="Blue", staff_no="bob", day=WED, site="home")
    versions.publish(database, MORNING, unit="Blue", is_acknowledged=True)
    before = in_force(database)
    with pytest.raises(RotaError) as told:
        proposals.accept(database, MORNING, unit="Blue")
    assert str(told.value) == (
        "Bob (bob) is not to be at Leeds on Wednesday 6 January 2027 any more, since another "
        "version was published. Refuse the proposal."
    )
    assert in_force(database) == before
    proposals.refuse(database, MORNING, unit="Blue", numbers=[2])
    proposals.accept(database, MORNING, unit="Blue")
    assert bob(database) == ["Leeds", COURT, "home", COURT, COURT]


@ON_SQLITE
def test_what_is_accepted_is_not_planned_again_the_next_night(database: Database) -> None:
    proposals.accept(database, MORNING, unit="Blue")
    tuesday = act(TUE, "the night")
    assert night.request_nights(database, tuesday, unit="Blue", as_of=TUE, seconds=30) == ()


@ON_SQLITE
def test_locked_seats_stay_locked_when_others_are_accepted(database: Database) -> None:
    draft_edits.lock(database, MORNING, unit="Blue", staff_no="mel", first=FRI)
    versions.publish(database, MORNING, unit="Blue", is_acknowledged=True)
    proposals.accept(database, MORNING, unit="Blue", numbers=[1])
    assert [seat for seat in in_force(database) if seat.locked] == [
        PublishedSeat("mel", FRI, "Leeds", locked=True)
    ]


def test_changes_of_two_periods_are_published_as_two_versions(database: Database) -> None:
    next_monday = date(2027, 1, 11)
    publish(database, MORNING, rota=rota(AGAIN))
    for day in (FRI, next_monday):
        record(database, MORNING, "duties", date=f"{day}", site="HMP Leeds", needed="2")
    the_night(database, CALLED)
    later = [its for its in waiting(database) if its.date >= FRI]
    assert [(its.staff_no, its.date, its.start) for its in later] == [
        ("bob", FRI, MON),
        ("mel", FRI, MON),
        ("bob", next_monday, next_monday),
        ("mel", next_monday, next_monday),
    ]
    done = proposals.accept(database, MORNING, unit="Blue", numbers=[its.id for its in later])
    assert [(version.number, version.period.first) for version in done] == [
        (4, MON),
        (5, next_monday),
    ]
    for version in done:
        its_own = [its for its in later if its.start == version.period.first]
        changed = versions.list_changes(database, MORNING, unit="Blue", number=version.number)
        assert [Change(c.staff_no, c.date, c.before, c.after) for c in changed] == [
            Change(p.staff_no, p.date, p.before, p.after) for p in its_own
        ]
