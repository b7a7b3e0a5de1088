"""The rooms of the code and the arrows between them, from the code itself."""

import ast
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import grimp

from tests.docs import markdown
from tests.docs.documents import ROOT

SMALL = ("cache", "errors", "instant_column", "logs", "moments", "process", "settings")
"""Modules of rota that every room may import; drawn, they would hide the others."""

SERVICES = "rota.services"

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
    arrows = sorted(_without_detours(_arrows(_room)))
    names = sorted({room for arrow in arrows for room in arrow})
    nodes = [f'    {_node(name)}["{name}"]' for name in names if _node(name) != name]
    return _flowchart([*nodes, *_lines(arrows)])


def services() -> str:
    """The rooms of the services on their floors, the lowest one last, with their arrows."""
    floors = _floors()
    nodes = []
    for number, rooms in zip(range(len(floors), 0, -1), floors, strict=True):
        nodes += [f'    subgraph floor_{number}["floor {number}"]']
        nodes += [f"        {room}" for room in rooms]
        nodes += ["    end"]
    return _flowchart([*nodes, *_lines(sorted(_without_detours(_arrows(_service_room))))])


def _flowchart(lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```"])


def _lines(arrows: Iterable[Arrow]) -> list[str]:
    return [f"    {_node(start)} --> {_node(end)}" for start, end in arrows]


def _floors() -> Sequence[Sequence[str]]:
    """The rooms of each floor of the services, the highest first, as import-linter holds them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one.get("containers") == [SERVICES])
    return [layer.split(" | ") for layer in layers]


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


def _arrows(room_of: Callable[[str], str | None]) -> set[Arrow]:
    """Which room imports which; modules without a room are left out."""
    graph = _graph()
    arrows = {
        (start, end)
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
        if (start := room_of(module)) and (end := room_of(imported))
    }
    return {(start, end) for start, end in arrows if start != end}


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("rota", "solver", "web", cache_dir=None)


def _room(module: str) -> str | None:
    """The package or module of rota that it is in, or else solver or web."""
    package, *inner = module.split(".")
    if package != "rota":
        return package
    return f"rota.{inner[0]}" if inner and inner[0] not in SMALL else None


def _service_room(module: str) -> str | None:
    """The room of the services that it is in."""
    inner = module.removeprefix(f"{SERVICES}.")
    return inner.partition(".")[0] if inner != module else None


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
