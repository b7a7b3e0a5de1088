"""What happens in the town before its pages are looked at, so that none of them is empty."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert

from rota.services.access.act import Act
from rota.services.requests import new_requests
from rota.services.rotas import versions
from rota.services.runs import night, run_requests
from rota.store.databases.database import Database
from rota.store.units.rows import table_of
from rota.tables import ProposalTable
from tests import draft_edits
from tests.web.town import MILLBROOK, NOW, START

OMAR, NIA, BEN = "102", "103", "202"

WEDNESDAY, THURSDAY = date(2027, 1, 20), date(2027, 1, 21)
NEXT_TUESDAY = date(2027, 1, 26)


def live(database: Database) -> None:
    """Ask for a swap, days, leave and runs, edit a draft, and have a night propose a change."""
    act = Act("rita@example.org", "a test", NOW)
    town = {"unit": "Millbrook"}
    draft_edits.move(database, act, staff_no=OMAR, day=NEXT_TUESDAY, site="home", **town)
    versions.publish(database, act, is_acknowledged=True, **town)
    new_requests.ask_for_swap(
        database, act, staff_no=NIA, with_staff_no=OMAR, day=NEXT_TUESDAY, **town
    )
    draft_edits.move(database, act, staff_no=OMAR, day=THURSDAY, site="home", **town)
    draft_edits.lock(database, act, staff_no=OMAR, first=WEDNESDAY, **town)
    run_requests.request_run(database, act, start=START, weeks=4, seconds=30, **town)
    night.begin_night(database, act, seconds=30)
    new_requests.ask_for_day(
        database, act, staff_no=OMAR, when="2027-01-27", wants="home", strength=2, **town
    )
    new_requests.ask_for_leave(database, act, staff_no=NIA, first=WEDNESDAY, last=WEDNESDAY, **town)
    _propose(database)


def _propose(database: Database) -> None:
    row = {
        "unit_id": MILLBROOK,
        "start": START,
        "staff_no": BEN,
        "date": date(2027, 1, 13),
        "before": "Weir Street",
        "after": "home",
        "reason": "Weir Street would have 1 officer more than desks.",
        "reason_for_managers": "Weir Street would have 1 officer more than desks.",
        "state": "waiting",
        "made_at": NOW,
    }
    with database.writing() as connection:
        connection.execute(insert(table_of(ProposalTable)).values(row))
