"""Asking and answering in a browser, with the keyboard alone."""

from __future__ import annotations

from tests.web.keyboard import focused, go_to


def test_a_day_is_asked_for_and_answered_by_keyboard(open_as):
    page = open_as("officer", "/asks")
    go_to(page, "Ask for a day")
    page.keyboard.press("Enter")
    page.wait_for_url("**/asks/new/day")
    go_to(page, "At home")
    page.keyboard.press("Space")
    go_to(page, "On one date")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    go_to(page, "Date")
    page.keyboard.type("26/1/2027")
    go_to(page, "It would be nice")
    page.keyboard.press("ArrowDown")
    go_to(page, "Note to your manager")
    page.keyboard.type("I fetch my son.")
    go_to(page, "Ask for this day")
    page.keyboard.press("Enter")
    page.wait_for_url("**/asks")
    assert "A day at home on Tuesday 26 January 2027" in page.inner_text("main")

    page = open_as("red_manager", "/units/1/requests")
    go_to(page, "Omar Obi asks for a day at home on Tuesday 26 January 2027")
    page.keyboard.press("Space")
    go_to(page, "Answer to those who asked")
    page.keyboard.type("Enjoy it.")
    go_to(page, "Agree to the selected")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-notification-banner--success")
    assert "1 request agreed." in page.inner_text("main")


def test_what_is_wrong_is_reached_from_the_summary(open_as):
    page = open_as("officer", "/asks/new/day")
    go_to(page, "Ask for this day")
    page.keyboard.press("Enter")
    page.wait_for_selector(".govuk-error-summary")
    go_to(page, "Select when")
    page.keyboard.press("Enter")
    assert focused(page) == "On one date"
