"""Every page as people with other needs meet it: axe-core finds nothing, and it fits when enlarged.

A page is looked at as each role that sees it, but pages of the same make only once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import sample
from tests.web.lived_in import live
from tests.web.places import places
from tests.web.town import OTHERTON
from web.frontend import FILES, fetched

AXE = FILES.parent / "node_modules" / "axe-core" / "axe.min.js"

DESK, PHONE, ENLARGED = 1280, 390, 320
"""Widths; the last is that of a desk at 400 %, as WCAG 2.2 has it."""

PARTS = 4
"""The pages are looked at in so many tests, which may run beside each other."""

ROLES = (None, "starter", "red_manager", "manager", "head", "region", "administrator")

ALSO = (
    ("officer", "/nowhere"),
    ("officer", "/admin/users"),
    ("stranger", "/my-rota"),
    ("other_manager", f"/units/{OTHERTON}/draft"),
    ("other_manager", f"/units/{OTHERTON}/proposals"),
    ("other_manager", f"/units/{OTHERTON}/requests"),
    ("other_manager", f"/units/{OTHERTON}/board"),
    ("other_manager", f"/units/{OTHERTON}/records/links"),
)
"""Pages of errors, and those that say that there is nothing."""

SENT_EMPTY = {"accounts.sign_in", "accounts.password", "asks.new_day", "asks.new_leave"} | {
    "records.add",
    "users.add",
}
"""Endpoints whose form is sent with nothing in it, to see the page that says so."""

FINDINGS = """() => axe.run(
    {resultTypes: ["violations"], preload: false}
).then(({violations}) => violations.map(
    its => `${its.id}: ${its.nodes.map(node => node.html.slice(0, 150)).join(" | ")}`))"""

TOO_WIDE = """width => document.documentElement.scrollWidth <= width ? [] : [
    ...document.querySelectorAll("body *")].filter(
        its => its.getBoundingClientRect().right > width + 1 && !its.closest("[tabindex]:not(main)")
    ).slice(0, 3).map(its => its.outerHTML.slice(0, 150))"""


@pytest.fixture(scope="session")
def axe() -> str:
    if fetched() is None or not AXE.is_file():
        pytest.skip("axe-core and the front-end files are not fetched: make setup")
    return Path(AXE).read_text(encoding="utf-8")


@pytest.fixture
def lived_in(town):
    live(town.database)
    return town


def skeleton(page: str) -> tuple[str, ...]:
    """What a page is made of, without what it says: its elements, and their classes and roles."""
    main = re.sub(r"\s+", " ", page)
    return tuple(sorted({*re.findall(r"<\w+(?: (?:class|type|role|scope)=\"[^\"]*\")*", main)}))


LOOKS = 2
"""So many pages of an endpoint are looked at, of those that are made of different things."""


def looks(town, part: int) -> Iterator[tuple[str, str | None, str]]:
    """The pages of this part: endpoint, who looks, and the address. In a soak, all of them."""
    clients = {who: town.as_(who) for who in ROLES}
    addresses: dict[str, list[str]] = {}
    for endpoint, _, address in places(town.app):
        addresses.setdefault(endpoint, []).append(address)
    for endpoint in [*addresses][part::PARTS]:
        seen = {}
        for address, who in product(addresses[endpoint], ROLES):
            answer = clients[who].get(address)
            assert answer.status_code < 500, address
            if answer.status_code == 200:
                seen.setdefault(skeleton(answer.text), (endpoint, who, address))
        yield from sample([*seen.values()], LOOKS)
    yield from (("", who, address) for who, address in ALSO[part::PARTS])


def faults(page) -> list[str]:
    """What axe-core finds at both sizes, and what does not fit when enlarged."""
    found = []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} wide: {its}" for its in page.evaluate(FINDINGS)]
    page.set_viewport_size({"width": ENLARGED, "height": 900})
    return found + [f"too wide: {its}" for its in page.evaluate(TOO_WIDE, ENLARGED)]


@pytest.mark.parametrize("part", range(PARTS))
def test_a_page_can_be_read_and_used_by_everybody(part, lived_in, axe, open_as, become, served):
    found = {}
    said: list[str] = []
    page = opened(open_as, axe, said)
    for endpoint, who, address in looks(lived_in, part):
        become(page, who)
        said.clear()
        page.set_viewport_size({"width": DESK, "height": 900})
        page.goto(f"{served}{address}")
        found[who, address] = faults(page) + (said[:] if endpoint else [])
        if endpoint in SENT_EMPTY:
            page.set_viewport_size({"width": DESK, "height": 900})
            page.evaluate("document.querySelector('main form[method=post]').submit()")
            page.wait_for_selector(".govuk-error-summary")
            found[who, f"{address}, sent empty"] = faults(page)
    assert {place: those for place, those in found.items() if those} == {}


def opened(open_as, axe: str, said: list[str]):
    """A page of a browser that adds to a list what goes wrong with scripts, styles and files."""
    page = open_as(None, "/sign-in")
    page.add_init_script(axe)
    page.on("console", lambda its: said.append(its.text) if its.type == "error" else None)
    page.on("pageerror", lambda its: said.append(str(its)))
    return page
