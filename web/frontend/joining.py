"""Joins the parts of Rota's own style sheets, and the modules of the board's script.

`python -m web.frontend.joining`. A style sheet is its parts in the order of the list below. A
script is its modules in one scope, each after those that it imports. It needs nothing but Python.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import get_ident

HERE = Path(__file__).parent

JOINED = HERE.parent / "static" / "joined"
"""Where the joined files are. They are made, so they are not committed."""

STYLES: Mapping[str, tuple[str, ...]] = {
    "rota.css": (
        "colours",
        "header",
        "navigation",
        "page",
        "text",
        "lists",
        "tables",
        "forms",
        "waiting",
        "tiles",
        "kinds",
        "weeks",
        "news",
        "requests",
        "records",
        "imports",
        "figures",
        "audit",
        "runs",
        "comparison",
        "proposals",
        "preferences",
        "print",
    ),
    "board.css": ("filters", "bar", "grid", "cells", "key", "officer", "print"),
    "plain.css": ("base", "text", "layout", "navigation", "forms", "messages", "lists"),
}
"""Each style sheet with its parts, in `styles/`. A later part wins over an earlier one."""

SCRIPTS: Mapping[str, str] = {"board.js": "start"}
"""Each script with the module in `scripts/` that starts it, and imports the others."""

_TIMES: dict[Path, frozenset[tuple[str, int]]] = {}
"""When the parts of each joined file were changed last, as this process saw it."""

_IMPORT = re.compile(r'^import \{(?:(?! as )[^}])+\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const )", re.MULTILINE)
_UNKNOWN = re.compile(r"^(?:import|export)\b.*|.*\bimport\(.*", re.MULTILINE)


class NotJoined(Exception):  # noqa: N818
    """A module imports or exports in a way that is not known here."""


def join() -> None:
    """Write each joined file, unless it is there as its parts are now."""
    for name in (*STYLES, *SCRIPTS):
        _write(name)


def refresh(name: str) -> None:
    """Join the file again if a part has changed, as when somebody edits one and reloads a page."""
    folder, path = _folder(name), JOINED / name
    # A wheel has no parts; and who may not write here has edited none.
    if folder.is_dir() and os.access(JOINED.parent, os.W_OK):
        matches = folder.glob(f"*{path.suffix}")
        times = frozenset((part.name, part.stat().st_mtime_ns) for part in matches)
        if _TIMES.get(path) != times or not path.is_file():
            _write(name)
            _TIMES[path] = times


def _write(name: str) -> None:
    path, text = JOINED / name, joined(name)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    JOINED.mkdir(exist_ok=True)
    # Another process may be reading or writing the same file.
    own = path.with_name(f"{name}.{os.getpid()}-{get_ident()}")
    own.write_text(text, encoding="utf-8")
    own.replace(path)


def joined(name: str) -> str:
    """The text of a joined file, each part below its name. Raises NotJoined."""
    return "\n".join(f"/* {part.name} */\n{_text(part)}" for part in parts(name))


def parts(name: str) -> list[Path]:
    """The parts of a joined file, in their order."""
    folder = _folder(name)
    if name in SCRIPTS:
        return [*dict.fromkeys(_modules(folder / f"{SCRIPTS[name]}.js"))]
    return [folder / f"{part}.css" for part in STYLES[name]]


def _folder(name: str) -> Path:
    return HERE / ("scripts" if name in SCRIPTS else "styles") / name.partition(".")[0]


def _modules(module: Path) -> Iterator[Path]:
    """The module after all that it imports."""
    for imported in _IMPORT.findall(module.read_text(encoding="utf-8")):
        yield from _modules(module.with_name(f"{imported}.js"))
    yield module


def _text(part: Path) -> str:
    text = part.read_text(encoding="utf-8")
    return in_one_scope(text) if part.suffix == ".js" else text


def in_one_scope(module: str) -> str:
    """The module's text for one scope with those that it imports. Raises NotJoined."""
    text = _EXPORT.sub("", _IMPORT.sub("", module))
    if matches := _UNKNOWN.search(text):
        raise NotJoined(matches[0])
    return text.lstrip("\n")


if __name__ == "__main__":
    join()
