"""The documents, and what stands in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "docs"

FILES = DOCS / "files.md"
RULES = DOCS / "rules.md"
RUNNING = DOCS / "running.md"
API = DOCS / "api.md"
GLOSSARY = DOCS / "glossary.md"
DEVELOPING = DOCS / "developing.md"

DOCUMENTS = (
    README,
    ROOT / "CONTRIBUTING.md",
    ROOT / "fixtures" / "README.md",
    *(FILES, RULES, RUNNING, API, GLOSSARY, DEVELOPING),
)


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def links(text: str) -> Iterator[tuple[str, str]]:
    """Each link of the text: what is clicked on, and where it leads; pictures have no first."""
    yield from re.findall(r"\[([^]]*)\]\(([^)]+)\)", text)
    yield from (("", source) for source in re.findall(r"<img src=\"([^\"]+)", text))


def anchors(text: str) -> set[str]:
    """What a link may name after a #: each heading, as GitHub spells it."""
    headings = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def commands(text: str) -> list[str]:
    """The lines that a reader types: indented by four, or by more within a list."""
    return re.findall(r"^ {4,}((?:sudo|make|rota) .*)$", text, re.MULTILINE)
