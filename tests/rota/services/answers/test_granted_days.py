"""What a manager granted is undone by the night only with a manager's yes."""

from __future__ import annotations

import pytest

from rota.domain import Away
from rota.services.answers import proposals
from rota.services.requests import agreements
from rota.services.runs.night import request_nights
from rota.store.databases.database import Database
from tests.rota.services.asking import BOB, NOW, OFFICERS, SUE, ask_day, ask_swap, grant, places
from tests.rota.services.example import EARLIER, ON_SQLITE, keep, sick
from tests.rota_text import FRI, MON, rota
from tests.stored import publish, work_off

ALONE = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   O   -   -   -
Bob     H   H   O   O   O
Sue     O   O   O   O   O
"""


@ON_SQLITE
@pytest.mark.parametrize("kind", ["day", "swap"])
def test_the_night_only_proposes_to_undo_what_was_granted(database: Database, kind: str) -> None:
    # She is asked for 2 office days of 2, so that policy would have her back at the office.
    working = {**OFFICERS["Ann"], "working_days": frozenset([0, 1])}
    officers = {**OFFICERS, "Ann": working}
    shown = {name: officers[name] for name in ("Ann", "Bob", "Sue")}
    keep(database, ALONE, officers=shown, on=["office-minimum", "requests"])
    publish(database, EARLIER, rota=rota(ALONE))
    if kind == "day":
        number = ask_day(database, when=f"{MON}")
    else:
        number = ask_swap(database)
        agreements.agree(database, BOB, unit="Blue", number=number)
    grant(database, number)
    assert places(database, "ann")[0] == "home"
    sick(database, NOW, Away("sue", FRI, FRI))
    request_nights(database, NOW, unit=None, as_of=NOW.today, seconds=30)
    work_off(database, NOW)
    assert places(database, "ann")[0] == "home"
    waiting = proposals.list_waiting(database, SUE, unit="Blue")
    assert ("ann", MON, "home", "Leeds") in [
        (its.staff_no, its.date, its.before, its.after) for its in waiting
    ]
