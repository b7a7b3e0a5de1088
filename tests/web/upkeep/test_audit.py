"""The pages of the audit: who sees what was done, and finds it again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rota.domain import Away, Policy, Unit
from rota.services.access.rights import Grant, Role
from rota.services.accounts import roles, users
from rota.services.importing import exports, imports
from rota.services.my_rota import calendar_links
from rota.services.units import policy_settings
from rota.writing import write_unit
from tests.rota.services.example import record, sick
from tests.stored import act
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK, PASSWORD, TODAY, email_of

PAGE = f"/units/{MILLBROOK}/audit"
RITA = act(TODAY, "Rita")


@pytest.fixture
def lived_in(town: Town) -> Town:
    """The town, where Rita recorded that Bea is ill and Bob a closure on the day after."""
    sick(
        town.database,
        act(TODAY - timedelta(days=1), "Rita"),
        Away("203", TODAY, TODAY),
        unit="Millbrook",
    )
    record(
        town.database,
        act(TODAY, "Bob"),
        "closures",
        unit="Millbrook",
        site="High Street",
        date=str(TODAY),
        desks="2",
    )
    return town


def deeds(page: str) -> list[str]:
    return re.findall(r'<h2 class="govuk-heading-s rota-deed__what">(.*?)</h2>', page)


def test_what_was_done_is_listed_the_newest_first(lived_in: Town) -> None:
    page = lived_in.as_("manager").get(PAGE).text
    assert deeds(page) == [
        "Added to closures",
        "Added to away",
        "Published a version",
        "Planned a draft",
        "Asked for a run",
    ]
    assert "by Bob on" in page
    assert "12 January 2027 at 9am</time>" in page
    assert "<dd>site: High Street, first: 2027-01-12, last: 2027-01-12, desks: 2</dd>" in page


def test_whose_illness_it_is_is_for_managers(lived_in: Town) -> None:
    illness = "<dd>staff no: Bea Boyd (203), first: 2027-01-12, last: 2027-01-12, kind: sick</dd>"
    for who in ("manager", "head"):
        page = lived_in.as_(who).get(PAGE).text
        is_manager = who == "manager"
        assert (illness in page) == is_manager
        assert ("<dd>1 row, only for managers</dd>" in page) != is_manager
        assert ("Whose they are is only for managers." in page) != is_manager
        assert ("kind: sick" in page) == is_manager


def test_heads_read_every_change_of_the_policy_before_and_after(town: Town) -> None:
    """Among them the office percentage, which is called as a column of officers is."""
    _, policy = policy_of(town)
    texts = {"office_percent": "40", "managers_in": "1", "weights.links": "0"}
    policy_settings.change_policy(
        town.database, RITA, unit="Millbrook", texts=texts, seal=policy.seal
    )
    for who in ("head", "manager"):
        page = town.as_(who).get(PAGE).text
        assert (deeds(page)[0], lines(page)[:2]) == (
            "Changed policy",
            [
                "office percent: 60, managers in: 0, weights: none",
                "office percent: 40, managers in: 1, weights: links: 0",
            ],
        )


def test_heads_read_what_an_import_changes_of_the_policy(town: Town, tmp_path: Path) -> None:
    tables, policy = policy_of(town)
    changed = replace(tables[1], office_percent=50)
    write_unit(tmp_path / "unit", tables[0], changed)
    imports.import_unit(town.database, RITA, name="Millbrook", path=tmp_path / "unit")
    assert policy.settings[2].value == "60"
    page = town.as_("head").get(PAGE).text
    assert lines(page)[:2] == ["office percent: 60", "office percent: 50"]


def test_people_are_told_by_their_names(town: Town) -> None:
    """Officers beside their staff numbers, users beside their addresses."""
    number = users.find_by_email(town.database, RITA, email=email_of("starter")).id
    manager = replace(RITA, actor=email_of("manager"))
    roles.grant(
        town.database,
        manager,
        user_id=number,
        role=Grant(Role.MANAGER, unit="Millbrook", team="Red"),
    )
    calendar_links.make_link(town.database, manager, staff_no="103", unit="Millbrook")
    for who in ("head", "manager"):
        page = town.as_(who).get(PAGE).text
        assert "by Manager, manager@example.org on" in page
        assert '<option value="manager@example.org">Manager, manager@example.org</option>' in page
        assert lines(page)[:2] == ["Nia Nash (103)", "Starter, starter@example.org"]


def policy_of(town: Town) -> tuple[tuple[Unit, Policy], policy_settings.PolicyPage]:
    """What files would tell of Millbrook, and its policy as managers see it."""
    tables = exports.load_exportable(town.database, RITA, name="Millbrook")
    return tables, policy_settings.load_policy_page(town.database, RITA, unit="Millbrook")


def lines(page: str) -> list[str]:
    """What was there before and after deeds, line by line."""
    return re.findall(r"<dd>(.*?)</dd>", page)


def test_deeds_are_searched(lived_in: Town) -> None:
    client = lived_in.as_("head")
    assert deeds(client.get(f"{PAGE}?who=Bob").text) == ["Added to closures"]
    assert deeds(client.get(f"{PAGE}?what=added to away").text) == ["Added to away"]
    assert deeds(client.get(f"{PAGE}?first=11/1/2027&last=11/1/2027").text) == ["Added to away"]
    page = client.get(f"{PAGE}?who=Bob&first=13/1/2027").text
    assert "Nothing was found." in page
    assert '<option value="Bob" selected>Bob</option>' in page
    assert f'<a class="govuk-link" href="{PAGE}">Show everything</a>' in page


def test_a_date_that_is_none_is_told_beside_its_field(lived_in: Town) -> None:
    answer = lived_in.as_("head").get(f"{PAGE}?first=soon")
    assert answer.status_code == 422
    assert 'href="#first"' in answer.text
    assert len(deeds(answer.text)) == 5


def test_earlier_deeds_are_a_page_further(lived_in: Town) -> None:
    for number in range(50):
        day = str(TODAY + timedelta(days=number))
        record(
            lived_in.database,
            act(TODAY, "Bob"),
            "closures",
            unit="Millbrook",
            site="Weir Street",
            date=day,
            desks="1",
        )
    client = lived_in.as_("manager")
    page = client.get(f"{PAGE}?who=Bob").text
    assert len(deeds(page)) == 50
    (href,) = re.findall(r'href="([^"]*)" rel="next"', page)
    older = client.get(href.replace("&amp;", "&")).text
    assert deeds(older) == ["Added to closures"]
    assert "Earlier entries" not in older


def test_who_signed_in_is_for_administrators(lived_in: Town) -> None:
    client = lived_in.as_(None)
    client.post("/sign-in", data={"email": email_of("administrator"), "password": PASSWORD})
    page = client.get("/admin/audit").text
    assert set(deeds(page)) == {"Signed in"}
    assert "by Administrator, administrator@example.org on" in page
    for who, status in (("head", 403), ("manager", 403), (None, 303)):
        assert lived_in.as_(who).get("/admin/audit").status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("head", 200),
        ("region", 200),
        ("manager", 200),
        ("red_manager", 403),
        ("officer", 403),
        ("other_manager", 403),
        ("administrator", 403),
        (None, 303),
    ],
)
def test_what_was_done_is_for_heads_and_managers_of_it_all(
    town: Town, who: str | None, status: int
) -> None:
    assert town.as_(who).get(PAGE).status_code == status


def test_few_queries_are_made(lived_in: Town) -> None:
    for who, path in (("head", PAGE), ("administrator", "/admin/audit")):
        client = lived_in.as_(who)
        with lived_in.counting() as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES
