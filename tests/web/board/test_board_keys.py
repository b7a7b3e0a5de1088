"""The board at the keyboard, in a browser."""

from __future__ import annotations

from rota.services.drafts import drafts
from tests import draft_edits
from tests.web.board.test_board import BOARD, RITA, THURSDAY
from tests.web.conftest import Town
from tests.web.town import HIGH


def cell(page, staff_no: str, day: str):
    column = page.evaluate(
        "day => [...document.querySelectorAll('[data-d]')].findIndex(it => it.dataset.d === day)",
        day,
    )
    return page.locator(f"tr[data-s='{staff_no}'] td").nth(column)


def said(page, text: str) -> None:
    """Wait until the line above the board says so."""
    page.wait_for_function(
        "text => document.getElementById('board-said').textContent.includes(text)", arg=text
    )


def test_a_cell_is_changed_locked_and_changed_back_by_keys_alone(town: Town, open_as) -> None:
    page = open_as("red_manager", BOARD)
    page.locator(".board-frame").focus()
    page.keyboard.press("Tab")
    for key in ("Home", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    said(page, "Omar Obi, Thursday 14 January: High Street")
    page.keyboard.press("h")
    said(page, "Omar Obi is at home on Thursday 14 January.")
    said(page, "Worse: Short notice")
    focused = page.evaluate("document.activeElement.id")
    assert focused == "c-102-0114"  # The page was loaded anew, since a draft was begun.
    page.keyboard.press("l")
    said(page, "Omar Obi is locked")
    assert "l" in cell(page, "102", "2027-01-14").get_attribute("class").split()
    page.keyboard.press("o")
    said(page, "is locked; unlock it first")
    page.keyboard.press("Control+z")
    said(page, "Omar Obi is unlocked")
    page.keyboard.press("u")
    said(page, "Omar Obi is at High Street")
    assert (
        drafts.load_view(town.database, RITA, unit="Millbrook").seats["102", THURSDAY].sites == HIGH
    )
    page.keyboard.press("Control+y")
    said(page, "Omar Obi is at home")
    assert cell(page, "102", "2027-01-14").inner_text() == "H"
    page.keyboard.press("?")
    assert page.evaluate("document.activeElement.id") == "keyboard"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "c-102-0114"
    for key in ("Home", "ArrowLeft"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "Omar Obi"
    page.keyboard.press("Enter")
    page.wait_for_url("**/board/officers/102**")


def test_who_was_slower_is_told_and_led_to_the_board_as_it_is(town: Town, open_as) -> None:
    page = open_as("manager", BOARD)
    draft_edits.move(
        town.database, RITA, unit="Millbrook", staff_no="202", day=THURSDAY, site="home"
    )
    cell(page, "102", "2027-01-14").click()
    page.keyboard.press("h")
    said(page, "rita@example.org changed the draft")
    page.click("text=Load the board as it is now")
    page.wait_for_load_state()
    assert cell(page, "202", "2027-01-14").inner_text() == "H"
    assert page.evaluate("document.activeElement.textContent") == "O1"
    page.keyboard.press("h")
    said(page, "Omar Obi is at home")


def test_an_undo_that_failed_can_be_tried_again(open_as) -> None:
    page = open_as("red_manager", BOARD)
    cell(page, "102", "2027-01-14").click()
    page.keyboard.press("h")
    said(page, "Omar Obi is at home")
    page.route("**/board/edit**", lambda route: route.abort())
    page.keyboard.press("u")
    said(page, "the server does not answer")
    page.unroute("**/board/edit**")
    page.keyboard.press("u")
    said(page, "Omar Obi is at High Street")
    page.keyboard.press("u")
    said(page, "There is nothing to undo.")


def test_the_list_of_breaches_leads_to_the_cell(open_as) -> None:
    page = open_as("manager", BOARD)
    page.click("text=The appointment of Ben Bell (202)")
    assert page.evaluate("document.activeElement.id") == "c-202-0114"
    said(page, "Ben Bell, Thursday 14 January: Weir Street; breaks a rule that must be answered")


def test_cells_of_another_team_stay(open_as) -> None:
    page = open_as("red_manager", BOARD)
    cell(page, "202", "2027-01-14").click()
    page.keyboard.press("h")
    said(page, "Only managers of this team may change these days.")
