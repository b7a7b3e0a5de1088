"""The pages of nights: what each state of them says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from rota.domain import Away
from rota.moments import LONDON
from rota.services.runs import claimed_run, claims, night
from rota.store.databases.database import Database
from tests.rota.services.example import sick
from tests.stored import LEASE, act, solved_by
from tests.web.conftest import Town
from tests.web.places import MOST_QUERIES
from tests.web.town import MILLBROOK
from web.runs.night_words import duration

PAGE = f"/units/{MILLBROOK}/nights"
TODAY = date(2027, 1, 11)
"""A day on which it is not yet time to draft the next period."""

NIGHT = act(TODAY, "the night", time(2, 30))
THEN = replace(NIGHT, at=NIGHT.at + timedelta(minutes=3))


def the_night(database: Database) -> None:
    """Let Bea be ill from tomorrow on in Millbrook, and Gwen in Otherton, and the night begin."""
    days = (TODAY + timedelta(days=1), TODAY + timedelta(days=2))
    sick(database, act(TODAY, at=time(1)), Away("203", *days), unit="Millbrook")
    sick(database, act(TODAY, at=time(1)), Away("302", *days), unit="Otherton")
    night.begin_night(database, NIGHT, seconds=1)


def work(database: Database) -> None:
    """End the run of Millbrook with what is best, and let the one of Otherton fail."""
    for error in (None, "The disk is full."):
        claim = claims.claim_next(database, worker="east", now=THEN.at, lease=LEASE, attempts=5)
        assert claim
        if error:
            claims.fail(database, claim=claim, error=error, now=THEN.at)
        else:
            claimed = claimed_run.load_claimed_run(database, claim=claim, now=THEN.at)
            night.save_night(database, THEN, claimed, [solved_by(claimed.problems[0])])


def cells(page: str) -> list[list[str]]:
    """The texts of each row of runs."""
    body = re.findall(r"<tbody.*?</tbody>", page, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", "".join(body), re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def test_no_night_yet_is_said(town: Town) -> None:
    page = town.as_("head").get(PAGE).text
    assert "Each night at 2:30am," in page
    assert "There was no night yet." in page


def test_a_night_that_ran_is_told_run_by_run(town: Town) -> None:
    the_night(town.database)
    work(town.database)
    page = town.as_("region").get("/nights").text
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page) == ["Monday 11 January 2027"]
    assert "Began at 2:30am.\n2 runs, " in page
    assert '<strong class="rota-worse">1 failed</strong>' in page
    millbrook, otherton = cells(page)
    assert millbrook[:3] == ["Millbrook", "Plan anew", "Done"]
    assert millbrook[3].startswith("3 minutes")
    assert re.fullmatch(
        r"\d+ seats? of \d+ (person|people) changed(, \d+ changes? .*)?", millbrook[4]
    )
    assert otherton == ["Otherton", "Plan anew", "Failed", "3 minutes", "The disk is full."]


def test_a_head_sees_only_their_own_unit(town: Town) -> None:
    the_night(town.database)
    for path in (PAGE, "/nights"):
        page = town.as_("head").get(path).text
        assert "Otherton" not in page
        ((*_, state, took, came),) = cells(page)
        assert (state, took, came) == ("Waiting", "Not yet", "Not ended yet")


def test_a_night_with_nothing_to_plan_says_so(town: Town) -> None:
    night.begin_night(town.database, act(TODAY, "the night", time(2, 30)), seconds=1)
    page = town.as_("manager").get(PAGE).text
    assert "Began at 2:30am.\nThere was nothing to plan." in page


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2027, 1, 12, 2, 45), "about to begin"),
        (datetime(2027, 1, 12, 3, 0), "The last night was missed"),
        (datetime(2027, 1, 12, 2, 0), None),
    ],
)
def test_a_night_that_does_not_come_is_told(town: Town, at: datetime, says: str | None) -> None:
    night.begin_night(town.database, NIGHT, seconds=1)
    town.clock.now = at.replace(tzinfo=LONDON)
    page = town.as_("head").get(PAGE).text
    for told in ("about to begin", "The last night was missed"):
        assert (told in page) == (told == says)


def test_older_nights_are_on_a_page_of_their_own(town: Town) -> None:
    for number in range(4):
        day = TODAY - timedelta(days=number)
        night.begin_night(town.database, act(day, "the night", time(2, 30)), seconds=1)
    client = town.as_("region")
    page = client.get("/nights").text
    assert 'href="?before=2027-01-09"' in page
    assert "Latest nights" not in page
    older = client.get("/nights?before=2027-01-09").text
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", older) == ["Friday 8 January 2027"]
    assert "Latest nights" in older
    assert "Earlier nights" not in older
    assert "There are no nights before that." in client.get("/nights?before=2020-01-01").text
    assert client.get("/nights?before=once").status_code == 200


@pytest.mark.parametrize(
    ("who", "of_unit", "of_all"),
    [
        ("head", 200, 200),
        ("red_manager", 200, 200),
        ("other_manager", 403, 200),
        ("officer", 403, 403),
        ("administrator", 403, 403),
        (None, 303, 303),
    ],
)
def test_nights_are_for_heads_and_managers(
    town: Town, who: str | None, of_unit: int, of_all: int
) -> None:
    client = town.as_(who)
    assert client.get(PAGE).status_code == of_unit
    assert client.get("/nights").status_code == of_all


def test_few_queries_are_made(town: Town) -> None:
    the_night(town.database)
    client = town.as_("region")
    for path in (PAGE, "/nights"):
        with town.counting() as asked:
            assert client.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1.4, "1 second"),
        (59, "59 seconds"),
        (84, "1 minute"),
        (3600, "1 hour"),
        (3660, "1 hour 1 minute"),
        (7500, "2 hours 5 minutes"),
    ],
)
def test_how_long_things_take(seconds: float, words: str) -> None:
    assert duration(timedelta(seconds=seconds)) == words
