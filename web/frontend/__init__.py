"""How the style sheets and scripts of the pages are put together, when Rota is set up.

`fetch` gets those of GOV.UK and the Ministry of Justice with npm into `files/`; where that cannot
be, pages have the plain look of `styles/plain/`. `joining` joins Rota's own, which are kept here in
parts: the style sheets in `styles/`, a file for each component, and the script of the board in
`scripts/board/`, a module for each concern. What is joined lies in `web/static/joined/`, which is
not committed; whoever edits a part just loads the page again. `web/static/` has what has no parts.
"""

from __future__ import annotations

from pathlib import Path

FILES = Path(__file__).parent / "files"
"""Where `python -m web.frontend.fetch` puts what it has fetched."""

STYLES = ("govuk-frontend.min.css", "moj-frontend.min.css")
SCRIPTS = ("govuk-frontend.min.js", "moj-frontend.min.js", "htmx.min.js")


def fetched() -> Path | None:
    """The folder with the fetched files, or None where they could not be fetched."""
    is_whole = all((FILES / name).is_file() for name in (*STYLES, *SCRIPTS))
    return FILES if is_whole else None
