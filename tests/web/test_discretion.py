"""What is told to whom: of sickness, adjustments, asks and drafts nothing is told to others."""

from __future__ import annotations

import re

import pytest

from rota.services.access.act import Act
from rota.services.answers import inbox
from rota.services.drafts import drafts
from rota.services.requests import new_requests
from tests.web.api.program import token_of
from tests.web.lived_in import BEN, OMAR, THURSDAY, live
from tests.web.town import MILLBROOK, NOW, START

ACT = Act("a test", "a test", NOW)
AT = f"/units/{MILLBROOK}"
SICKNESS = re.compile(r"\bsick\b", re.I)
NOTE = "My mother is in hospital"
"""What Omar tells his managers alone."""

PUBLISHED_ONLY = ("officer", "blue_officer", "head")
"""Who see what is published, and nothing else of others."""


@pytest.fixture
def lived_in(town):
    live(town.database)
    new_requests.ask_for_day(
        town.database,
        ACT,
        unit="Millbrook",
        staff_no=OMAR,
        when="2027-01-28",
        wants="home",
        strength=3,
        note=NOTE,
    )
    return town


def pages(town, who, **other_parts):
    """Every page that may be looked at, with its address, of which some parts may be others."""
    client = town.as_(who)
    parts = {**PARTS, **other_parts}
    for rule in town.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in ("sso.start", "upkeep.settings"):
            continue
        if rule.endpoint.startswith(("api.", "static", "assets")):
            continue
        with town.app.test_request_context():
            _, address = rule.build({name: parts[name] for name in rule.arguments})
        answer = client.get(address)
        if answer.status_code == 200:
            yield address, answer.text


PARTS = {
    "unit_id": MILLBROOK,
    "number": 1,
    "user_id": 1,
    "run": 1,
    "table": "officers",
    "staff_no": BEN,
    "start": f"{START}",
    "key": "share",
    "form": "csv",
    "secret": "secret",
}


def told_by_api(town, who):
    """All that the API answers when it is asked for something."""
    client = town.app.test_client()
    headers = {"Authorization": f"Bearer {token_of(town, who)}"}
    for rule in town.app.url_map.iter_rules():
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi":
            with town.app.test_request_context():
                parts = {**PARTS, "run_id": 1, "version": 1, "request_id": 1, "date": THURSDAY}
                _, address = rule.build({name: f"{parts[name]}" for name in rule.arguments})
            if "GET" in rule.methods:
                yield address, client.get(address, headers=headers).text


@pytest.mark.parametrize("who", PUBLISHED_ONLY)
def test_nobody_but_managers_learns_who_is_ill_or_what_others_ask_for(lived_in, who):
    """Ben is ill in the third week; nobody but Omar and his managers knows of his mother."""
    told = [*pages(lived_in, who), *told_by_api(lived_in, who)]
    assert len(told) > 15
    assert [address for address, text in told if SICKNESS.search(data(text))] == []
    if who != "officer":
        assert [address for address, text in told if NOTE in text] == []


def data(page):
    """The page without what is the same for everybody: options to choose from."""
    return re.sub(r"<select.*?</select>|<option.*?</option>", "", page, flags=re.S)


def test_managers_learn_both(lived_in):
    client = lived_in.as_("manager")
    assert SICKNESS.search(data(client.get(f"{AT}/records/away").text))
    assert NOTE in client.get(f"{AT}/requests").text


@pytest.mark.parametrize("who", PUBLISHED_ONLY)
def test_a_draft_changes_nothing_that_others_see(lived_in, who):
    client = lived_in.as_(who)
    addresses = [f"{AT}/board", f"{AT}/board?show=newest", f"{AT}/print", f"{AT}/who-is-in"]
    before = [without_token(client.get(address).text) for address in addresses]
    drafts.move(lived_in.database, ACT, unit="Millbrook", staff_no=BEN, day=THURSDAY, site="home")
    assert [without_token(client.get(address).text) for address in addresses] == before


def without_token(page):
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


@pytest.mark.parametrize("who", ["blue_officer", "stranger", "red_manager", "head"])
def test_an_ask_is_shown_to_those_whom_it_concerns(lived_in, who):
    """Of the swap that Nia and Omar speak of, nobody else is told on the pages for officers."""
    assert lived_in.as_(who).get("/asks/1").status_code in (403, 404)
    for deed in ("withdraw", "agree", "decline"):
        answer = lived_in.as_(who).post(f"/asks/1/{deed}", data={"text": ""})
        assert answer.status_code in (403, 404)


def test_each_does_their_own_part_of_a_swap(lived_in):
    """Nia asked Omar: he can agree and decline, and only she can take it back."""
    starter, officer = lived_in.as_("starter"), lived_in.as_("officer")
    assert starter.get("/asks/1").status_code == officer.get("/asks/1").status_code == 200
    assert officer.post("/asks/1/withdraw").status_code == 403
    assert starter.post("/asks/1/agree").status_code == 403
    assert starter.post("/asks/1/decline").status_code == 403
    assert officer.post("/asks/1/agree").status_code == 303
    assert starter.post("/asks/1/withdraw").status_code == 303


def edit(client, staff_no, revision, site):
    told = {
        "action": "move",
        "staff_no": staff_no,
        "day": f"{THURSDAY}",
        "site": site,
        "start": f"{START}",
        "revision": revision,
    }
    return client.post(f"{AT}/board/edit", data=told)


def test_a_manager_of_one_team_changes_the_days_of_their_own_officers(lived_in):
    manager = lived_in.as_("red_manager")
    revision = drafts.look(lived_in.database, ACT, unit="Millbrook").draft.revision
    assert edit(manager, BEN, revision, "home").status_code == 403
    assert edit(manager, OMAR, revision, "High Street").status_code == 303


def test_a_manager_of_one_team_answers_their_own_officers(lived_in):
    number = new_requests.ask_for_leave(
        lived_in.database, ACT, unit="Millbrook", staff_no=BEN, first=THURSDAY, last=THURSDAY
    )
    told = {"numbers": [number], "outcome": "granted", "text": ""}
    answer = lived_in.as_("red_manager").post(f"{AT}/requests", data=told)
    assert answer.status_code == 403
    waiting = inbox.load_inbox(lived_in.database, ACT, unit="Millbrook").waiting
    assert number in {its.summary.ask.id for its in waiting}
    assert lived_in.as_("manager").post(f"{AT}/requests", data=told).status_code == 303


@pytest.mark.parametrize(
    ("table", "number", "status"),
    [
        ("officers", 2, 200),  # Omar, of the team Red.
        ("officers", 5, 403),  # Ben, of the team Blue.
        ("away", 1, 403),  # That Ben was ill.
        ("away", 2, 200),  # Nia's leave.
        ("requests", 1, 403),  # What Bea of Blue asks for.
        ("sites", 1, 403),
        ("teams", 1, 403),
        ("duties", 1, 200),
    ],
)
def test_a_manager_of_one_team_keeps_the_records_of_their_own_officers(
    lived_in, table, number, status
):
    manager, of_all = lived_in.as_("red_manager"), lived_in.as_("manager")
    for page in ("", "/remove"):
        address = f"{AT}/records/{table}/{number}{page}"
        seen = of_all.get(address)
        assert seen.status_code == 200
        assert manager.get(address).status_code == status
        if status == 403:
            told = dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', seen.text))
            assert manager.post(address, data=told).status_code == status


def test_a_manager_of_one_team_learns_nothing_of_who_is_ill_in_another(lived_in):
    told = [*pages(lived_in, "red_manager"), *told_by_api(lived_in, "red_manager")]
    assert [address for address, text in told if SICKNESS.search(data(text))] == []


BENS_APPOINTMENT = "The appointment of Ben Bell (202) at High Street on Thursday 14 January 2027"
BEAS_REQUEST = "The request of Bea Boyd (203) for home on Friday"
OWN = "Omar Obi (102) is at home on"
"""What is found of people of either team: those of Blue concern nobody of Red."""


def test_a_manager_of_one_team_reads_no_more_of_what_others_ask_for_and_are_asked(lived_in):
    told = [*pages(lived_in, "red_manager"), *told_by_api(lived_in, "red_manager")]
    client = lived_in.app.test_client()
    headers = {"Authorization": f"Bearer {token_of(lived_in, 'red_manager')}"}
    query = {"of": "draft", "which": "all", "limit": 500}
    everything = client.get(f"/api/v1{AT}/findings", query_string=query, headers=headers)
    assert everything.json["left_out"] > 10
    told.append(("all findings", everything.text))
    for address in ("board/breaches?start=2027-01-11", "board/officers/202?start=2027-01-11"):
        told.append((address, lived_in.as_("red_manager").get(f"{AT}/{address}").text))
    for its in (BENS_APPOINTMENT, BEAS_REQUEST, "Ben Bell (202) has "):
        assert [address for address, text in told if its in text] == []
    assert OWN in everything.text


def test_breaches_that_are_left_out_are_counted(lived_in):
    """Ben and Bea of the team Blue are at home on too many Mondays and Fridays, as all are."""
    of_all, of_red = (
        lived_in.as_(who).get(f"{AT}/board/breaches?start=2027-01-04").text
        for who in ("manager", "red_manager")
    )
    assert "you do not manage" not in of_all
    (left_out,) = re.findall(r"(\d+) more concern people of teams you do not manage\.", of_red)
    of_all, of_red = (int(re.search(r"(\d+) breaches in", its)[1]) for its in (of_all, of_red))
    assert of_all == of_red + int(left_out)
