"""The pages of the policy: read by heads and managers, changed by those of the whole unit."""

from __future__ import annotations

import re

from rota.domain import list_settings
from rota.rules import RULES
from rota.services.units.policy_settings import PolicySetting
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK
from web.units.policy_words import LABELS, group_settings, write_rule_sentence

POLICY = f"/units/{MILLBROOK}/policy"


def fields(page: str) -> dict[str, str | list[str]]:
    """What a browser would send of the form as it is."""
    told: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page.partition("<main")[2]):
        name, text = (re.findall(rf'{its}="([^"]*)"', tag) for its in ("name", "value"))
        if 'type="checkbox"' in tag:
            boxes = told.setdefault(name[0], [])
            assert isinstance(boxes, list)
            boxes += text if "checked" in tag else []
        elif 'type="radio"' not in tag or "checked" in tag:
            told[name[0]] = text[0] if text else ""
    return told


def values(page: str) -> dict[str, str]:
    """The settings that are shown, by what they are called."""
    rows = re.findall(r'list__key">(.*?)</dt>\s*<dd[^>]*>(.*?)\s*<span', page, re.DOTALL)
    return dict(rows)


def weights(page: str) -> dict[str, str]:
    rows = page.partition('id="rules"')[2].partition("<tbody")[2].split("<tr>")[1:]
    cells = (re.findall(r"<t[hd][^>]*>(?:<span.*?</span>)?(.*?)</t[hd]>", row) for row in rows)
    return {row[0]: row[3] for row in cells}


def test_every_setting_stands_under_one_heading() -> None:
    assert sorted(LABELS) == sorted(name for name in list_settings() if name != "weights")


def test_rules_tell_settings_under_their_names_here() -> None:
    assert [rule.key for rule in RULES if "`" in write_rule_sentence(rule)] == []
    (notice,) = (rule for rule in RULES if rule.key == "keep-notice")
    assert write_rule_sentence(notice) == (
        "A published seat within the next “Days of notice” planning days after today, or on an "
        "extra day between, is kept; when planning anew, one moved by hand in the draft stands in "
        "its place."
    )


def test_the_policy_is_shown_with_its_meaning(town: Town) -> None:
    page = town.as_("red_manager").get(POLICY).text
    shown = values(page)
    assert len(shown) == len(LABELS)
    assert shown["First Monday"] == "4 January 2027"
    assert shown["Office percentage"] == "60"
    assert shown["Counted over"] == "The whole period"
    assert "Whole months during which one is a new starter. Usually 15." in page
    assert weights(page) == {rule.key: str(rule.weight) for rule in RULES}
    assert "Change the policy" not in page
    assert "Change the policy" in town.as_("manager").get(POLICY).text


def test_only_those_of_the_whole_unit_change_it(town: Town) -> None:
    assert town.as_("red_manager").get(f"{POLICY}/change").status_code == 403
    assert town.as_("red_manager").post(f"{POLICY}/change", data={}).status_code == 403
    assert town.as_("head").get(f"{POLICY}/change").status_code == 403
    assert town.as_("head").post(f"{POLICY}/change", data={}).status_code == 403


def test_heads_read_all_of_it(town: Town) -> None:
    head = town.as_("head").get(POLICY).text
    assert values(head) == values(town.as_("manager").get(POLICY).text)
    assert weights(head) == {rule.key: str(rule.weight) for rule in RULES}
    assert "Whoever manages the whole unit can change it." in head
    assert town.as_("officer").get(POLICY).status_code == 403


def test_the_menu_leads_to_it(town: Town) -> None:
    """To heads it is the only page of its section, which is called as the page is."""
    for who, label in (("head", "Policy"), ("manager", "Records")):
        page = town.as_(who).get(POLICY).text
        menu = page.partition('aria-label="Menu"')[2].partition("</nav>")[0]
        assert re.findall(r'aria-current="true">(\w+)</a>', menu) == [label]
    assert f'href="{POLICY}"' not in town.as_("officer").get("/my-rota").text


def test_a_setting_that_is_for_others_is_left_out() -> None:
    setting = PolicySetting("weeks", "4", "4", "weeks", "a number", ())
    assert group_settings([setting]) == {"What is planned": {"weeks": "Weeks in a period"}}


def test_the_policy_is_changed(town: Town) -> None:
    client = town.as_("manager")
    form = fields(client.get(f"{POLICY}/change").text)
    assert (form["start"], form["counts"], form["over"]) == ("4/1/2027", ["office"], "period")
    told = {
        **form,
        "weeks": "2",
        "counts": ["office", "court"],
        "over": "week",
        "weights.links": "0",
    }
    assert client.post(f"{POLICY}/change", data=told).location == POLICY
    page = client.get(POLICY).text
    shown = values(page)
    assert "Policy changed" in page
    assert (shown["Weeks in a period"], shown["Counted over"]) == ("2", "Each week")
    assert shown["What counts as the office"] == "Office, Court"
    assert weights(page)["links"] == "0, off"


def test_a_form_that_is_sent_as_it_is_changes_nothing(town: Town) -> None:
    client = town.as_("manager")
    client.post(f"{POLICY}/change", data=fields(client.get(f"{POLICY}/change").text))
    assert "The policy is so already" in client.get(POLICY).text


def test_days_off_are_written_as_dates(town: Town) -> None:
    client = town.as_("manager")
    form = fields(client.get(f"{POLICY}/change").text)
    assert form["days_off"] == ""
    client.post(f"{POLICY}/change", data={**form, "days_off": "15/1/2027; 8 Jan 2027"})
    shown = values(client.get(POLICY).text)
    assert shown["Days off of the unit"] == "8 January 2027, 15 January 2027"
    form = fields(client.get(f"{POLICY}/change").text)
    assert form["days_off"] == "2027-01-08; 2027-01-15"
    answer = client.post(f"{POLICY}/change", data={**form, "days_off": "15/1/2027; soon"})
    assert "soon is not a date" in answer.text
    assert "BH</span> bank holiday" in client.get("/units/1/board").text
    assert "day off of the unit" in client.get("/units/1/board").text


def test_nothing_may_count_as_the_office(town: Town) -> None:
    client = town.as_("manager")
    form = fields(client.get(f"{POLICY}/change").text)
    client.post(f"{POLICY}/change", data={**form, "counts": []})
    assert values(client.get(POLICY).text)["What counts as the office"] == "Nothing"


def test_every_error_stands_at_its_field_and_nothing_typed_is_lost(town: Town) -> None:
    client = town.as_("manager")
    form = fields(client.get(f"{POLICY}/change").text)
    told = {**form, "start": "5/1/2027", "office_percent": "sixty", "weights.desks": "-1"}
    answer = client.post(f"{POLICY}/change", data=told)
    assert answer.status_code == 422
    assert re.findall(r'<a href="#([\w.-]+)">(.*?)</a>', answer.text) == [
        ("start", "5/1/2027 is not a Monday. Maybe 2027-01-04 or 2027-01-11?"),
        ("office_percent", "sixty is not a whole number from 0 to 100"),
        ("weights.desks", "-1 is not a whole number from 0 to 1000"),
    ]
    token = {"csrf_token": told["csrf_token"]}  # Each second has another.
    assert {**fields(answer.text), **token} == told


def test_of_two_at_once_the_second_is_told(town: Town) -> None:
    client = town.as_("manager")
    form = fields(client.get(f"{POLICY}/change").text)
    client.post(f"{POLICY}/change", data={**form, "weeks": "2"})
    answer = client.post(f"{POLICY}/change", data={**form, "weeks": "3"})
    assert answer.status_code == 409
    assert "Somebody changed the policy since you opened it." in answer.text
    assert fields(answer.text)["weeks"] == "3"


def test_no_page_asks_the_database_more_than_a_dozen_times(town: Town) -> None:
    client = town.as_("manager")
    for path in (POLICY, f"{POLICY}/change"):
        with town.counting() as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES
