"""What the night proposes is accepted or refused, one by one, those ticked, or all."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from rota.domain import Seat
from rota.services.answers import proposals
from rota.services.rotas import versions
from rota.services.units import record_changes
from tests.stored import ONLOOKER, audited
from tests.web import plans
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK, NOW

PROPOSALS = f"/units/{MILLBROOK}/proposals"
BEA = Seat("203", plans.WEDNESDAY, "Millbrook Crown Court")
BEN = Seat("202", plans.THURSDAY, "High Street")
NIA = Seat("103", plans.WEDNESDAY, "home")


@pytest.fixture
def town(town: Town) -> Town:
    """The night has published version 2; what Bea, Nia and Ben would do waits for a yes."""
    plans.propose(town, BEA, BEN, NIA)
    return town


def waiting(town: Town) -> set[str]:
    found = proposals.list_waiting(town.database, ONLOOKER, unit="Millbrook")
    return {its.staff_no for its in found}


def numbers(town: Town) -> dict[str, int]:
    found = proposals.list_waiting(town.database, ONLOOKER, unit="Millbrook")
    return {its.staff_no: its.id for its in found}


def decide(town: Town, decision: str, who: str = "manager", **told: object) -> str:
    data = {"decision": decision, **told}
    return town.as_(who).post(PROPOSALS, data=data, follow_redirects=True).text


def test_proposals_wait_with_their_reasons(town: Town) -> None:
    page = town.as_("manager").get(PROPOSALS).text
    assert "3 changes at short notice wait for your decision." in page
    assert "Bea Boyd" in page
    assert "Wednesday 13 January: Weir Street" in page
    assert "Millbrook Crown Court (skill court) has 0 officers" in page
    assert "Accept all (3)" in page


def test_managers_decide_on_their_teams_alone(town: Town) -> None:
    page = town.as_("red_manager").get(PROPOSALS).text
    assert "1 change at short notice waits for your decision." in page
    assert "Nia Nash" in page
    assert "Bea Boyd" not in page
    page = decide(town, f"accept {numbers(town)['203']}", "red_manager")
    assert "Nothing was decided." in page
    assert waiting(town) == {"103", "202", "203"}


def test_one_is_accepted(town: Town) -> None:
    page = decide(town, f"accept {numbers(town)['203']}")
    assert "1 change accepted and published as version 3." in page
    assert waiting(town) == {"103", "202"}
    changed = versions.changes_of(town.database, ONLOOKER, unit="Millbrook", number=3)
    assert [(its.staff_no, its.after) for its in changed] == [("203", "Millbrook Crown Court")]


def test_what_would_break_a_limit_is_accepted_only_with_a_reason(town: Town) -> None:
    closed = {"site": "High Street", "date": "2027-01-14", "desks": "2"}
    record_changes.record(
        town.database, plans.MANAGER, unit="Millbrook", table="closures", rows=[closed]
    )
    # Ben would be one more than the desks, and the others who are in stay as they are published.
    over = "4 officers for 2 desks at High Street on Thursday 14 January 2027."
    assert f"</strong> {over}</p>" in town.as_("manager").get(PROPOSALS).text
    data = {"decision": f"accept {numbers(town)['202']}"}
    answer = town.as_("manager").post(PROPOSALS, data=data)
    assert answer.status_code == 422
    assert "1 breach of desk limits, courts and partners would be added" in answer.text
    assert f'value="{numbers(town)["202"]}" checked>' in answer.text
    assert "202" in waiting(town)
    data["acknowledgement"] = "They share a desk."
    # What is answered for is what was shown, and nothing else.
    other = town.as_("manager").post(PROPOSALS, data={**data, "seal": "of others"})
    assert other.status_code == 422
    (data["seal"],) = re.findall(r'name="seal" value="(\w+)"', answer.text)
    assert "1 change accepted" in decide(town, **data)  # type: ignore[arg-type]
    entry = next(its for its in audited(town.database) if its.what == "published a version")
    assert entry.after is not None
    assert entry.after["acknowledged"] == "They share a desk."


def test_one_is_refused(town: Town) -> None:
    assert "1 change refused. The rota stays as it is." in decide(
        town, f"refuse {numbers(town)['103']}"
    )
    assert waiting(town) == {"202", "203"}


def test_those_that_are_ticked_are_decided_on(town: Town) -> None:
    its = numbers(town)
    page = decide(town, "accept", number=[its["202"], its["203"]])
    assert "2 changes accepted and published as version 3." in page
    assert waiting(town) == {"103"}
    page = decide(town, "refuse")
    assert "Tick at least one proposal" in page
    assert waiting(town) == {"103"}


def test_all_that_were_seen_are_decided_on(town: Town) -> None:
    its = numbers(town)
    seen = [its["202"], its["203"]]
    assert "2 changes accepted" in decide(town, "accept all", can_accept=seen)
    assert waiting(town) == {"103"}
    assert "1 change refused" in decide(town, "refuse all", can_refuse=[its["103"]])
    assert waiting(town) == set()
    assert "Nothing waits for your decision." in town.as_("manager").get(PROPOSALS).text


def test_what_is_past_can_only_be_refused(town: Town) -> None:
    town.clock.now = NOW + timedelta(days=1)
    page = town.as_("manager").get(PROPOSALS).text
    assert page.count("Can only be refused") == 2
    assert "Accept all that fit (1)" in page
    assert "changes a seat on Wednesday 13 January 2027, which is not after today" in page
    answer = town.as_("manager").post(
        PROPOSALS, data={"decision": f"accept {numbers(town)['203']}"}
    )
    assert answer.status_code == 409
    assert "it can only be refused. Nothing was decided." in answer.text


def test_what_somebody_else_has_decided_on_is_told(town: Town) -> None:
    number = numbers(town)["203"]
    decide(town, f"refuse {number}")
    answer = town.as_("manager").post(PROPOSALS, data={"decision": f"accept {number}"})
    assert answer.status_code == 404
    assert f"No proposal with the number {number} waits for a decision" in answer.text


def test_what_another_version_has_overtaken_is_told(town: Town) -> None:
    plans.plan(town, Seat("203", plans.WEDNESDAY, "home"))
    versions.publish(town.database, plans.MANAGER, unit="Millbrook", is_acknowledged=True)
    page = town.as_("manager").get(PROPOSALS).text
    assert "Bea Boyd (203) is not to be at Weir Street on Wednesday 13 January 2027" in page
    assert page.count("Can only be refused") == 1


@pytest.mark.parametrize("decision", ["", "accept", "accept x", "accept 99999999999", "nothing 1"])
def test_what_is_no_decision_changes_nothing(town: Town, decision: str) -> None:
    answer = town.as_("manager").post(PROPOSALS, data={"decision": decision})
    assert answer.status_code == 422
    assert waiting(town) == {"103", "202", "203"}


def test_proposals_are_for_managers_and_ask_few_queries(town: Town) -> None:
    for who in ("officer", "head", "administrator", "other_manager"):
        assert town.as_(who).get(PROPOSALS).status_code == 403
        assert town.as_(who).post(PROPOSALS, data={"decision": "refuse 1"}).status_code == 403
    client = town.as_("manager")
    with town.counting() as asked:
        assert client.get(PROPOSALS).status_code == 200
    assert len(asked) <= MOST_QUERIES
