"""The rooms of the code and the arrows between them, from the code itself."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import grimp

from tests.docs import markdown
from tests.docs.documents import ROOT

SMALL = ("errors", "instants", "logs", "moments", "process", "settings")
"""Modules of rota that every room may import; drawn, they would hide the others."""

Arrow = tuple[str, str]


def table() -> str:
    """Every room with the first sentence of its docstring."""
    rows = [
        (f"[`{path.relative_to(ROOT)}`](../{path.relative_to(ROOT)})", first_sentence(path))
        for path in _rooms()
    ]
    return markdown.table(("Room", "What is in it"), rows)


def drawing() -> str:
    """The rooms with the arrows of their imports, those left out that others already lead to."""
    arrows = sorted(_without_detours(_arrows()))
    names = sorted({room for arrow in arrows for room in arrow})
    nodes = [f'    {_node(name)}["{name}"]' for name in names if _node(name) != name]
    lines = [f"    {_node(start)} --> {_node(end)}" for start, end in arrows]
    return "\n".join(["```mermaid", "flowchart TD", *nodes, *lines, "```"])


def _rooms() -> Iterator[Path]:
    """The packages and modules in rota, the rooms in its packages, solver, and web with its own."""
    for path in sorted((ROOT / "rota").iterdir()):
        if path.suffix == ".py" and path.stem != "__init__":
            yield path
        elif (path / "__init__.py").exists():
            yield path
            yield from _packages_in(path)
    yield ROOT / "solver"
    yield ROOT / "web"
    yield from _packages_in(ROOT / "web")


def _packages_in(folder: Path) -> Iterator[Path]:
    return (path.parent for path in sorted(folder.glob("*/__init__.py")))


def first_sentence(path: Path) -> str:
    """What the docstring of a package or module says first."""
    module = path / "__init__.py" if path.is_dir() else path
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())


def _arrows() -> set[Arrow]:
    """Which room imports which."""
    graph = grimp.build_graph("rota", "solver", "web", cache_dir=None)
    left_out = {"rota", *(f"rota.{name}" for name in SMALL)}
    arrows = {
        (_room(module), _room(imported))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    }
    return {(start, end) for start, end in arrows if start != end and not {start, end} & left_out}


def _room(module: str) -> str:
    package, *inner = module.split(".")
    return ".".join([package, *inner[:1]]) if package == "rota" else package


def _without_detours(arrows: set[Arrow]) -> set[Arrow]:
    """The arrows that lead where no two or more others lead."""
    return {
        (start, end)
        for start, end in arrows
        if end not in _reached_from(start, arrows - {(start, end)})
    }


def _reached_from(start: str, arrows: Iterable[Arrow]) -> set[str]:
    reached: set[str] = set()
    to_visit = [start]
    while to_visit:
        here = to_visit.pop()
        ends = {end for begin, end in arrows if begin == here} - reached
        reached |= ends
        to_visit.extend(ends)
    return reached


def _node(room: str) -> str:
    """A name for it that Mermaid takes."""
    return room.replace(".", "_")
