"""Days that are split between two sites, in drafts and versions, side by side."""

from __future__ import annotations

from tests.web.conftest import Town
from tests.web.my_rota.test_split_days import words_of
from tests.web.split_days import BOTH_PLACES, publish_split, split
from tests.web.town import COURT, HIGH

UNIT = "/units/1"
MORNING = f"{HIGH} in the morning"


def test_a_draft_tells_which_half_it_changes(town: Town) -> None:
    split(town)
    page = words_of(town.as_("manager").get(f"{UNIT}/draft").text)
    assert f"Thu 14 Jan before: {MORNING} , now: {COURT} in the morning" in page
    assert "1 seat of 1 person is different." in page


def test_a_version_tells_both_halves_and_which_it_changed(town: Town) -> None:
    publish_split(town)
    client = town.as_("officer")
    page = words_of(client.get(f"{UNIT}/versions/2").text)
    assert f"Thu 14 Jan before: {MORNING} , now: {COURT} in the morning" in page
    assert BOTH_PLACES in words_of(client.get(f"{UNIT}/versions/2/rota?week=2").text)
    # The other way round.
    page = words_of(client.get(f"{UNIT}/versions/1?other=2").text)
    assert f"before: {COURT} in the morning , now: {MORNING}" in page
