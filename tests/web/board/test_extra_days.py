"""Pages and programs in a week with a Saturday court."""

from __future__ import annotations

import re

from rota.services.drafts import drafts
from rota.services.units import record_changes
from tests.web.board.test_board import BOARD, edit, row
from tests.web.conftest import Town
from tests.web.extra_days import SATURDAY, need_somebody_on_saturday, publish_saturday
from tests.web.split_days import RITA, record
from tests.web.town import COURT

WEEK = f"{BOARD}?start=2027-01-11&weeks=1"
PANEL = f"{BOARD}/officers/102?start=2027-01-11&weeks=1"
VERSION = "/units/1/versions/2/rota"


def columns(page: str) -> list[str]:
    """The days of the head of a board."""
    return re.findall(r'data-d="([^"]*)"', page)


def on_saturday(town: Town) -> dict[str, str]:
    seats = drafts.load_view(town.database, RITA, unit="Millbrook").seats
    return {staff_no: of_day.sites for (staff_no, day), of_day in seats.items() if day == SATURDAY}


def test_the_board_has_a_column_in_that_week_alone(town: Town) -> None:
    need_somebody_on_saturday(town)
    page = town.as_("manager").get(f"{BOARD}?start=2027-01-11&weeks=2").text
    assert columns(page) == [f"2027-01-{day}" for day in (11, 12, 13, 14, 15, 16, *range(18, 23))]
    assert 'colspan="6" class="w"' in page
    assert 'class="board board--weekends"' in page
    assert len(row(page, "102")) == 11 + 1  # The last is for breaches.
    later = town.as_("manager").get(f"{BOARD}?start=2027-01-18&weeks=1").text
    assert len(columns(later)) == 5
    assert "board--weekends" not in later
    assert "Earlier weeks" in later


def test_a_manager_gives_the_duty_and_takes_it_away_without_scripts(town: Town) -> None:
    need_somebody_on_saturday(town)
    client = town.as_("manager")
    page = client.get(PANEL).text
    assert f'id="site-{SATURDAY}"' in page
    assert "Take off" not in page
    assert not re.search(r'id="site-2027-01-16"', client.get(PANEL.replace("102", "101")).text)
    answer = edit(client, day=SATURDAY, site=COURT)
    assert answer.status_code in (200, 303)
    assert on_saturday(town) == {"102": COURT}
    page = client.get(PANEL).text
    assert "Take off" in page
    edit(client, day=SATURDAY, action="clear", revision="")
    assert on_saturday(town) == {}


def test_everybody_sees_the_saturday_that_somebody_works(town: Town) -> None:
    publish_saturday(town)
    officer = town.as_("officer")
    assert "Saturday 16 January" in officer.get("/my-rota").text
    assert "1 extra day to come" in officer.get("/my-rota").text
    assert "Saturday 16 January" not in town.as_("starter").get("/my-rota").text
    page = officer.get(f"{VERSION}?week=2").text
    assert "Sat" in page
    assert "Sat" not in officer.get(f"{VERSION}?week=1").text
    page = officer.get("/units/1/who-is-in?date=2027-01-16").text
    assert f"{COURT}: 1 person" in page


def test_days_in_lieu_are_listed_for_managers(town: Town) -> None:
    publish_saturday(town)
    page = town.as_("manager").get("/units/1/days-in-lieu").text
    assert "Omar Obi" in page
    assert "Bea Boyd" in page
    assert "Ben Bell" not in page
    assert "Bea Boyd" not in town.as_("red_manager").get("/units/1/days-in-lieu").text
    row = {"staff_no": "202", "first": "2027-01-25", "last": "2027-01-25", "kind": "lieu"}
    record(town, "away", **row)
    page = town.as_("manager").get("/units/1/days-in-lieu").text
    assert "1 day in lieu taken too many" in page
    record_changes.withdraw(town.database, RITA, unit="Millbrook", table="away", rows=[row])


def test_nobody_is_on_the_page_where_nobody_may_be_asked(town: Town) -> None:
    assert (
        "Nobody may be asked for extra days"
        in town.as_("manager").get("/units/1/days-in-lieu").text
    )
