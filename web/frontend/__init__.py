"""The style sheets, scripts and images of GOV.UK and the Ministry of Justice, which are fetched."""

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
