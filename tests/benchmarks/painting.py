"""When a browser first paints something of a page."""

from __future__ import annotations

import shutil
from statistics import median

TRIES = 5

_OPTIONS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")

_PAINTED = """() => new Promise(resolve => new PerformanceObserver((list, observer) => {
    for (const its of list.getEntriesByName("first-contentful-paint")) {
        observer.disconnect();
        resolve(its.startTime);
    }
}).observe({type: "paint", buffered: true}))"""


def first_paint(address: str, path: str, secret: str) -> float | None:
    """Milliseconds until Chromium has painted something, the median of some tries; None without it.

    Each try is a browser with nothing in its cache.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_OPTIONS))
        times = []
        for _ in range(TRIES):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": "rota", "value": secret, "url": address}])
            page = context.new_page()
            page.goto(f"{address}{path}")
            times.append(float(page.evaluate(_PAINTED)))
            context.close()
        browser.close()
    return median(times)
