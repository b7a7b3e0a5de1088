"""Every page that can be looked at, with somebody of the town who may look at it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask

from rota.records import RECORD_TABLES
from tests.web.town import MILLBROOK, START
from web.access.page_access import WHO_MAY, PageAudience

MOST_QUERIES = 12
"""Statements that a page may ask of the database, also when nothing is remembered."""

LOOKER = {
    PageAudience.ANYONE: None,
    PageAudience.SIGNED_IN: "officer",
    PageAudience.IS_OFFICER: "starter",
    PageAudience.SEES_UNIT: "officer",
    PageAudience.MANAGES_UNIT: "manager",
    PageAudience.MANAGES_WHOLE_UNIT: "manager",
    PageAudience.KNOWS_FIGURES: "head",
    PageAudience.KNOWS_SOME_FIGURES: "region",
    PageAudience.AUDITS_UNIT: "head",
    PageAudience.ADMINISTERS: "administrator",
}
"""Who looks at the pages of an audience."""

NO_PAGES = {
    "static",
    "assets",
    "home",
    "probes.health",
    "probes.ready",
    "probes.metrics",
    "calendar.feed",
    "board.breach_list",
    "sso.start",
    "sso.callback",
    "importing.download",
    "overview.table",
    "overview.units_table",
}
"""Endpoints that answer with files or parts of pages, or lead elsewhere."""

MORE = {
    "records.listed": [f"/units/{MILLBROOK}/records/{table}" for table in RECORD_TABLES],
    "records.add": [f"/units/{MILLBROOK}/records/{table}/new" for table in ("officers", "duties")],
    "asks.check_swap": ["/asks/new/swap/check?date=2027-01-26&colleague=102"],
    "asks.new_swap": ["/asks/new/swap", "/asks/new/swap?date=2027-01-26"],
    "board.show": [f"/units/{MILLBROOK}/board?start={START}&weeks=4"],
}
"""Addresses of pages that need more than examples of their parts."""

PARTS = {
    "unit_id": MILLBROOK,
    "number": 1,
    "user_id": 1,
    "token_id": 1,
    "table": "officers",
    "staff_no": "102",
    "run": 1,
    "date": "2027-01-21",
    "start": f"{START}",
}
"""An example of each part of an address."""


def places(app: Flask) -> Iterator[tuple[str, str | None, str]]:
    """Endpoint, who may look, and the address."""
    for rule in app.url_map.iter_rules():
        audience = WHO_MAY[rule.endpoint]
        if "GET" not in (rule.methods or ()) or rule.endpoint in NO_PAGES:
            continue
        if rule.endpoint.startswith("api.") or audience == PageAudience.BEARER:
            continue
        with app.test_request_context():
            built = rule.build({part: PARTS[part] for part in rule.arguments})
        assert built is not None
        for address in MORE.get(rule.endpoint, [built[1]]):
            yield rule.endpoint, LOOKER[audience], address
