"""The keyboard of a browser, and where its focus is."""

from __future__ import annotations

NAME_OF_FOCUSED = """() => {
    const its = document.activeElement;
    const label = its.labels && its.labels.length ? its.labels[0].innerText : its.innerText;
    return (label || its.value || "").trim();
}"""

SHOWS_FOCUS = """() => {
    const its = document.activeElement;
    const styles = [getComputedStyle(its)];
    if (its.matches("[type=radio], [type=checkbox]") && its.labels.length) {
        styles.push(getComputedStyle(its.labels[0], "::before"));
    }
    const isSeen = ({outlineStyle, outlineColor, boxShadow, backgroundColor}) =>
        boxShadow !== "none" || backgroundColor === "rgb(255, 221, 0)" ||
        (outlineStyle !== "none" && !/, 0\\)$/.test(outlineColor));
    return its === document.body || styles.some(isSeen) ? "" : its.outerHTML.slice(0, 200);
}"""
"""What has the focus, if nothing shows that it does."""


def go_to(page, label: str) -> None:
    """Press Tab until what has the focus, and shows it, has a name or label that begins so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        unseen = page.evaluate(SHOWS_FOCUS)
        assert not unseen, f"Nothing shows that this has the focus: {unseen}"
        if focused(page).startswith(label):
            return
    raise AssertionError(f"{label} cannot be reached by Tab")


def focused(page) -> str:
    """The name or label of what has the focus."""
    return page.evaluate(NAME_OF_FOCUSED)
