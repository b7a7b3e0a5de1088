"""Whatever stands in the address of a page or in a form, it is told as such and is no failure."""

import pytest

from tests.conftest import sample
from tests.web.lived_in import live
from tests.web.places import places

SILLY = ("0", "-1", "x", "1e3", "9999-12-31", "0001-01-01", "9" * 20, "\0")

NUMBERS = ("page", "before", "week", "weeks", "person", "other", "number")
"""What pages ask of their addresses that is a number."""

WORDS = ("date", "start", "first", "last", "period", "changed", "show", "against", "team", "office")
MORE_WORDS = ("site", "kind", "find", "search", "who", "what", "colleague", "next", "staff_no")
UNDO = ("undo_action", "undo_site")
"""And what is not; each page asks for some of all these."""


@pytest.fixture
def lived_in(town):
    live(town.database)
    return town


def failed(town, query):
    """The pages that fail with this after the question mark."""
    clients = {}
    for _, who, address in places(town.app):
        client = clients.setdefault(who, town.as_(who))
        answer = client.get(address.partition("?")[0], query_string=query)
        if answer.status_code >= 500:
            yield address, query, answer.status_code


@pytest.mark.parametrize("value", sample(SILLY, 3))
def test_no_page_fails_for_a_silly_address(lived_in, value):
    assert [*failed(lived_in, dict.fromkeys((*NUMBERS, *WORDS, *MORE_WORDS, *UNDO), value))] == []


@pytest.mark.parametrize("name", sample(NUMBERS, 2))
def test_no_page_fails_for_a_number_that_no_row_can_have(lived_in, name):
    assert [*failed(lived_in, {name: "9" * 20})] == []


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/units/1/requests", {"numbers": "9" * 20, "outcome": "granted"}),
        ("/units/1/proposals", {"number": "9" * 20, "decision": "accept"}),
        ("/units/1/proposals", {"can_refuse": "9" * 20, "decision": "refuse all"}),
        ("/units/1/proposals", {"decision": f"accept {'9' * 20}"}),
        ("/units/1/runs", {"start": "2027-02-01", "weeks": "4", "seconds": "9" * 20}),
        ("/units/1/draft/publish", {"revision": "9" * 20, "unit_revision": "9" * 20}),
        ("/units/1/draft/discard", {"revision": "9" * 20}),
        ("/units/1/versions/1/restore", {"newest": "9" * 20, "unit_revision": "9" * 20}),
    ],
)
def test_no_form_fails_for_a_number_that_no_row_can_have(lived_in, path, told):
    assert lived_in.as_("manager").post(path, data=told).status_code in (404, 409, 422)
