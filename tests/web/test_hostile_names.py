"""Names and notes that look like HTML are shown as they are, on every page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from rota.domain import Policy, Unit
from rota.services.access.act import Act
from rota.services.requests import new_requests
from rota.services.rotas import versions
from rota.store.databases import schema
from rota.store.databases.database import Database
from rota.store.units.rows import table_of
from rota.tables import ProposalTable, UserTable
from tests import draft_edits
from tests.stored import act, keep
from tests.web.conftest import town_at
from tests.web.lived_in import OMAR, THURSDAY, live
from tests.web.places import places
from tests.web.town import NOW, OTHER_UNIT, START, UNIT, USERS, let_in, publish_first

BARE = "<i x='\"&>"
"""What every name and note holds. It must never stand in a page as it is."""


def hostile(unit: Unit) -> Unit:
    """The unit with other names of people, teams, sites and skills."""

    def named(its, *columns):
        told = {name: getattr(its, name) for name in columns}
        return replace(its, **{name: value and renamed(value) for name, value in told.items()})

    return replace(
        unit,
        sites=tuple(named(its, "name") for its in unit.sites),
        teams=tuple(named(its, "name", "office") for its in unit.teams),
        officers=tuple(
            named(its, "name", "team", "base", "other_sites", "skills") for its in unit.officers
        ),
        duties=tuple(named(its, "site", "skill") for its in unit.duties),
        appointments=tuple(named(its, "site") for its in unit.appointments),
        links=tuple(named(its, "reason") for its in unit.links),
    )


def renamed(value):
    """A name, or several."""
    if isinstance(value, str):
        return value if value == "home" else f"{value}{BARE}"
    return type(value)(map(renamed, value))


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    """The town under hostile names, in which something has happened."""
    path = tmp_path_factory.mktemp("hostile") / "rota.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    earlier = act(START - timedelta(weeks=2), f"Rita{BARE}")
    for name, unit in (("Millbrook", UNIT), ("Otherton", OTHER_UNIT)):
        keep(database, name, hostile(unit), Policy(start=START, weeks=4))
        publish_first(database, earlier, name)
    let_in(database)
    live(database)
    happen(database)
    database.close()
    return path


def happen(database):
    """Notes and reasons by people who mean ill."""
    doer = Act(f"Rita{BARE}", f"a test{BARE}", NOW)
    town = {"unit": "Millbrook"}
    draft_edits.move(database, doer, staff_no=OMAR, day=THURSDAY, site=f"High Street{BARE}", **town)
    versions.publish(database, doer, is_acknowledged=True, note=BARE, **town)
    draft_edits.move(database, doer, staff_no=OMAR, day=THURSDAY, site="home", **town)
    new_requests.ask_for_day(
        database,
        doer,
        staff_no=OMAR,
        when="2027-01-28",
        wants="home",
        strength=3,
        note=BARE,
        **town,
    )
    with database.writing() as connection:
        proposal, user = table_of(ProposalTable), table_of(UserTable)
        reasons = {"reason": BARE, "reason_for_managers": BARE}
        connection.execute(update(proposal).values(before=f"Weir Street{BARE}", **reasons))
        connection.execute(update(user).values(name=user.c.name + BARE))


@pytest.mark.parametrize("who", USERS)
def test_what_looks_like_html_is_shown_as_it_is(hostile_file, tmp_path, who):
    seen, wrong = 0, []
    with town_at(hostile_file, tmp_path) as town:
        client = town.as_(who)
        for _, _, address in places(town.app):
            answer = client.get(f"{address}?search={BARE}&team={BARE}&person={BARE}")
            wrong += [address] if "<i x" in answer.text or answer.status_code >= 500 else []
            seen += answer.text.count("&lt;i x")
    assert wrong == []
    assert seen > 10


def test_errors_repeat_nothing_as_it_is(hostile_file, tmp_path):
    with town_at(hostile_file, tmp_path) as town:
        client = town.as_("manager")
        for address in (
            f"/units/1/records/{BARE}",
            f"/units/1/board/officers/{BARE}",
            f"/units/1/draft?start={BARE}",
            f"/{BARE}",
        ):
            assert "<i x" not in client.get(address).text
