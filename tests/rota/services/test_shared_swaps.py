"""The cases of swaps, with the units that stand beside the checkout, where they do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rota.services import agreeing, answers, asks, drafts, roles, units, users, versions
from rota.services.acting import Act
from rota.services.rights import Grant, Rights, Role
from rota.store.asks import DECLINED, GRANTED, LAPSED, Ask
from rota.store.database import Database
from tests.rota.services.example import ON_SQLITE
from tests.stored import act, in_force, publish

CASES = Path(__file__).parents[3].parent / "shared" / "cases"

pytestmark = [ON_SQLITE, pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")]

MANAGER = act(date(2026, 11, 27))
WEDNESDAY = date(2026, 12, 2)
NIA, OWEN = (
    Act(
        f"{name}@example.org",
        "a test",
        MANAGER.at,
        Rights((Grant(Role.OFFICER, 1, "Mill", staff_no=staff_no),)),
    )
    for name, staff_no in (("nia", "0101"), ("owen", "0102"))
)


def put(database: Database, **sites: str) -> None:
    """Publish Nia and Owen at these sites on Wednesday."""
    were = places(database)
    wished = [sites["nia"], sites["owen"]]
    for staff_no, was, site in zip(("0101", "0102"), were, wished, strict=True):
        if was != site:
            about = {"unit": "Mill", "staff_no": staff_no, "day": WEDNESDAY}
            drafts.move(database, MANAGER, site=site, **about)
    if were != wished:
        versions.publish(database, MANAGER, unit="Mill", is_acknowledged=True)


def agreed(database: Database, case: str) -> int:
    """The swap of Nia, at the office, with Owen, at home, to which he has agreed."""
    units.import_unit(database, MANAGER, name="Mill", path=CASES / case)
    email = {"email": "owen@example.org", "name": "Owen", "needs_password": False}
    owen = users.add(database, MANAGER, **email)
    role = Grant(Role.OFFICER, 1, "Mill", staff_no="0102")
    roles.grant(database, MANAGER, user_id=owen.id, role=role)
    publish(database, MANAGER, name="Mill")
    put(database, nia="Mill House", owen="home")
    about = {"unit": "Mill", "staff_no": "0101", "with_staff_no": "0102", "day": WEDNESDAY}
    number = asks.ask_for_swap(database, NIA, **about)
    agreeing.agree(database, OWEN, unit="Mill", number=number)
    return number


def the_ask(database: Database) -> Ask:
    return asks.own_asks(database, NIA, unit="Mill", staff_no="0101")[0].ask


def places(database: Database) -> list[str]:
    """Where Nia and Owen are on Wednesday."""
    seats = [its for its in in_force(database, "Mill") if its.date == WEDNESDAY]
    return [its.site for its in sorted(seats) if its.staff_no in ("0101", "0102")]


@pytest.mark.parametrize(
    ("nia", "owen"), [("home", "Mill House"), ("Mill House", "Mill House"), ("home", "home")]
)
def test_a_swap_of_places_that_changed_since_is_never_made(
    database: Database, nia: str, owen: str
) -> None:
    number = agreed(database, "C1-swap-turned-round/42-reversed-swap")
    put(database, nia=nia, owen=owen)
    told = answers.answer(database, MANAGER, unit="Mill", numbers=[number], outcome=GRANTED)
    assert told.answered == ()
    assert places(database) == [nia, owen]
    assert the_ask(database).state == LAPSED


def test_an_agreement_is_taken_back_while_it_waits_for_the_manager(database: Database) -> None:
    number = agreed(database, "C2-agreement-cannot-be-taken-back/19-stale-swap")
    agreeing.decline(database, OWEN, unit="Mill", number=number)
    assert the_ask(database).state == DECLINED
