"""A morning at home, an afternoon of leave: half of a day asked for, granted and recorded."""

from __future__ import annotations

import pytest

from rota.domain import AM, PM, Away, PublishedSeat, Request, Unit
from rota.services.answers import decisions, inbox
from rota.services.requests import new_requests
from rota.store.databases.database import Database
from rota.store.requests.asks import GRANTED, NOTED
from rota.store.units import units
from tests.rota.services.asking import ANN, SUE, ask_day, keep_and_publish, own, refuse, the_ask
from tests.rota.services.example import ON_SQLITE
from tests.rota_text import FRI, MON, TUE, WED
from tests.stored import in_force

pytestmark = ON_SQLITE


@pytest.fixture(autouse=True)
def published(database: Database) -> None:
    """Ann is at Leeds on Monday, at home on Tuesday, and at the Crown Court on Wednesday."""
    keep_and_publish(database)


def ask_leave(database: Database, part: str) -> int:
    return new_requests.ask_for_leave(
        database, ANN, unit="Blue", staff_no="ann", first=TUE, last=WED, part=part
    )


def kept(database: Database) -> Unit:
    """The tables of the unit."""
    with database.reading() as connection:
        unit = units.find(connection, "Blue")
        assert unit is not None
        return units.load(connection, unit.id)


def days_of_ann(database: Database) -> list[PublishedSeat]:
    return [seat for seat in in_force(database) if seat.staff_no == "ann"]


def test_leave_for_afternoons_takes_them_away_and_leaves_the_mornings(database: Database) -> None:
    number = ask_leave(database, PM)
    (waiting,) = inbox.load_inbox(database, SUE, unit="Blue").waiting
    assert waiting.summary.says == ("leave in the afternoon from 5 January 2027 to 6 January 2027")
    assert "1 published day falls away at once." in str(waiting)
    before = days_of_ann(database)
    outcome = decisions.answer(
        database,
        SUE,
        unit="Blue",
        numbers=[number],
        outcome=GRANTED,
        acknowledgement="It was promised.",
    )
    assert outcome.failed == {}
    assert days_of_ann(database) == [
        seat._replace(part=AM) if seat.date in (TUE, WED) else seat for seat in before
    ]
    assert "1 published day fell away" in (the_ask(database).outcome or "")
    assert kept(database).away[-1] == Away("ann", TUE, WED, "leave", PM)


def test_a_morning_at_home_is_had_by_a_day_at_home(database: Database) -> None:
    ask_day(database, when=str(MON), wants="home", part=AM)
    assert own(database)[0][0] == "a morning at home on Monday 4 January 2027"


def test_an_afternoon_of_every_monday_is_noted_with_its_half(database: Database) -> None:
    number = ask_day(database, when="Mon", wants="office", part=PM)
    assert own(database)[0][0] == "every Monday afternoon at the office"
    decisions.answer(database, SUE, unit="Blue", numbers=[number], outcome=NOTED)
    assert kept(database).requests[-1] == Request("ann", 0, "office", 2, PM)


def test_the_same_day_may_be_asked_for_by_halves(database: Database) -> None:
    first = ask_leave(database, AM)
    second = ask_leave(database, PM)
    refuse(database, first)
    assert first != second
    assert FRI not in {seat.date for seat in days_of_ann(database) if seat.part}
