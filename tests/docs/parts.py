"""The generated parts of the documents: where each stands, and what makes it.

`python -m tests.docs.parts` writes them anew.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from rota.writing import build_rules_markdown
from tests.docs import api_tables, command_tables, input_tables, printed, rooms
from tests.docs.documents import API, DEVELOPING, FILES, README, RULES, RUNNING, read

PARTS: Mapping[Path, Mapping[str, Callable[[], str]]] = {
    README: {"pair": printed.pair},
    FILES: {
        "faults": printed.faults,
        "plan": partial(command_tables.options, "plan"),
        "check": partial(command_tables.options, "check"),
        "tables": input_tables.tables,
        "policy": input_tables.policy,
    },
    RULES: {"rules": build_rules_markdown, "pair-findings": printed.pair_findings},
    RUNNING: {
        **{
            heading.lower().replace(" ", "-"): partial(command_tables.commands, heading)
            for heading in command_tables.STORED
        },
        "stored-options": command_tables.stored_options,
        "environment": command_tables.environment,
    },
    API: {
        "scopes": api_tables.scopes,
        "operations": api_tables.operations,
        "problems": api_tables.problems,
    },
    DEVELOPING: {"rooms": rooms.table, "arrows": rooms.drawing, "services": rooms.services},
}
"""By document, each part by the name in its marks."""


def pattern(part: str) -> re.Pattern[str]:
    """A part between its marks."""
    return re.compile(rf"<!-- {part} -->\n(.*?)<!-- end -->", re.DOTALL)


def without_parts(document: Path) -> str:
    """What people wrote of the document."""
    text = read(document)
    for part in PARTS.get(document, ()):
        text = pattern(part).sub("", text)
    return text


def write(documents: Iterable[Path] = PARTS) -> None:
    """Put every generated part in its place."""
    for document in documents:
        text = read(document)
        for name, make in PARTS[document].items():
            if match := pattern(name).search(text):
                first, end = match.span(1)
                text = f"{text[:first]}{make()}\n{text[end:]}"
        document.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
