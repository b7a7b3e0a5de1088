"""A rota from its plan to its publication in a browser, with the keyboard alone.

`tests/web/requests/test_asks_by_keyboard.py` goes on with asking for a day and answering it.
"""

from __future__ import annotations

from rota.services.access.act import Act
from rota.services.rotas import versions
from rota.services.runs import run_status
from tests.stored import ONLOOKER, work_off
from tests.web.keyboard import SHOWS_FOCUS, go_to
from tests.web.town import NOW, PASSWORD, email_of

CELL = "c-102-0129"
"""Omar's last day."""

SAYS_DONE = """() => document.querySelector("#board-said").innerText.startsWith("Omar Obi is ")"""


def test_a_manager_signs_in_generates_edits_and_publishes_by_keyboard(town, open_as):
    page = open_as(None, "/")
    _sign_in(page)
    _generate(page)
    assert (
        run_status.list_latest(town.database, ONLOOKER, unit="Millbrook", most=1)[0].seconds == 10
    )
    work_off(town.database, Act(email_of("manager"), "a worker", NOW))
    page.wait_for_selector("#run-actions >> text=Show it on the board")
    go_to(page, "Show it on the board")
    page.keyboard.press("Enter")
    _edit(page)
    _publish(page)
    newest, before = versions.all_of(town.database, ONLOOKER, unit="Millbrook")
    assert (newest.number, before.number) == (2, 1)
    assert (newest.published_by, newest.note) == (email_of("manager"), "Omar has another day.")


def _sign_in(page) -> None:
    go_to(page, "Email address")
    page.keyboard.type(email_of("manager"))
    go_to(page, "Password")
    page.keyboard.type(PASSWORD)
    go_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/board")


def _generate(page) -> None:
    go_to(page, "Generate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/runs")
    go_to(page, "4 January to 31 January 2027")
    page.keyboard.press("Space")
    go_to(page, "Seconds to search at most")
    page.keyboard.press("Control+a")
    page.keyboard.type("10")
    go_to(page, "Generate")
    page.keyboard.press("Enter")
    page.wait_for_url("**/runs/*")


def _edit(page) -> None:
    page.wait_for_selector("#board-tools:not([hidden])")
    go_to(page, "6 officers")
    page.keyboard.press("Tab")
    page.keyboard.press("PageUp")
    page.keyboard.press("End")
    for _ in range(6):
        if focused_id(page) != CELL:
            page.keyboard.press("ArrowDown")
    assert focused_id(page) == CELL
    assert page.evaluate(SHOWS_FOCUS) == ""
    is_home = page.inner_text(f"#{CELL}") == "H"
    page.keyboard.press("o" if is_home else "h")
    page.wait_for_function(SAYS_DONE)
    assert focused_id(page) == CELL


def _publish(page) -> None:
    go_to(page, "Compare and publish")
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft*")
    go_to(page, "Continue to publish")
    page.keyboard.press("Enter")
    page.wait_for_url("**/draft/publish*")
    if page.locator("#acknowledgement").count():
        go_to(page, "Why do you publish it all the same?")
        page.keyboard.type("Nobody else can go.")
    go_to(page, "Note to staff")
    page.keyboard.type("Omar has another day.")
    go_to(page, "Publish")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-notification-banner--success")


def focused_id(page) -> str:
    return page.evaluate("document.activeElement.id")
