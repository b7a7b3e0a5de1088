"""Runs are asked for, watched while they search, and stopped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rota.domain import Seat
from rota.services.runs import claims, run_requests, run_status
from tests.stored import LEASE, ONLOOKER
from tests.web import plans
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK, NOW, OTHERTON

RUNS = f"/units/{MILLBROOK}/runs"
NO_WORKER = "No worker is running. Nothing will happen until one is started"
TOLD = {"start": "2027-02-01", "weeks": "2", "seconds": "20", "seed": ""}


def is_alive(town: Town) -> None:
    claims.mark_alive(town.database, "east", at=town.clock())


def test_periods_that_may_be_planned_are_offered(town: Town) -> None:
    page = town.as_("manager").get(RUNS).text
    assert "4 January to 31 January 2027: planned anew from what is published" in page
    assert "A new period from Monday 1 February 2027" in page
    plans.plan(town)
    page = town.as_("manager").get(f"{RUNS}?start=2027-01-04").text
    assert "4 January to 31 January 2027: planned anew from the draft" in page
    assert 'value="2027-01-04" checked' in page


def test_a_run_is_asked_for_and_watched(town: Town) -> None:
    client = town.as_("red_manager")
    answer = client.post(RUNS, data=TOLD)
    assert (answer.status_code, answer.location) == (303, f"{RUNS}/3")
    run = run_status.find(town.database, ONLOOKER, 3)
    assert (str(run.start), run.weeks, run.seconds, run.seed) == ("2027-02-01", 2, 20, 1)
    assert run.asked_by == "red_manager@example.org"
    assert "A draft of 2 weeks from 1 February 2027" in client.get(answer.location).text
    assert ">Run 3</a>" in client.get(RUNS).text


def test_a_run_may_start_afresh(town: Town) -> None:
    client = town.as_("manager")
    assert "Start afresh: let planning move seats that were moved by hand" in client.get(RUNS).text
    client.post(RUNS, data={**TOLD, "afresh": "y"})
    client.post(RUNS, data={**TOLD, "start": "2027-01-04"})
    assert [run_status.find(town.database, ONLOOKER, n).afresh for n in (3, 4)] == [True, False]


def test_a_published_period_keeps_its_weeks(town: Town) -> None:
    town.as_("manager").post(RUNS, data={**TOLD, "start": "2027-01-04"})
    assert run_status.find(town.database, ONLOOKER, 3).weeks == 4


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"start": ""}, "Select which weeks to plan"),
        ({"start": "2027-01-05"}, "Not a valid choice"),
        ({"weeks": "54"}, "Enter a whole number from 1 to 53"),
        ({"seconds": ""}, "Enter the seconds to search"),
        ({"seconds": "a minute"}, "Enter a whole number from 1 to 3,600"),
        ({"seconds": "0"}, "Enter a whole number from 1 to 3,600"),
        ({"seed": "-1"}, "Enter a whole number from 0 to 2,147,483,647"),
    ],
)
def test_what_is_wrong_with_a_run_is_told_beside_it(
    town: Town, wrong: dict[str, str], says: str
) -> None:
    answer = town.as_("manager").post(RUNS, data={**TOLD, **wrong})
    assert answer.status_code == 422
    summary = answer.text.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    assert f'<a href="#{next(iter(wrong))}">{says}' in summary
    assert summary.count("<li>") == 1
    assert len(run_status.list_latest(town.database, ONLOOKER, unit="Millbrook")) == 1


def test_those_who_head_the_unit_see_runs_but_ask_for_none(town: Town) -> None:
    page = town.as_("head").get(RUNS).text
    assert ">Run 1</a>" in page
    assert "Which weeks?" not in page
    assert town.as_("head").post(RUNS, data=TOLD).status_code == 403
    assert town.as_("officer").get(RUNS).status_code == 403


# Watching


def watched(town: Town, number: int, who: str = "manager") -> str:
    return town.as_(who).get(f"{RUNS}/{number}").text


def test_a_run_that_waits_says_for_what(town: Town) -> None:
    plans.ask(town)
    second = plans.ask(town, start=None)
    assert NO_WORKER in watched(town, second)
    assert NO_WORKER in town.as_("manager").get(RUNS).text
    is_alive(town)
    assert "1 run will be taken before it." in watched(town, second)
    assert NO_WORKER not in town.as_("manager").get(RUNS).text
    plans.claim(town)
    assert "It is the next run that a worker takes." in watched(town, second)


def test_a_run_that_searches_shows_its_costs_and_curves(town: Town) -> None:
    number = plans.ask(town)
    claimed = plans.claim(town)
    assert "A worker has taken it and gets ready to search." in watched(town, number)
    plans.report(
        town, claimed, (0, "policy", 0, 30, 50), (5, "policy", 6, 12, 60), (8, "people", 9, 12, 40)
    )
    page = watched(town, number)
    assert "The search works on: People and teams." in page
    assert "8 of 30 seconds" in page
    # People and teams cost 40 and cannot cost less than 9, so that 31 of 40 are open.
    row = page.partition('<th scope="row" class="govuk-table__header">People and teams</th>')[2]
    cells = [its.partition("</td>")[0].partition(">")[2] for its in row.split("<td")[1:5]]
    assert cells == ["40", "9", "77.5%", "not proven; at least 9"]
    assert "The cost went from 30 to 12 within 8 seconds." in page
    # After 5 of 8 seconds it fell from its top to 12 of 30 parts of 100.
    assert 'points="0.0,4.0 187.5,4.0 187.5,64.0 300.0,64.0 300.0,64.0 ' in page
    assert page.count("<svg") == 2


def test_a_run_under_way_asks_again_and_says_only_what_is_new(town: Town) -> None:
    number = plans.ask(town)
    claimed = plans.claim(town)
    plans.report(town, claimed, (1, "policy", 0, 30, 50))
    client = town.as_("manager")
    page = client.get(f"{RUNS}/{number}").text
    address = page.partition('hx-get="')[2].partition('"')[0].replace("&amp;", "&")
    assert 'hx-trigger="every 2s"' in page
    assert "Refresh this page" in page
    same = client.get(address, headers={"HX-Request": "true"}).text
    assert 'id="run-progress"' in same
    assert 'id="run-state"' not in same
    assert "<html" not in same
    plans.report(town, claimed, (2, "people", 0, 30, 50))
    assert 'id="run-state"' in client.get(address, headers={"HX-Request": "true"}).text


def test_a_run_that_has_ended_asks_no_more(town: Town) -> None:
    number = plans.plan(town, *plans.COURT_DUTIES)
    client = town.as_("manager")
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(f"{RUNS}/{number}", headers=headers).text
        assert "hx-get" not in page
        assert f'href="/units/{MILLBROOK}/draft?start=2027-01-04"' in page
        assert f'href="/units/{MILLBROOK}/board?start=2027-01-04"' in page
    assert "The draft is ready." in watched(town, number)
    assert "Compare and publish</a>" not in watched(town, number, "head").partition("<main")[2]


def test_a_run_whose_worker_fell_silent_says_so(town: Town) -> None:
    number = plans.ask(town)
    plans.claim(town)
    town.clock.now = NOW + LEASE + timedelta(seconds=1)
    assert "Its worker has fallen silent. No worker is running." in watched(town, number)
    is_alive(town)
    assert "Its worker has fallen silent. Another takes over." in watched(town, number)


def test_a_run_that_failed_says_why(town: Town) -> None:
    number = plans.ask(town)
    its = plans.claim(town)
    claims.fail(town.database, claim=its.claim, error="The disk is full.", now=NOW)
    page = watched(town, number)
    assert "The disk is full. The rota is as it was." in page
    assert "The disk is full." in town.as_("manager").get(RUNS).text


def test_a_run_that_failed_is_tried_again_by_a_button(town: Town) -> None:
    number = plans.ask(town)
    its = plans.claim(town)
    assert "Try again</button>" not in watched(town, number)
    claims.fail(town.database, claim=its.claim, error="The disk is full.", now=NOW)
    assert f'action="{RUNS}/{number}/retry"' in watched(town, number)
    assert "Try again</button>" in watched(town, number)
    assert "Try again" not in watched(town, number, "head")
    assert town.as_("head").post(f"{RUNS}/{number}/retry").status_code == 403
    answer = town.as_("red_manager").post(f"{RUNS}/{number}/retry")
    assert (answer.status_code, answer.location) == (303, f"{RUNS}/{number + 1}")
    again = run_status.find(town.database, ONLOOKER, number + 1)
    assert (str(again.start), again.weeks, again.seconds) == ("2027-01-04", 4, 30)
    assert again.asked_by == "red_manager@example.org"
    assert town.as_("manager").post(f"{RUNS}/{number + 1}/retry").status_code == 409
    assert town.as_("manager").post(f"/units/{OTHERTON}/runs/{number}/retry").status_code == 403


def test_what_is_asked_for_twice_is_told_to_be_one_run(town: Town) -> None:
    client = town.as_("manager")
    first = client.post(RUNS, data=TOLD).location
    answer = client.post(RUNS, data=TOLD, follow_redirects=True)
    assert answer.request.path == first
    assert "The same is asked for already: run 3 still waits, so there is no second." in answer.text
    answer = client.post(RUNS, data={**TOLD, "seconds": "60"}, follow_redirects=True)
    assert answer.request.path == first
    assert "It now searches for at most 60 seconds, with the seed 1." in answer.text
    assert "no second" not in client.get(first).text


def test_that_a_unit_has_too_many_runs_is_told_where_one_is_asked_for(town: Town) -> None:
    for number in range(run_requests.MOST_WAITING):
        plans.ask(town, start=date(2027, 3, 1) + timedelta(weeks=4 * number))
    answer = town.as_("manager").post(RUNS, data=TOLD)
    assert answer.status_code == 422
    assert "Millbrook has 12 runs that wait already, and no unit may have more." in answer.text


def test_a_long_run_says_for_which_it_waits(town: Town) -> None:
    is_alive(town)
    plans.ask(town, seconds=600)
    second = plans.ask(town, start=None, seconds=600)
    plans.claim(town)
    assert "It waits until another run of this unit has ended: those of more than 5 minutes" in (
        watched(town, second)
    )


def test_a_draft_that_was_changed_since_is_told(town: Town) -> None:
    first = plans.plan(town, *plans.COURT_DUTIES)
    town.clock.now = NOW + timedelta(minutes=1)
    plans.plan(town, doer=plans.later(plans.MANAGER, town.clock.now))
    assert "The draft has been changed since, by hand or by a later run." in watched(town, first)


def test_a_run_whose_draft_was_changed_meanwhile_keeps_it(town: Town) -> None:
    plans.plan(town, Seat("203", plans.FRIDAY, "Weir Street"))
    number = plans.ask(town)
    claimed = plans.claim(town)
    later = plans.later(plans.MANAGER, NOW + timedelta(minutes=1))
    plans.move(town, Seat("203", plans.FRIDAY, "home"), doer=later)
    plans.end(town, claimed)
    page = watched(town, number)
    assert "Somebody changed the draft while it was planned; it stays as they left it." in page


def test_a_run_is_stopped_early(town: Town) -> None:
    number = plans.ask(town)
    plans.claim(town)
    assert "Stop early and keep the best" in watched(town, number)
    assert "Stop early" not in watched(town, number, "head")
    assert town.as_("head").post(f"{RUNS}/{number}/stop").status_code == 403
    answer = town.as_("red_manager").post(f"{RUNS}/{number}/stop", follow_redirects=True)
    assert "It ends soon, and keeps the best rota it has found." in answer.text
    assert "Stop early and keep the best" not in answer.text
    assert run_status.find(town.database, ONLOOKER, number).stop_asked is True
    assert town.as_("manager").post(f"{RUNS}/1/stop").status_code == 409


def test_a_run_of_another_unit_is_not_found(town: Town) -> None:
    assert town.as_("manager").get(f"{RUNS}/2").status_code == 404
    assert town.as_("manager").get(f"/units/{OTHERTON}/runs/2").status_code == 403


@pytest.mark.parametrize("path", ["", "/3"])
def test_a_page_of_runs_makes_few_queries(town: Town, path: str) -> None:
    plans.plan(town, *plans.COURT_DUTIES)
    client = town.as_("manager")
    with town.counting() as asked:
        assert client.get(f"{RUNS}{path}").status_code == 200
    assert len(asked) <= MOST_QUERIES


# In a browser


def test_a_page_follows_a_run_to_its_end_by_itself(town: Town, open_as) -> None:
    number = plans.ask(town)
    claimed = plans.claim(town)
    plans.report(town, claimed, (1, "policy", 0, 30, 50))
    page = open_as("manager", f"{RUNS}/{number}")
    page.get_by_text("The search, moment by moment").click()
    page.get_by_role("button", name="Stop early and keep the best").focus()
    plans.report(town, claimed, (1, "policy", 0, 30, 50), (2, "people", 7, 30, 40))
    page.get_by_text("The search works on: People and teams.").wait_for()
    # What the reader has opened and where they are stays as it was.
    assert page.get_by_role("region", name="The search, moment by moment").is_visible()
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Stop early")
    assert page.locator("#run-moments tbody tr").count() == 2
    plans.end(town, claimed)
    page.get_by_text("The draft is ready.").wait_for()
    page.get_by_role("button", name="Compare and publish").click()
    assert page.url.endswith("/draft?start=2027-01-04")
