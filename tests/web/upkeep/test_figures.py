"""The figures of a unit, as pictures, tables and spreadsheets."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import insert, select

from rota.domain import Policy
from rota.store.units.rows import table_of
from rota.tables import GrantTable, UserTable
from tests.stored import keep
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK, OTHER_UNIT, START, email_of

NEWTON = 3

PAGE = f"/units/{MILLBROOK}/overview"
KEYS = [
    "office-share-by-team",
    "office-share-by-office",
    "desks",
    "new-starters",
    "team-days",
    "duties",
    "home-days",
    "not-planned",
    "night-changes",
]


def test_every_figure_has_its_section_and_its_spreadsheet(town: Town) -> None:
    page = town.as_("head").get(PAGE).text
    assert re.findall(r'<h2[^>]*id="([\w-]+)"', page) == KEYS
    assert "What is published <strong>4 January to 31 January 2027</strong>" in page
    # Everybody is planned, and no night was begun in the town, so that those figures have no table.
    links = re.findall(rf'href="{PAGE}/([\w-]+).csv\?period=2027-01-04"', page)
    assert links == KEYS[:-2]
    assert "There was no night in the last 30 days." in page


def test_a_picture_shows_the_same_as_its_table(town: Town) -> None:
    # In Blue, Bob and Bea have 20 days, Ben 18, for he is ill on two. All are at the office on
    # Tuesdays to Thursdays: 12 days, Ben 11; they are asked for 12, 12 and 8.
    page = town.as_("head").get(PAGE).text
    row = re.search(r'<th scope="row"[^>]*>Blue</th>(.*?)</tr>', page, re.DOTALL)
    assert row
    assert re.findall(r">(\d+)<", row[1]) == ["3", "58", "35", "60", "55", "0"]
    assert '<text class="rota-chart__label" x="0" y="103">Blue</text>' in page
    assert '<rect class="rota-chart__bar" x="0" y="110" width="216" height="12" />' in page


def test_a_week_may_be_chosen(town: Town) -> None:
    asked = {"period": "2027-01-04", "week": "2027-01-11"}
    page = town.as_("head").get(PAGE, query_string=asked).text
    assert "<strong>11 January to 17 January 2027</strong>" in page
    assert '<option value="2027-01-11" selected>Week of 11 January 2027</option>' in page
    assert f"{PAGE}/desks.csv?period=2027-01-04&amp;week=2027-01-11" in page


@pytest.mark.parametrize("asked", ["period=yesterday", "week=2031-01-06", "week=x&period="])
def test_an_address_that_makes_no_sense_shows_all_weeks(town: Town, asked: str) -> None:
    answer = town.as_("head").get(f"{PAGE}?{asked}")
    assert answer.status_code == 200
    assert "<strong>4 January to 31 January 2027</strong>" in answer.text


def test_a_period_that_is_not_published_is_not_found(town: Town) -> None:
    answer = town.as_("head").get(f"{PAGE}?period=2027-02-01")
    assert answer.status_code == 404
    assert "Nothing is published for a period that starts on 2027-02-01." in answer.text


def test_before_anything_is_published_the_page_says_so(town: Town) -> None:
    keep(town.database, "Newton", OTHER_UNIT, Policy(start=START))
    give(town, "head", "head", NEWTON)
    answer = town.as_("head").get(f"/units/{NEWTON}/overview")
    assert answer.status_code == 200
    assert "No rota is published yet." in answer.text
    listed = town.as_("head").get("/overview").text
    assert re.findall(r">(Millbrook|Newton)</a></th>", listed) == ["Millbrook", "Newton"]


def give(town: Town, who: str, role: str, unit_id: int) -> None:
    """Give another role to a user of the town."""
    users, grants = table_of(UserTable), table_of(GrantTable)
    number = select(users.c.id).where(users.c.email == email_of(who)).scalar_subquery()
    row = {"user_id": number, "role": role, "unit_id": unit_id}
    with town.database.writing() as connection:
        connection.execute(insert(grants).values(row))


def test_a_spreadsheet_has_the_table_and_a_mark_of_its_alphabet(town: Town) -> None:
    answer = town.as_("head").get(f"{PAGE}/office-share-by-office.csv?week=2027-01-11")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="office-share-by-office.csv"'
    )
    assert answer.data.decode("utf-8-sig").splitlines()[1:] == [
        "High Street,3,15,9,60,60,0",
        "Weir Street,3,15,9,60,53,0",
    ]


def test_a_spreadsheet_of_no_figure_is_not_found(town: Town) -> None:
    assert town.as_("head").get(f"{PAGE}/luck.csv").status_code == 404


def test_the_units_stand_side_by_side(town: Town) -> None:
    page = town.as_("region").get("/overview").text
    links = re.findall(r'<a class="govuk-link" href="(/units/\d/overview)">(\w+)</a></th>', page)
    assert links == [("/units/1/overview", "Millbrook"), ("/units/2/overview", "Otherton")]
    # The current week is the second of the four that are published, and nothing follows.
    assert "<strong>11 January to 7 February 2027</strong>" in page


def test_of_the_units_the_weeks_may_be_chosen(town: Town) -> None:
    asked = {"first": "6/1/2027", "weeks": "1"}
    page = town.as_("region").get("/overview", query_string=asked).text
    assert "<strong>4 January to 10 January 2027</strong>" in page
    assert 'name="first" type="text" value="4/1/2027"' in page
    csv = town.as_("region").get("/overview.csv", query_string=asked).data.decode("utf-8-sig")
    assert csv.splitlines()[1:] == [
        # Neither of the two duties is covered, and Ben misses his appointment.
        # Of Ben, who has 5 of the days, 40 % are asked.
        "Millbrook,6,30,60,56,40,0,3,0,0",
        "Otherton,2,10,60,60,40,0,0,0,0",
    ]


def test_a_date_that_is_none_is_told_beside_its_field(town: Town) -> None:
    answer = town.as_("region").get("/overview?first=soon&weeks=1")
    assert answer.status_code == 422
    assert 'href="#first">Enter a real' in answer.text


def test_weeks_in_which_nothing_is_published_are_told(town: Town) -> None:
    page = town.as_("region").get("/overview?first=7/6/2027&weeks=4").text
    assert "Nothing is published for these weeks." in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head", 200),
        ("region", 200),
        ("manager", 200),
        ("red_manager", 200),
        ("officer", 403),
        ("other_manager", 403),
        ("administrator", 403),
        (None, 303),
    ],
)
def test_the_figures_are_for_heads_and_managers(town: Town, who: str | None, status: int) -> None:
    client = town.as_(who)
    for path in (PAGE, f"{PAGE}/desks.csv"):
        assert client.get(path).status_code == status


def test_the_figures_of_units_are_for_who_has_one(town: Town) -> None:
    told = {who: town.as_(who).get("/overview") for who in ("head", "other_manager", "officer")}
    assert [answer.status_code for answer in told.values()] == [200, 200, 403]
    assert ">Otherton</a></th>" not in told["head"].text
    assert ">Millbrook</a></th>" not in told["other_manager"].text


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}/desks.csv", "/overview", "/overview.csv"])
def test_few_queries_are_made(town: Town, path: str) -> None:
    client = town.as_("region")
    with town.counting() as asked:
        assert client.get(path).status_code == 200
    assert len(asked) <= MOST_QUERIES
