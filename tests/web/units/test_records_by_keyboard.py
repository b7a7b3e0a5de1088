"""Records are kept by keyboard alone, with what went wrong in view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.web.town import MILLBROOK

RECORDS = f"/units/{MILLBROOK}/records"


def tab_to(page: Any, name: str) -> None:
    """Press Tab until the element of that text or label has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).innerText"
        )
        if here.strip() == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")


def enter(page: Any) -> None:
    """Press Enter, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_absence_is_added_mended_and_found_by_keyboard(open_as: Callable[..., Any]) -> None:
    page = open_as("manager", f"{RECORDS}/officers")
    tab_to(page, "Search people")
    page.keyboard.type("omar")
    enter(page)
    tab_to(page, "Omar Obi")
    enter(page)
    tab_to(page, "Add an absence")
    enter(page)
    assert page.get_by_label("Officer").input_value() == "102"
    tab_to(page, "First day away")
    page.keyboard.type("3/2/2027")
    tab_to(page, "Last day away")
    page.keyboard.type("2/2/2027")
    enter(page)
    summary = page.get_by_role("alert")
    assert summary.inner_text().splitlines()[-1] == (
        "Last day away must not be before first day away"
    )
    page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
    tab_to(page, "Last day away must not be before first day away")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "last"
    page.keyboard.press("Control+A")
    page.keyboard.type("4/2/2027")
    enter(page)
    assert page.url.endswith(f"{RECORDS}/officers/2/about")
    assert "Absence added" in page.get_by_role("alert").inner_text()
    absences = page.get_by_role("table", name="Absences").inner_text()
    assert "3 February 2027" in absences
    assert "4 February 2027" in absences


def test_a_file_is_taken_away_and_sent_back(open_as: Callable[..., Any], tmp_path: Any) -> None:
    page = open_as("manager", f"/units/{MILLBROOK}/export")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a workbook").click()
    path = tmp_path / "unit.xlsx"
    download.value.save_as(path)
    page.goto(page.url.replace("/export", "/import"))
    page.get_by_label("Choose a file").set_input_files(path)
    page.get_by_role("button", name="Show what changes").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The file changes nothing"
