"""The keyboard of a browser, and where its focus is."""

from __future__ import annotations

NAME_OF_FOCUSED = """() => {
    const its = document.activeElement;
    const label = its.labels && its.labels.length ? its.labels[0].innerText : its.innerText;
    return (label || its.value || "").trim();
}"""


def go_to(page, label: str) -> None:
    """Press Tab until what has the focus has a name or label that begins so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page).startswith(label):
            return
    raise AssertionError(f"{label} cannot be reached by Tab")


def focused(page) -> str:
    """The name or label of what has the focus."""
    return page.evaluate(NAME_OF_FOCUSED)
