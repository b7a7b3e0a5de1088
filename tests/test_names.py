"""The promises about names: one word means one thing, and a file is no larger than one can hold."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
SOURCES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for top in ("rota", "solver", "web")
    for path in sorted((ROOT / top).rglob("*.py"))
    if "node_modules" not in path.parts
}
SERVICES = ROOT / "rota" / "services"

MOST_ROOMS, MOST_FILES, MOST_LINES = 12, 8, 250
"""Rooms of services, files of a room beside its `__init__`, lines of a file."""

SAY_NOTHING = frozenset(
    word
    for line in (
        "its told those these says where meant shown asked given",
        "found taken kept known wanted gone said seen done chosen",
        "stored theirs mine begun counted broken marked listed held sent",
        "written removed added drafted granted missed lost named moved changed",
        "left was were who whom whose",
    )
    for word in line.split()
)
"""Pronouns and bare participles, by which nobody knows what a variable holds."""

NAMES_OF_OTHERS = {
    "rota/tables.py": {"who", "taken"},
    "web/requests/ask_forms.py": {"theirs"},
    "web/upkeep/audit_forms.py": {"who"},
}
"""Columns of the database and fields of forms, whose names are not for the code alone."""


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_no_two_classes_share_a_name():
    """Classes inside another, such as the Meta that WTForms asks for, are that one's own."""
    places = defaultdict(list)
    for path, tree in SOURCES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(place(path, node.lineno))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def find_variables(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every variable, parameter and field with its line.

    But for the field `says`, the sentence of a finding, which files and the API call so.
    """
    fields = {
        statement.target
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            is_sentence = node.id == "says" and node in fields
            if not is_sentence:
                yield node.id, node.lineno


def test_no_variable_is_a_pronoun_or_a_bare_participle():
    assert [
        f"{place(path, line)} {name}"
        for path, tree in SOURCES.items()
        for name, line in find_variables(tree)
        if name.lstrip("_") in SAY_NOTHING
        and name not in NAMES_OF_OTHERS.get(str(path.relative_to(ROOT)), ())
    ] == []


def test_no_name_in_a_template_is_a_pronoun_or_a_bare_participle():
    templates = sorted((ROOT / "web" / "templates").rglob("*.*"))
    grammar = Environment(extensions=["jinja2.ext.do"])
    assert [
        f"{place(path, found.lineno)} {found.name}"
        for path in templates
        for found in grammar.parse(path.read_text(encoding="utf-8")).find_all(nodes.Name)
        if found.name in SAY_NOTHING
    ] == []
    assert templates


def test_services_have_few_rooms_with_few_files():
    rooms = {
        folder.name: [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
        for folder in SERVICES.iterdir()
        if (folder / "__init__.py").exists()
    }
    assert len(rooms) <= MOST_ROOMS
    assert {room: len(files) for room, files in rooms.items() if len(files) > MOST_FILES} == {}
    assert [path.name for path in SERVICES.glob("*.py")] == ["__init__.py"]


def test_no_file_of_services_is_long():
    lines = {path: len(path.read_text().splitlines()) for path in SERVICES.rglob("*.py")}
    assert {str(path.relative_to(ROOT)): n for path, n in lines.items() if n > MOST_LINES} == {}
