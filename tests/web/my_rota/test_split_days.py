"""Days that are split between two sites, on the pages for every member of staff."""

from __future__ import annotations

import re

from tests.web.conftest import Town
from tests.web.split_days import publish_split, record
from tests.web.town import COURT, HIGH, WEIR

WHO_IS_IN = "/units/1/who-is-in?date=2027-01-14"


def words_of(html: str) -> str:
    """What is read of it, without marks for the eye alone."""
    html = re.sub(r'<span[^>]*aria-hidden="true">[^<]*</span>', "", html)
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def thursday(town: Town, who: str = "officer") -> str:
    """What one's own page says of the Thursday."""
    page = town.as_(who).get("/my-rota").text
    (day,) = re.findall(r'rota-week__date">Thursday 14 January</p>(.*?)</li>', page, re.DOTALL)
    return words_of(day)


def test_a_split_day_tells_where_one_is_in_each_half_and_with_whom(town: Town) -> None:
    publish_split(town)
    # Nia, the new starter, is at High Street all day long.
    assert thursday(town) == (
        f"Morning at {COURT}, afternoon at {HIGH} With Nia Nash, your new starter in the afternoon"
    )
    page = words_of(town.as_("officer").get("/my-rota").text)
    assert f"Thursday 14 January: {COURT} in the morning instead of {HIGH} in the morning." in page
    assert thursday(town, "starter").endswith("With Omar Obi, your mentor in the afternoon")


def test_half_a_day_away_is_told_beside_the_other_half(town: Town) -> None:
    days = {"first": "2027-01-14", "last": "2027-01-14"}
    record(town, "away", staff_no="102", **days, kind="leave", part="am")
    assert thursday(town).startswith(f"Morning: leave, afternoon at {HIGH}")
    # He works 13½ of the 18 working days of the period at the office: 1 was split, and ½ is away.
    page = words_of(town.as_("officer").get("/my-rota").text)
    assert "½ working days" in page
    assert "rounded up." in page


def test_a_day_at_one_site_is_told_whole_though_the_company_changes(town: Town) -> None:
    days = {"first": "2027-01-14", "last": "2027-01-14"}
    record(town, "away", staff_no="103", **days, kind="leave", part="pm")
    assert thursday(town) == f"{HIGH} With Nia Nash, your new starter in the morning"
    assert thursday(town, "starter").startswith(f"Morning at {HIGH}, afternoon: leave With Omar")


def test_whole_days_are_told_as_ever(town: Town) -> None:
    assert thursday(town).startswith(f"{HIGH} ")
    assert "rounded up to whole days." in town.as_("officer").get("/my-rota").text


def test_who_is_in_for_half_the_day_is_marked(town: Town) -> None:
    publish_split(town)
    page = words_of(town.as_("officer").get(WHO_IS_IN).text)
    assert "Omar Obi Mentor in the afternoon" in page
    assert "Rita Rowe Manager" in page
    assert page.count("in the afternoon") == 1
    assert f"{COURT}: 1 person" in page
    assert "in the" not in words_of(town.as_("officer").get(f"{WHO_IS_IN}&office={WEIR}").text)
