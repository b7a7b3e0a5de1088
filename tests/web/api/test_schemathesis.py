"""Schemathesis calls on the running app as its own document tells, with all of its checks.

A soak looks more closely.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from schemathesis.engine import Status, events, from_schema

from tests.conftest import sample, times
from tests.web.api.conftest import draft
from tests.web.api.program import token_of

EXAMPLES = times(2, soak=200)
"""Cases for each operation, besides those that its checks of every bound make by themselves."""

CHECKS = {
    "positive_data_acceptance": {
        "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", "412", "429"]
    },
    "missing_required_header": {
        "expected-statuses": ["400", "401", "403", "406", "415", "422", "428"]
    },
}
"""What is expected beyond the usual: 412 and 428, which answer to If-Match (RFC 9110, RFC 6585)."""

UNLIMITED = dict.fromkeys(("api_calls_of_user", "api_calls_of_place", "asks_of_officer"), 10**9)
"""Limits that are not met, since the clock of the town stands still meanwhile."""

THERE = {
    "path.unit_id": 1,
    "path.start": "2027-02-01",
    "path.staff_no": "102",
    "path.date": "2027-02-02",
    "header.If-Match": "*",
}
"""Names of what is there in the town, so that operations get as far as they can."""


@pytest.mark.parametrize("who", sample(["officer", "red_manager", "head"], 1))
def test_every_operation_keeps_its_word(town, served, who):
    draft(town)
    town.set(**UNLIMITED)
    assert [*_failures(served, token_of(town, who), seed=1)] == []


@pytest.mark.parametrize("who", sample(["officer", "manager"], 1))
def test_every_operation_keeps_its_word_where_something_is_there(town, served, who):
    draft(town)
    town.set(**UNLIMITED)
    deep = {
        "parameters": THERE,
        "generation": {"mode": "positive", "max-examples": 2 * EXAMPLES},
        "phases": {"coverage": {"enabled": False}, "examples": {"enabled": False}},
    }
    token = token_of(town, who)
    # Once published, there would be no draft for the others to find.
    assert [*_failures(served, token, seed=2, but="publish_draft", **deep)] == []


def _failures(
    address: str, token: str, *, seed: int, but: str = "nothing", **told: Any
) -> Iterator[str]:
    """What schemathesis finds fault with in every operation but one."""
    usual = {
        "seed": seed,
        "headers": {"Authorization": f"Bearer {token}", "Connection": "close"},
        "generation": {"max-examples": EXAMPLES},
        "checks": CHECKS,
    }
    config = schemathesis.Config.from_dict({**usual, **told})
    document = f"{address}/api/v1/openapi.json"
    schema = schemathesis.openapi.from_url(document, config=config).exclude(operation_id=but)
    count = 0
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            yield str(event)
        elif isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                count += len(checks)
                yield from (_said(check) for check in checks if check.status == Status.FAILURE)
    assert count > 20 * EXAMPLES


def _said(check: Any) -> str:
    failure = check.failure_info.failure
    return f"{check.name}: {failure.message}\n{check.failure_info.code_sample}"
