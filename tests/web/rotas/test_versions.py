"""Versions are listed, looked at, compared and published again."""

from __future__ import annotations

import pytest

from rota.domain import Seat
from rota.services.rotas import versions
from rota.services.units import record_changes
from tests.stored import ONLOOKER
from tests.web import plans
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK, OTHERTON, START

VERSIONS = f"/units/{MILLBROOK}/versions"
MOVED = Seat("203", plans.FRIDAY, "Weir Street")
ILL = {"staff_no": "102", "first": "2027-01-14", "last": "2027-01-14", "kind": "sick"}


@pytest.fixture
def town(town: Town) -> Town:
    """In version 2 Omar, who is ill, has no seat on the 14th, and Bea is in on the 15th."""
    record_changes.record(town.database, plans.MANAGER, unit="Millbrook", table="away", rows=[ILL])
    plans.plan(town, MOVED)
    versions.publish(
        town.database,
        plans.MANAGER,
        unit="Millbrook",
        start=START,
        is_acknowledged=True,
        note="Bea is in.",
    )
    return town


def test_versions_are_listed_the_newest_first(town: Town) -> None:
    page = town.as_("manager").get(VERSIONS).text
    assert page.index(">Version 2</a>") < page.index(">Version 1</a>")
    assert "Bea is in." in page
    assert "12 January 2027 at 9am by Manager, manager@example.org" in page
    assert "Courts and partners 3" in page


def test_officers_see_versions_but_no_figures(town: Town) -> None:
    client = town.as_("officer")
    for path in (VERSIONS, f"{VERSIONS}/2"):
        page = client.get(path).text
        assert "Courts and partners" not in page
        assert "Costs" not in page
        assert "Restore" not in page
    assert town.as_("stranger").get(VERSIONS).status_code == 403


def test_a_version_tells_what_it_changed_and_why(town: Town) -> None:
    page = town.as_("manager").get(f"{VERSIONS}/2").text
    assert "In force" in page
    assert "2 seats of 2 people are different." in page
    assert "Omar Obi (102) is away (sick) on Thursday 14 January 2027." in page


@pytest.mark.parametrize("who", ["officer", "head", "blue_officer"])
def test_why_somebody_is_away_is_for_their_managers_alone(town: Town, who: str) -> None:
    page = town.as_(who).get(f"{VERSIONS}/2").text
    assert "Omar Obi (102) is away on Thursday 14 January 2027." in page
    assert "sick" not in page


def test_the_first_version_changed_nothing(town: Town) -> None:
    page = town.as_("manager").get(f"{VERSIONS}/1").text
    assert "It was the first of these weeks, so it changed nothing." in page
    assert "Replaced" in page


def test_a_version_is_compared_with_another(town: Town) -> None:
    client = town.as_("officer")
    page = client.get(f"{VERSIONS}/1?other=2").text
    assert "Against version 2" in page
    assert "2 seats of 2 people are different." in page
    assert '<option value="2" selected>' in page
    for other in ("9", "two", "9" * 20):
        assert client.get(f"{VERSIONS}/1?other={other}").status_code == 404
    assert client.get(f"{VERSIONS}/9").status_code == 404


def test_the_whole_rota_of_a_version_is_shown_week_by_week(town: Town) -> None:
    client = town.as_("officer")
    page = client.get(f"{VERSIONS}/2/rota?week=2&team=Blue").text
    assert "Week of 11 January 2027" in page
    assert "Omar Obi" not in page
    row = page.partition("Bea Boyd")[2].partition("</tr>")[0]
    friday = row.split("<td")[5]
    assert "Weir Street" in friday
    before = client.get(f"{VERSIONS}/1/rota?week=2&team=Blue").text
    assert "Home" in before.partition("Bea Boyd")[2].partition("</tr>")[0].split("<td")[5]
    # Omar's Thursday was taken back by version 2.
    row = client.get(f"{VERSIONS}/2/rota?week=2").text.partition("Omar Obi")[2]
    assert "not planned" in row.partition("</tr>")[0].split("<td")[4]
    assert "Week of 25 January 2027" in client.get(f"{VERSIONS}/2/rota?week=9").text
    assert client.get(f"{VERSIONS}/9/rota").status_code == 404


def test_a_version_is_restored_with_a_reason_for_its_breaches(town: Town) -> None:
    plans.mend(town)
    client = town.as_("manager")
    page = client.get(f"{VERSIONS}/1/restore").text
    assert "It is published again as version 4" in page
    assert "3 breaches of desk limits, courts and partners:" in page
    told = {"newest": "3", "unit_revision": "2", "acknowledgement": ""}
    answer = client.post(f"{VERSIONS}/1/restore", data=told)
    assert answer.status_code == 422
    assert 'href="#acknowledgement">Enter why you restore it' in answer.text
    told["acknowledgement"] = "It was better."
    answer = client.post(f"{VERSIONS}/1/restore", data=told)
    assert (answer.status_code, answer.location) == (303, f"{VERSIONS}/4")
    page = client.get(answer.location).text
    assert "Version 1 is published again as version 4." in page
    assert versions.list_versions(town.database, ONLOOKER, unit="Millbrook")[0].cause == "restored"


@pytest.mark.parametrize(
    ("stale", "says"),
    [
        ({"newest": "2"}, "Version 3 was published since you looked."),
        ({"unit_revision": "1"}, "Somebody changed something of Millbrook since you looked"),
    ],
)
def test_a_version_is_restored_only_as_it_was_looked_at(
    town: Town, stale: dict[str, str], says: str
) -> None:
    plans.mend(town)
    told = {"newest": "3", "unit_revision": "2", "acknowledgement": "Better.", **stale}
    answer = town.as_("manager").post(f"{VERSIONS}/1/restore", data=told)
    assert answer.status_code == 409
    assert says in answer.text


def test_versions_are_restored_by_managers_alone(town: Town) -> None:
    for who in ("officer", "head", "administrator"):
        for answer in (
            town.as_(who).get(f"{VERSIONS}/1/restore"),
            town.as_(who).post(f"{VERSIONS}/1/restore"),
        ):
            assert answer.status_code == 403
    assert town.as_("manager").get(f"/units/{OTHERTON}/versions").status_code == 403


@pytest.mark.parametrize("path", ["", "/2", "/2?other=1", "/2/rota", "/1/restore"])
def test_pages_of_versions_make_few_queries(town: Town, path: str) -> None:
    client = town.as_("manager")
    with town.counting() as asked:
        assert client.get(f"{VERSIONS}{path}").status_code == 200
    assert len(asked) <= MOST_QUERIES
