"""Who may open what: every page and operation, for every role, in every unit, from one table.

The table below is written from what the roles mean, and not from the code. Everybody sends every
request; each is either let in or refused, and what is refused tells nothing.
"""

from __future__ import annotations

import pytest

from rota.services.accounts import sessions
from rota.services.accounts.tokens import Scope
from tests.web.api.program import token_of
from tests.web.lived_in import live
from tests.web.town import MILLBROOK, OTHERTON, START
from web.access.page_access import is_for

NAMES = {MILLBROOK: "Millbrook", OTHERTON: "Otherton"}

NOBODY = "nobody"
NO_UNIT = 99
UNITS = (MILLBROOK, OTHERTON, NO_UNIT)

EVERYBODY = {
    "officer",
    "starter",
    "blue_officer",
    "stranger",
    "red_manager",
    "manager",
    "other_manager",
    "head",
    "region",
    "administrator",
}
"""All who can sign in; of what each is, the town tells."""

OFFICERS = {"officer", "starter", "blue_officer", "stranger", "red_manager"}
OF_MILLBROOK = {"officer", "starter", "blue_officer", "red_manager", "manager", "head", "region"}
OF_OTHERTON = {"stranger", "other_manager", "region"}


def everywhere(who):
    """The same people whatever the unit."""
    return dict.fromkeys(UNITS, who)


AUDIENCES = {
    "anyone": everywhere(EVERYBODY | {NOBODY}),
    "who is signed in": everywhere(EVERYBODY),
    "officers": everywhere(OFFICERS),
    "who has a role in the unit": {MILLBROOK: OF_MILLBROOK, OTHERTON: OF_OTHERTON},
    "managers of any team of it": {
        MILLBROOK: {"red_manager", "manager"},
        OTHERTON: {"other_manager"},
    },
    "managers of all of it": {MILLBROOK: {"manager"}, OTHERTON: {"other_manager"}},
    "heads and managers of it": {
        MILLBROOK: {"red_manager", "manager", "head", "region"},
        OTHERTON: {"other_manager", "region"},
    },
    "heads, and managers of all of it": {
        MILLBROOK: {"manager", "head", "region"},
        OTHERTON: {"other_manager", "region"},
    },
    "heads and managers of anything": everywhere(
        {"red_manager", "manager", "other_manager", "head", "region"}
    ),
    "administrators": everywhere({"administrator"}),
}
"""Of whom each audience is, unit by unit; there is none of a unit that is not there."""

PAGES = {
    "anyone": """
        static assets probes.health probes.ready probes.metrics api.openapi guide.show
        accounts.sign_in accounts.sign_out sso.start sso.callback calendar.feed
    """,
    "who is signed in": """
        home accounts.password accounts.token_list accounts.make_token accounts.revoke_token
        account.show account.end_session account.end_everywhere
    """,
    "officers": """
        my_rota.show my_rota.read calendar.make calendar.revoke
        asks.listed asks.new_day asks.new_leave asks.new_swap asks.check_swap
        asks.one asks.withdraw asks.agree asks.decline
    """,
    "who has a role in the unit": """
        board.show board.printed who_is_in.show versions.listed versions.shown
        versions.rota
    """,
    "managers of any team of it": """
        board.breach_list board.officer board.edit
        runs.ask runs.stop runs.retry publishing.draft publishing.publish publishing.discard
        versions.restore proposals.listed proposals.decide answers.waiting answers.answer
        answers.agree_for
        records.tables records.listed records.person records.add records.edit records.remove
        days_in_lieu.show
    """,
    "managers of all of it": """
        policy.change importing.upload importing.answer importing.confirm
        importing.export importing.download records.rename
    """,
    "heads and managers of it": """
        runs.listed runs.watched overview.show overview.table nights.of_unit policy.show
    """,
    "heads, and managers of all of it": "audit.show",
    "heads and managers of anything": "overview.units overview.units_table nights.of_all",
    "administrators": """
        units.listed units.add
        users.listed users.add users.show users.rename users.grant users.revoke users.deactivate
        users.activate users.reset_password users.forget_outside
        users.end_everywhere
        upkeep.settings upkeep.health audit.outside_units
    """,
}
"""For whom each page is."""

OPERATIONS = {
    "who is signed in": "list_units",
    "officers": "my_rota list_own_days_in_lieu",
    "who has a role in the unit": """
        list_officers published_rota list_versions get_version list_changes
    """,
    "officers of it": "ask list_requests",
    "who asked": "withdraw_request",
    "who was asked": "agree_to_swap decline_swap",
    "either of them": "get_request",
    "managers of any team of it": """
        list_findings list_drafts get_draft list_draft_seats move_seat lock_seat unlock_seat
        publish_draft ask_for_run stop_run retry_run answer_request list_requests_to_answer
        agree_for_colleague take_off_seat list_days_in_lieu
    """,
    "heads and managers of it": "list_runs get_run",
}
"""For whom each operation of the API is."""

AUDIENCES |= {
    "officers of it": {
        MILLBROOK: OFFICERS & OF_MILLBROOK,
        OTHERTON: OFFICERS & OF_OTHERTON,
    },
    "who asked": {MILLBROOK: {"starter"}},
    "who was asked": {MILLBROOK: {"officer"}},
    "either of them": {MILLBROOK: {"starter", "officer"}},
}
"""The request that there is, is a swap for which Nia, the starter, asked Omar."""

BODIES = {
    "ask": {"kind": "day", "when": "2027-01-27", "wants": "home"},
    "answer_request": {"outcome": "refused"},
    "move_seat": {"site": "home"},
    "ask_for_run": {"start": f"{START}", "weeks": 4},
    "publish_draft": {},
    "decline_swap": {},
}
"""What operations are sent that is well made."""

SIGN_OUT = ("accounts.sign_out", "account.end_everywhere")
"""Pages after which nobody would be let in anywhere; whoever is signed in may use them."""

THERE_IS_NONE = 999
"""The number of what is not there, so that nobody who is let in changes anything for others."""

PARTS = {
    "number": THERE_IS_NONE,
    "run": THERE_IS_NONE,
    "user_id": THERE_IS_NONE,
    "grant_id": THERE_IS_NONE,
    "token_id": THERE_IS_NONE,
    "table": "officers",
    "staff_no": "102",
    "start": f"{START}",
    "date": "2027-01-26",
    "key": "share",
    "form": "csv",
    "secret": "secret",
    "name": "0" * 32,
    "filename": "nothing.css",
    # What operations of the API are about is there; in Millbrook, all of it.
    "run_id": 1,
    "request_id": 1,
    "version": 1,
}


def audiences_of(table):
    """The audience of each name of the table, in which none stands twice."""
    told = [(name, audience) for audience, names in table.items() for name in names.split()]
    assert len(told) == len(dict(told))
    return dict(told)


def rules_of(app, *, of_api):
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "api.openapi"]
    return [rule for rule in rules if rule.endpoint.startswith("api.") == of_api]


def requests_of(app, rule):
    """Every request that can be made of a rule: unit, method and address."""
    units = UNITS if "unit_id" in rule.arguments else (MILLBROOK,)
    for unit in units:
        values = {name: {**PARTS, "unit_id": unit}[name] for name in rule.arguments}
        with app.test_request_context():
            _, address = rule.build(values)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield unit, method, address


def test_every_page_and_operation_stands_in_the_table(town):
    pages = {rule.endpoint for rule in rules_of(town.app, of_api=False)} | {"api.openapi"}
    assert audiences_of(PAGES).keys() == pages
    operations = {rule.endpoint for rule in rules_of(town.app, of_api=True)}
    assert {f"api.{name}" for name in audiences_of(OPERATIONS)} == operations


@pytest.mark.parametrize("who", [NOBODY, *sorted(EVERYBODY)])
def test_a_page_lets_in_whom_it_is_for_and_nobody_else(town, who):
    client = town.as_(None if who == NOBODY else who)
    audiences = audiences_of(PAGES)
    wrong = []
    for rule in rules_of(town.app, of_api=False):
        for unit, method, address in requests_of(town.app, rule):
            if rule.endpoint in SIGN_OUT:
                continue
            may = who in AUDIENCES[audiences[rule.endpoint]].get(unit, set())
            answer = client.open(address, method=method)
            if (its := outcome(answer)) != ("let in" if may else refusal(who)):
                wrong.append((method, address, answer.status_code, its))
    assert "\n".join(map(str, wrong)) == ""


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_the_gate_by_itself_says_what_services_say_too(town, who):
    """The menu follows it, and would else show a page that is refused, or hide one that is not."""
    user = sessions.find_signed_in_user(town.database, secret=town.secret_of(who), at=town.clock())
    wrong = [
        (endpoint, unit)
        for endpoint, audience in audiences_of(PAGES).items()
        for unit in (MILLBROOK, OTHERTON)
        if is_for(endpoint, user.rights, NAMES[unit]) != (who in AUDIENCES[audience][unit])
    ]
    assert wrong == []


def outcome(answer):
    """What became of a request, in a word."""
    if answer.status_code == 303 and answer.location.startswith("/sign-in"):
        return "asked to sign in"
    if answer.status_code == 403:
        return "refused"
    return "failed" if answer.status_code >= 500 else "let in"


def refusal(who):
    return "asked to sign in" if who == NOBODY else "refused"


@pytest.mark.parametrize("who", [NOBODY, *sorted(EVERYBODY)])
def test_an_operation_lets_in_whom_it_is_for_and_nobody_else(lived_in, who):
    client = lived_in.app.test_client()
    headers = {"If-Match": "*"}
    if who != NOBODY:
        headers["Authorization"] = f"Bearer {token_of(lived_in, who)}"
    audiences = audiences_of(OPERATIONS)
    wrong = []
    for rule in rules_of(lived_in.app, of_api=True):
        name = rule.endpoint.removeprefix("api.")
        for unit, method, address in requests_of(lived_in.app, rule):
            may = who in AUDIENCES[audiences[name]].get(unit, set())
            answer = client.open(address, method=method, headers=headers, json=BODIES.get(name))
            if answer.status_code not in statuses(who, unit, may=may):
                wrong.append((method, address, answer.status_code, answer.text[-300:]))
    assert "\n".join(map(str, wrong)) == ""


def statuses(who, unit, *, may):
    """What an operation may answer. Nobody learns what is there of what they may not see."""
    if who == NOBODY:
        return {401}
    if not may:
        return {403, 404}
    return {200, 201, 409, 412, 422} | ({404} if unit != MILLBROOK else set())


@pytest.mark.parametrize("scope", Scope)
def test_a_token_does_no_more_than_its_scope(lived_in, scope):
    """With the rights of a manager of all, but a token for one thing."""
    client = lived_in.app.test_client()
    headers = {"If-Match": "*", "Authorization": f"Bearer {token_of(lived_in, 'manager', scope)}"}
    refused = set()
    for rule in rules_of(lived_in.app, of_api=True):
        name = rule.endpoint.removeprefix("api.")
        _, method, address = next(requests_of(lived_in.app, rule))
        answer = client.open(address, method=method, headers=headers, json=BODIES.get(name))
        if answer.status_code == 403 and "insufficient_scope" in str(answer.headers):
            refused.add(name)
    assert refused == set(audiences_of(OPERATIONS)) - set(SCOPES[scope].split())


SCOPES = {
    Scope.READ_ROTA: """
        list_units my_rota list_officers published_rota list_versions get_version list_changes
        list_requests get_request list_findings list_drafts get_draft list_draft_seats
        list_requests_to_answer list_runs get_run list_days_in_lieu list_own_days_in_lieu
    """,
    Scope.WRITE_REQUESTS: """
        ask withdraw_request agree_to_swap decline_swap answer_request agree_for_colleague
    """,
    Scope.WRITE_RUNS: "ask_for_run stop_run retry_run",
    Scope.WRITE_DRAFTS: "move_seat take_off_seat lock_seat unlock_seat publish_draft",
}
"""What each scope is good for."""


@pytest.fixture
def lived_in(town):
    live(town.database)
    return town
