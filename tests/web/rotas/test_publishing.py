"""A draft is compared with what there was, published with what it breaks, or thrown away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rota.domain import Seat
from rota.services.drafts import drafts
from rota.services.rotas import versions
from rota.services.units import record_changes
from rota.store.databases.database import Database
from tests import draft_edits
from tests.stored import ONLOOKER, audited
from tests.web import plans
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import HIGH, MILLBROOK, NOW, START

DRAFT = f"/units/{MILLBROOK}/draft"
OF_START = f"?start={START}"
MOVED = Seat("203", plans.FRIDAY, "Weir Street")


def numbers(database: Database) -> list[int]:
    return [its.number for its in versions.list_versions(database, ONLOOKER, unit="Millbrook")]


def seen(town: Town, **told: str) -> dict[str, str]:
    """What the form of the page tells that somebody has before them."""
    look = drafts.load_view(town.database, plans.MANAGER, unit="Millbrook", start=START)
    return {
        "revision": str(look.draft.revision),
        "newest": str(look.newest),
        "unit_revision": "1",
        "note": "",
        **told,
    }


# Comparing


def test_without_a_draft_the_page_says_how_to_begin_one(town: Town) -> None:
    page = town.as_("manager").get(DRAFT).text
    assert "There is no draft at present" in page
    assert f'href="/units/{MILLBROOK}/runs">Generate a rota</a>' in page


def test_of_several_drafts_one_is_chosen(town: Town) -> None:
    plans.plan(town, MOVED)
    plans.ask(town, start=None)
    plans.end(town, plans.claim(town))
    client = town.as_("manager")
    page = client.get(DRAFT).text
    assert f'href="{DRAFT}?start=2027-01-04">4 January to 31 January 2027</a>' in page
    assert f'href="{DRAFT}?start=2027-02-01">1 February to 28 February 2027</a>' in page
    page = client.get(f"{DRAFT}?start=2027-02-01").text
    assert "there is nothing to compare it with" in page
    for start in ("2027-03-01", "yesterday"):
        assert client.get(f"{DRAFT}?start={start}").status_code == 404


def test_a_draft_is_compared_with_the_published_rota(town: Town) -> None:
    plans.plan(town, MOVED)
    page = town.as_("manager").get(DRAFT).text
    assert "The draft of 4 January to 31 January 2027" in page
    assert "The draft against the published rota" in page
    assert "1 seat of 1 person is different." in page
    assert "Bea Boyd" in page
    assert "Compare it with:" not in page


def test_a_draft_is_compared_with_the_one_before_or_with_both(town: Town) -> None:
    plans.plan(town, MOVED)
    plans.plan(town, *plans.COURT_DUTIES)
    client = town.as_("manager")
    assert "3 seats of 2 people are different." in client.get(DRAFT).text
    before = client.get(f"{DRAFT}?against=before").text
    assert "The draft against the draft before it" in before
    assert "4 seats of 2 people are different." in before
    both = client.get(f"{DRAFT}?against=both").text
    assert "3 seats of 2 people" in both
    assert "4 seats of 2 people" in both


def test_a_comparison_shows_one_team_or_all(town: Town) -> None:
    plans.plan(town, MOVED, Seat("102", plans.FRIDAY, "High Street"))
    client = town.as_("manager")
    assert "Omar Obi" in client.get(DRAFT).text
    page = client.get(f"{DRAFT}?team=Blue").text
    assert "Bea Boyd" in page
    assert "Omar Obi" not in page
    assert "Only team Blue is shown." in page


# Publishing


def test_a_draft_is_published_with_a_note(town: Town) -> None:
    plans.plan(town, *plans.COURT_DUTIES)
    client = town.as_("red_manager")
    page = client.get(f"{DRAFT}/publish{OF_START}").text
    assert "3 seats of 2 people will change." in page
    assert "Why do you publish it all the same?" not in page
    told = seen(town, note="  Welcome, Nia. ")
    answer = client.post(f"{DRAFT}/publish{OF_START}", data=told)
    assert (answer.status_code, answer.location) == (303, f"/units/{MILLBROOK}/versions/2")
    page = client.get(answer.location).text
    assert "The rota is published as version 2." in page
    assert "Welcome, Nia." in page
    newest = versions.list_versions(town.database, ONLOOKER, unit="Millbrook")[0]
    assert (newest.note, newest.published_by) == ("Welcome, Nia.", "red_manager@example.org")
    assert "There is no draft at present" in client.get(DRAFT).text


def test_strict_breaches_are_published_only_with_a_reason(town: Town) -> None:
    plans.mend(town)
    plans.plan(town, MOVED, *plans.AS_BEFORE)
    client = town.as_("manager")
    page = client.get(f"{DRAFT}/publish{OF_START}").text
    assert "3 breaches of desk limits, courts and partners:" in page
    assert "The appointment of Ben Bell (202) at High Street" in page
    answer = client.post(f"{DRAFT}/publish{OF_START}", data=seen(town, acknowledgement=" "))
    assert answer.status_code == 422
    assert 'href="#acknowledgement">Enter why you publish it' in answer.text
    assert numbers(town.database) == [2, 1]
    told = seen(town, acknowledgement="The court was told.")
    assert client.post(f"{DRAFT}/publish{OF_START}", data=told).status_code == 303
    entry = next(its for its in audited(town.database) if its.what == "published a version")
    assert entry.after is not None
    assert entry.after["acknowledged"] == "The court was told."


def test_what_is_broken_already_is_not_answered_for_again(town: Town) -> None:
    plans.plan(town, MOVED)
    client = town.as_("manager")
    page = client.get(f"{DRAFT}/publish{OF_START}").text
    assert "to be answered for" not in page
    assert 'name="acknowledgement"' not in page
    assert "Cover: 2 breaches" in page
    assert client.post(f"{DRAFT}/publish{OF_START}", data=seen(town)).status_code == 303


def test_what_concerns_other_teams_alone_is_answered_for_unseen(town: Town) -> None:
    plans.mend(town)
    plans.plan(town, MOVED, *plans.AS_BEFORE)
    red = town.as_("red_manager")
    page = red.get(f"{DRAFT}/publish{OF_START}").text
    assert "2 breaches of desk limits, courts and partners:" in page
    assert "1 more concerns people of teams you do not manage." in page
    assert "The appointment of Ben Bell" not in page
    # Of the next weeks nothing but Ben's appointment is broken that has to be answered for.
    plans.ask(town, start=None)
    plans.end(town, plans.claim(town))
    meeting = {"staff_no": "202", "date": "2027-02-03", "site": HIGH}
    record_changes.record(
        town.database, plans.MANAGER, unit="Millbrook", table="appointments", rows=[meeting]
    )
    address = f"{DRAFT}/publish?start=2027-02-01"
    page = red.get(address).text
    assert "1 breach concerns people of teams you do not manage." in page
    assert "Ben Bell" not in page
    assert 'name="acknowledgement"' in page
    form = {"revision": "1", "unit_revision": "2", "newest": "2", "note": ""}
    form["acknowledgement"] = ""
    answer = red.post(address, data=form)
    assert answer.status_code == 422
    assert "Enter why you publish it although rules are broken" in answer.text
    assert red.post(address, data={**form, "acknowledgement": "I asked."}).status_code == 303


def test_only_what_was_looked_at_is_published(town: Town) -> None:
    plans.plan(town, MOVED)
    told = seen(town, acknowledgement="All is well.")
    later = plans.later(plans.MANAGER, NOW + timedelta(minutes=5))
    plans.move(town, Seat("203", plans.FRIDAY, "home"), doer=later)
    answer = town.as_("manager").post(f"{DRAFT}/publish{OF_START}", data=told)
    assert answer.status_code == 409
    assert "There is a problem" in answer.text
    assert 'name="revision" value="2"' in answer.text
    assert numbers(town.database) == [1]


def test_breaches_that_nobody_saw_are_not_acknowledged(town: Town) -> None:
    plans.mend(town)
    plans.plan(town, MOVED, *plans.AS_BEFORE)
    told = seen(town, acknowledgement="All is well.")
    row = {"site": "Weir Street", "date": "2027-01-19", "desks": "0"}
    record_changes.record(
        town.database, plans.MANAGER, unit="Millbrook", table="closures", rows=[row]
    )
    answer = town.as_("manager").post(f"{DRAFT}/publish{OF_START}", data=told)
    assert answer.status_code == 409
    assert "Somebody changed something of Millbrook since you looked" in answer.text
    assert "Millbrook Crown Court (skill court) has 0 officers" in answer.text


def test_a_draft_begun_from_another_version_is_published_as_it_was_shown(town: Town) -> None:
    plans.plan(town, MOVED)
    before = seen(town)
    versions.restore(town.database, plans.MANAGER, unit="Millbrook", number=1, is_acknowledged=True)
    client = town.as_("manager")
    told = seen(town, acknowledgement="All is well.")
    answer = client.post(f"{DRAFT}/publish{OF_START}", data={**told, "newest": before["newest"]})
    assert answer.status_code == 409
    assert "Version 2 was published since you looked. Nothing was published" in answer.text
    assert "What version 2 has changed since stands" in client.get(DRAFT).text
    assert client.post(f"{DRAFT}/publish{OF_START}", data=told).status_code == 303
    assert numbers(town.database) == [3, 2, 1]


def test_seats_that_became_void_do_not_keep_a_draft_from_being_published(town: Town) -> None:
    plans.plan(town, MOVED)
    row = {"staff_no": "203", "first": "2027-01-15", "last": "2027-01-15", "kind": "sick"}
    record_changes.record(town.database, plans.MANAGER, unit="Millbrook", table="away", rows=[row])
    told = {**seen(town), "unit_revision": "2"}
    answer = town.as_("manager").post(f"{DRAFT}/publish{OF_START}", data=told)
    assert answer.status_code == 303
    assert numbers(town.database) == [2, 1]


def test_who_is_not_planned_yet_is_listed(town: Town) -> None:
    plans.plan(town, MOVED)
    row = {"staff_no": "204", "name": "Bo Bird", "team": "Blue", "grade": "PO"}
    rest = {"start_date": "2027-01-25", "working_days": "Mon Tue", "base_site": "Weir Street"}
    record_changes.record(
        town.database, plans.MANAGER, unit="Millbrook", table="officers", rows=[{**row, **rest}]
    )
    page = town.as_("manager").get(DRAFT).text
    assert "Not planned yet: 1 person" in page
    days = "from Monday 25 January 2027 to Tuesday 26 January 2027"
    assert f"<li>Bo Bird (204) on 2 days, {days}</li>" in page


def test_seats_that_fall_away_or_were_moved_by_hand_are_told_before(town: Town) -> None:
    plans.plan(town, MOVED)
    about = {"unit": "Millbrook", "staff_no": "102", "day": plans.THURSDAY, "site": "home"}
    draft_edits.move(town.database, plans.MANAGER, **about)
    row = {"staff_no": "203", "first": "2027-01-15", "last": "2027-01-15", "kind": "sick"}
    record_changes.record(town.database, plans.MANAGER, unit="Millbrook", table="away", rows=[row])
    for path in (f"{DRAFT}/publish{OF_START}", f"{DRAFT}{OF_START}"):
        page = town.as_("manager").get(path).text
        assert "1 seat of this draft falls away" in page
        assert "<li>Bea Boyd (203) on Friday 15 January 2027, who is away</li>" in page
        assert "1 seat was moved by hand" in page
        assert "<li>Omar Obi (102) on Thursday 14 January 2027: moved to home from" in page


def test_seats_moved_by_hand_that_a_run_could_not_keep_are_told(town: Town) -> None:
    about = {"unit": "Millbrook", "staff_no": "102", "day": plans.THURSDAY, "site": "home"}
    draft_edits.move(town.database, plans.MANAGER, **about)
    number = plans.plan(town)
    page = town.as_("manager").get(f"/units/{MILLBROOK}/runs/{number}").text
    assert "1 seat moved by hand could not be kept." in page
    assert f'href="{DRAFT}?start=2027-01-04">The draft names them</a>' in page
    page = town.as_("manager").get(DRAFT).text
    assert "Omar Obi (102) on Thursday 14 January 2027 at home; the run needed them at" in page


# Throwing away


def test_throwing_away_warns_of_what_was_moved_by_hand(town: Town) -> None:
    plans.plan(town, MOVED)
    client = town.as_("manager")
    assert "moved by hand" not in client.get(f"{DRAFT}/discard{OF_START}").text
    about = {"unit": "Millbrook", "staff_no": "102", "day": plans.THURSDAY, "site": "home"}
    draft_edits.move(town.database, plans.MANAGER, **about)
    page = client.get(f"{DRAFT}/discard{OF_START}").text
    assert "1 seat of it was moved by hand. No run makes these changes again." in page
    assert "<li>Omar Obi (102) on Thursday 14 January 2027: moved to home from" in page


def test_a_draft_is_thrown_away_after_a_question(town: Town) -> None:
    plans.plan(town, MOVED)
    client = town.as_("manager")
    assert (
        "Throw away the draft of 4 January to 31 January 2027?"
        in client.get(f"{DRAFT}/discard{OF_START}").text
    )
    for told, status in (({"revision": "7"}, 409), ({"revision": "x"}, 422), ({}, 422)):
        assert client.post(f"{DRAFT}/discard{OF_START}", data=told).status_code == status
    answer = client.post(
        f"{DRAFT}/discard{OF_START}", data={"revision": "1"}, follow_redirects=True
    )
    assert "The draft of 4 January to 31 January 2027 is thrown away." in answer.text
    assert "There is no draft at present" in client.get(DRAFT).text
    assert client.get(f"{DRAFT}/discard").status_code == 404


@pytest.mark.parametrize("path", ["", "/publish", "/discard"])
def test_drafts_are_for_managers_and_ask_few_queries(town: Town, path: str) -> None:
    plans.plan(town, MOVED)
    for who in ("officer", "head", "administrator", "other_manager"):
        assert town.as_(who).get(f"{DRAFT}{path}").status_code == 403
    client = town.as_("manager")
    with town.counting() as asked:
        assert client.get(f"{DRAFT}{path}").status_code == 200
    assert len(asked) <= MOST_QUERIES
