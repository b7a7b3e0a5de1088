"""Who is in, in a browser with scripts: one goes from day to day without a new page."""

from __future__ import annotations

import pytest

from tests.web.keyboard import go_to
from web.frontend import fetched


@pytest.mark.skipif(fetched() is None, reason="the front-end files are not fetched")
def test_who_is_in_changes_in_place_and_keeps_the_focus(open_as):
    page = open_as("officer", "/units/1/who-is-in")
    page.evaluate("window.isSamePage = true")
    go_to(page, "Day after: Wed 13 Jan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/units/1/who-is-in?date=2027-01-13&office=High+Street")
    page.wait_for_function(
        "document.activeElement.innerText === 'Day after: Thu 14 Jan' &&"
        "document.getElementById('told').innerText === 'High Street, Wednesday 13 January'"
    )
    assert "High Street, Wednesday 13 January 2027" in page.inner_text("#presence")
    assert page.input_value("#date") == "13/1/2027"
    assert page.evaluate("window.isSamePage")
