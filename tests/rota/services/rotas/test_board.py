"""Which weeks a board shows, of which rota, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.rights import Grant, Rights, Role
from rota.services.drafts import drafts
from rota.services.rotas import board
from rota.services.rotas.board import BoardSheet, RotaChoice
from rota.store.databases.database import Database
from tests import draft_edits
from tests.rota.services.example import EARLIER, ON_SQLITE, keep
from tests.rota_text import FRI, MON, THU, TUE, WED, rota
from tests.stored import act, publish

CHART = """
        4 Jan 2027              11 Jan 2027
        Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
Ann     O   O   O   H   H       O   O   O   H   H
Bob     H   O   O   O   H       H   O   O   O   -
"""
NEXT = MON + timedelta(weeks=1)

pytestmark = ON_SQLITE


@pytest.fixture
def unit(database: Database) -> Iterator[Database]:
    """Two weeks, published under the rules of desks."""
    keep(database, CHART, on=["desks"], desks={"O": 1}, officers={"Bob": {"team": "Red"}})
    publish(database, EARLIER, rota=rota(CHART))
    return database


def sheet(database: Database, doer: Act = EARLIER, **asked: object) -> BoardSheet:
    found = board.load_board(database, doer, unit="Blue", **asked).sheet
    assert found is not None
    return found


def holding(role: Role, team: str | None = None) -> Act:
    return replace(EARLIER, rights=Rights((Grant(role, 1, "Blue", team),)))


@pytest.mark.parametrize(
    ("today", "asked", "first", "days"),
    [
        (MON - timedelta(weeks=2), {}, MON, 10),  # The next period, if none has begun.
        (WED, {}, MON, 10),
        (NEXT, {}, NEXT, 5),
        (NEXT + timedelta(weeks=9), {}, MON, 10),  # The last one, if all are over.
        (WED, {"start": NEXT + timedelta(days=2)}, NEXT, 5),
        (WED, {"start": MON, "weeks": 1}, MON, 5),
        (WED, {"start": MON, "weeks": 0}, MON, 5),
    ],
)
def test_weeks_from_that_of_a_day_on_to_the_end_of_its_period(
    unit: Database, today: date, asked: dict[str, object], first: date, days: int
) -> None:
    its = sheet(unit, act(today), **asked)
    assert (its.days[0], len(its.days)) == (first, days)


def test_a_day_without_a_rota_has_no_sheet(unit: Database) -> None:
    found = board.load_board(unit, EARLIER, unit="Blue", start=NEXT + timedelta(weeks=1))
    assert (found.sheet, [period.first for period in found.periods]) == (None, [MON])


def test_a_draft_is_shown_to_managers_alone(unit: Database) -> None:
    draft_edits.move(unit, EARLIER, unit="Blue", staff_no="ann", day=THU, site="Leeds")
    seen = sheet(unit, holding(Role.MANAGER, "Red"))
    assert seen.draft is not None
    assert seen.view.rota == drafts.load_view(unit, EARLIER, unit="Blue").rota
    assert (seen.teams, seen.tells_breaches) == (frozenset({"Red"}), True)
    for role in (Role.OFFICER, Role.HEAD):
        its = sheet(unit, holding(role))
        assert (its.draft, its.has_draft, its.teams) == (None, False, frozenset())
        assert (its.view.rota, its.breaches.concerns, its.breaches.strict_by_day) == (
            rota(CHART),
            (),
            {},
        )
    its = sheet(unit, rota_choice=RotaChoice.PUBLISHED)
    assert (its.draft, its.has_draft, its.view.rota) == (None, True, rota(CHART))


def test_breaches_show_at_the_days_of_those_whom_they_concern(unit: Database) -> None:
    # Two officers and one desk: on Tuesday and Wednesday of each week.
    its = sheet(unit)
    assert len(its.breaches.concerns) == 4
    assert its.breaches.strict_by_day == {
        (who, monday + timedelta(days=n)): True
        for who in ("ann", "bob")
        for monday in (MON, NEXT)
        for n in (1, 2)
    }
    assert its.breaches.count_by_officer == {"ann": 4, "bob": 4}


def test_locks_are_those_of_the_rota_that_is_shown(unit: Database) -> None:
    draft_edits.lock(unit, EARLIER, unit="Blue", staff_no="ann", first=TUE)
    assert sheet(unit).locked == {("ann", TUE)}
    assert sheet(unit, rota_choice=RotaChoice.PUBLISHED).locked == frozenset()


def test_who_has_no_role_in_the_unit_sees_nothing(unit: Database) -> None:
    stranger = replace(EARLIER, rights=Rights((Grant(Role.MANAGER, 2, "Green"),)))
    with pytest.raises(Forbidden, match=r"^You may not see the rotas of Blue\."):
        sheet(unit, stranger)


def test_what_was_published_up_to_today_is_fixed(unit: Database) -> None:
    assert sheet(unit, act(FRI)).fixed_until == FRI


def test_a_board_that_is_remembered_asks_three_questions(unit: Database) -> None:
    sheet(unit)
    asked: list[str] = []
    event.listen(unit.engine, "before_cursor_execute", lambda *those: asked.append(those[2]))
    sheet(unit)
    assert len([text for text in asked if "SELECT" in text]) == 3
