"""A look at a draft is remembered, and the next is made from it; both are as if made afresh."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from sqlalchemy import event

from rota.checker import judge
from rota.domain import Away, Duty, Request, Rota
from rota.errors import Forbidden, RotaError
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.drafts import drafts
from rota.services.drafts.draft_view import DraftView
from rota.services.rotas import versions
from rota.services.runs import run_requests
from rota.services.units import record_changes
from rota.store.databases.database import Database
from tests import draft_edits
from tests.conftest import sample
from tests.random_problems import NAMES
from tests.rota.services.example import EARLIER, ON_SQLITE, sick
from tests.rota_text import MON, THU, TUE, WED, problem, rota
from tests.stored import act, keep_problem, publish, work_off

CHART = """
        4 Jan 2027
        Mon Tue Wed Thu
Ann     O   C   O   H
Bob     H   O   H   O
Cat     H   H   -   O
Dan     N   O   O   H
"""
DETAILS = {
    "Ann": {"skills": frozenset(["trial"])},
    "Cat": {"start_date": MON.replace(year=2026), "mentor": "ann"},
    "Dan": {"team": "Red", "other_sites": ("York",), "grade": "SPO"},
}


@pytest.fixture
def unit(database: Database) -> Database:
    """The unit of the chart under every rule, with a draft at revision 1."""
    its = problem(
        CHART,
        officers=DETAILS,
        teams={"Red": "York"},
        desks={"O": 2},
        duties=[Duty(TUE, "Crown Court", 1, "trial")],
        requests=[Request("bob", MON, "office", 3), Request("dan", 2, "home", 2)],
        managers_in=1,
    )
    keep_problem(database, its)
    run_requests.request_run(database, EARLIER, unit="Blue", seconds=30)
    work_off(database, EARLIER, rota=rota(CHART))
    return database


def look(database: Database, doer: Act = EARLIER) -> DraftView:
    return drafts.load_view(database, doer, unit="Blue")


def afresh(database: Database, doer: Act = EARLIER) -> DraftView:
    """A look that remembers nothing, as another process has it."""
    with closing(Database(database.url)) as other:
        return look(other, doer)


def move(database: Database, who: str, site: str, doer: Act = EARLIER) -> DraftView:
    place = {"unit": "Blue", "staff_no": who, "day": MON}
    return draft_edits.move(database, doer, **place, site=site).after


def any_edit(database: Database, rng: Random) -> None:
    """A move, a swap, a lock or an unlock of whomever; many are refused."""
    days, staff = (MON, TUE, WED, THU), [name.lower() for name in NAMES[:4]]
    about = {"unit": "Blue", "staff_no": rng.choice(staff)}
    day, last = sorted((rng.choice(days), rng.choice(days)))
    match rng.choice(("move", "move", "swap", "lock", "unlock")):
        case "move":
            site = rng.choice(("Leeds", "York", "Crown Court", "home"))
            draft_edits.move(database, EARLIER, **about, day=day, site=site)
        case "swap":
            other = rng.choice(staff)
            draft_edits.swap(database, EARLIER, **about, with_staff_no=other, day=day)
        case "lock":
            draft_edits.lock(database, EARLIER, **about, first=day, last=last)
        case _:
            draft_edits.unlock(database, EARLIER, **about, first=day, last=last)


@ON_SQLITE
@pytest.mark.parametrize(("seed", "is_published"), sample([*product(range(6), (False, True))], 3))
def test_after_any_edits_a_draft_is_looked_at_as_afresh(
    unit: Database, seed: int, is_published: bool
) -> None:
    if is_published:
        versions.publish(unit, EARLIER, unit="Blue", is_acknowledged=True)
        move(unit, "bob", "Leeds")
    rng = Random(seed)
    before = look(unit).draft.revision
    for _ in range(40):
        with suppress(RotaError):
            any_edit(unit, rng)
        now, other = look(unit), afresh(unit)
        assert now.judgement == judge(now.problem, now.rota)
        assert now.draft.costs == now.judgement.costs
        assert now == other
        assert (now.rows, now.occupancy) == (other.rows, other.occupancy)
        assert now.concerns == other.concerns
        for teams in (None, frozenset({"Blue"}), frozenset()):
            told, its = now.breaches_for(teams), other.breaches_for(teams)
            assert told == its
            assert told.strict_by_day == its.strict_by_day
            assert told.count_by_officer == its.count_by_officer
    assert look(unit).draft.revision > before + 5


@ON_SQLITE
def test_a_draft_of_which_seats_fall_away_is_looked_at_as_afresh(unit: Database) -> None:
    record_changes.record(
        unit,
        EARLIER,
        unit="Blue",
        table="away",
        rows=[{"staff_no": "ann", "first": f"{MON}", "last": f"{TUE}", "kind": "sick"}],
    )
    assert [(its.staff_no, its.date) for its in look(unit).fallen] == [("ann", MON), ("ann", TUE)]
    assert look(unit).judgement.misfits == ()
    assert move(unit, "bob", "Leeds") == afresh(unit)
    assert len(look(unit).fallen) == 2


def test_what_another_process_does_is_seen(unit: Database) -> None:
    look(unit)
    with closing(Database(unit.url)) as other:
        move(other, "bob", "Leeds")
    assert look(unit).draft.revision == 2
    assert look(unit) == afresh(unit)
    with closing(Database(unit.url)) as other:
        sick(other, EARLIER, Away("dan", MON, MON))
    assert [seat.staff_no for seat in look(unit).fallen] == ["dan"]
    with closing(Database(unit.url)) as other:
        row = {"staff_no": "dan", "first": f"{MON}", "last": f"{MON}", "kind": "sick"}
        record_changes.withdraw_away(other, EARLIER, unit="Blue", row=row)
        drafts.discard(other, EARLIER, unit="Blue")
        publish(other, EARLIER, rota=rota(CHART))
        move(other, "cat", "Leeds")
    assert look(unit) == afresh(unit)
    assert [change.staff_no for change in look(unit).changes] == ["cat"]


@ON_SQLITE
def test_a_draft_of_the_same_number_and_instant_is_another(unit: Database) -> None:
    # SQLite gives the number of a row that is gone to the next one.
    first = look(unit).draft
    drafts.discard(unit, EARLIER, unit="Blue")
    run_requests.request_run(unit, EARLIER, unit="Blue", seconds=30)
    its = first.seats[0]
    other = "home" if its.site != "home" else "Leeds"
    seats = [seat.seat for seat in first.seats if seat != its]
    moved = its.seat._replace(site=other)
    work_off(unit, EARLIER, rota=Rota.of([*seats, moved]))
    again = look(unit).draft
    assert (again.id, again.revision, again.changed_at) == (first.id, 1, first.changed_at)
    assert again.seats != first.seats
    assert look(unit) == afresh(unit)


@ON_SQLITE
def test_an_edit_that_fails_is_not_remembered(unit: Database) -> None:
    before = look(unit)

    def fail(*_: object) -> None:
        raise RotaError("The disk is full.")

    event.listen(unit.engine, "commit", fail)
    with pytest.raises(RotaError, match="disk"):
        move(unit, "bob", "Leeds")
    event.remove(unit.engine, "commit", fail)
    assert look(unit) == before
    assert move(unit, "bob", "Leeds") == afresh(unit)


@ON_SQLITE
def test_another_day_has_another_look(unit: Database) -> None:
    versions.publish(unit, EARLIER, unit="Blue", is_acknowledged=True)
    move(unit, "bob", "Leeds")
    tuesday = act(TUE)
    assert look(unit, tuesday).problem.today == TUE
    assert look(unit, tuesday) == afresh(unit, tuesday)
    assert look(unit) == afresh(unit)


@ON_SQLITE
def test_a_look_that_is_remembered_reads_what_it_depends_on_and_nothing_else(
    unit: Database,
) -> None:
    look(unit)
    asked: list[str] = []
    event.listen(unit.engine, "before_cursor_execute", lambda *those: asked.append(those[2]))
    look(unit)
    assert [text for text in asked if "SELECT" in text and "seat" in text.split("FROM")[1]] == []
    assert len([text for text in asked if "SELECT" in text]) == 3


# Who may


def of_team(team: str | None) -> Act:
    return replace(EARLIER, rights=Rights((Grant(Role.MANAGER, 1, "Blue", team),)))


@ON_SQLITE
def test_managers_look_at_the_whole_draft_and_change_the_seats_of_their_teams(
    unit: Database,
) -> None:
    red = of_team("Red")
    assert look(unit, red) == look(unit)
    assert move(unit, "dan", "Leeds", red).draft.revision == 2
    blue_too = {"unit": "Blue", "staff_no": "dan", "with_staff_no": "bob", "day": TUE}
    for refused in (
        lambda: move(unit, "bob", "Leeds", red),
        lambda: draft_edits.swap(unit, red, **blue_too),
        lambda: draft_edits.lock(unit, red, unit="Blue", staff_no="bob", first=MON),
        lambda: draft_edits.unlock(unit, red, unit="Blue", staff_no="bob", first=MON),
    ):
        with pytest.raises(Forbidden, match=r"^You may not manage the team Blue of Blue\."):
            refused()
    assert look(unit).draft.revision == 2
    assert move(unit, "bob", "Leeds", of_team(None)).draft.revision == 3


@ON_SQLITE
def test_nobody_else_sees_a_draft(unit: Database) -> None:
    grants = (
        Grant(Role.OFFICER, 1, "Blue", staff_no="ann"),
        Grant(Role.HEAD, 1, "Blue"),
        Grant(Role.ADMINISTRATOR),
        Grant(Role.MANAGER, 2, "Green"),
    )
    for grant in grants:
        doer = replace(EARLIER, rights=Rights((grant,)))
        for refused in (
            lambda doer=doer: look(unit, doer),
            lambda doer=doer: move(unit, "ann", "home", doer),
            lambda doer=doer: drafts.discard(unit, doer, unit="Blue"),
        ):
            with pytest.raises(Forbidden, match=r"^You may not manage Blue\."):
                refused()
    assert look(unit).draft.revision == 1
