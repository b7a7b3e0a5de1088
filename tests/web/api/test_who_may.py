"""Who may call what: every operation for every user of the town, against one table."""

from tests.web.api.program import program
from tests.web.town import USERS
from web.api.endpoints import OPERATIONS

ALL = {*USERS}
MANAGERS = {"red_manager", "manager"}
HEADS = {"head", "region"}
OFFICERS = {"officer", "starter", "blue_officer", "red_manager"}
SEE = MANAGERS | HEADS | OFFICERS

WHO_MAY = {
    "list_units": ALL,
    "my_rota": OFFICERS | {"stranger"},
    "list_officers": SEE,
    "published_rota": SEE,
    "list_versions": SEE,
    "get_version": SEE,
    "list_changes": SEE,
    "list_findings": MANAGERS,
    "list_drafts": MANAGERS,
    "get_draft": MANAGERS,
    "list_draft_seats": MANAGERS,
    "move_seat": MANAGERS,
    "lock_seat": MANAGERS,
    "unlock_seat": MANAGERS,
    "publish_draft": MANAGERS,
    "ask_for_run": MANAGERS,
    "stop_run": MANAGERS,
    "list_runs": MANAGERS | HEADS,
    "get_run": MANAGERS | HEADS,
    "ask": OFFICERS,
    "list_requests": OFFICERS,
    "get_request": {"officer"},
    "withdraw_request": {"officer"},
    "agree_to_swap": set(),
    "decline_swap": set(),
    "list_requests_to_answer": MANAGERS,
    "answer_request": MANAGERS,
}
"""Of Millbrook, whose officer Omar asks for a day; all others with a role there are refused."""

NAMES = {
    "unit_id": "1",
    "version": "1",
    "run_id": "1",
    "request_id": "1",
    "start": "2027-02-01",
    "staff_no": "102",
    "date": "2027-02-02",
}

BODIES = {
    "move_seat": {"site": "home"},
    "ask": {"kind": "day", "when": "Mon", "wants": "home"},
    "answer_request": {"outcome": "refused"},
}

REFUSED, NOTHING = 403, 404
"""What those are told with another role in the unit, and those with none."""


def test_every_operation_is_in_the_table():
    assert {its.name for its in OPERATIONS} == {*WHO_MAY}


def test_each_may_do_what_the_table_says_and_nothing_else(drafted):
    wish = {"kind": "day", "when": "Fri", "wants": "home"}
    asked = program(drafted, "officer").call("POST", "/units/1/requests", json=wish)
    assert asked.json["id"] == 1
    told = {
        (its.name, who): _status(program(drafted, who), its)
        for who in USERS
        for its in sorted(OPERATIONS, key=lambda its: its.name == "withdraw_request")
    }
    wrong = {
        (name, who): status
        for (name, who), status in told.items()
        if not _is_right(status, who in WHO_MAY[name], who in SEE or name == "my_rota")
    }
    assert wrong == {}


def _status(caller, its):
    headers = {"If-Match": '"another"'} if its.is_conditional else {}
    body = {"json": BODIES.get(its.name, {})} if its.has_body else {}
    path = its.path.format(**NAMES)
    return caller.call(its.method, path, headers=headers, **body).status_code


def _is_right(status, is_allowed, is_there):
    """Whoever may is answered, or learns that it cannot be done as things are."""
    if is_allowed:
        return status in (200, 201, 409, 412)
    return status == (REFUSED if is_there else NOTHING)
