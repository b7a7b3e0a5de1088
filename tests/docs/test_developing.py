"""Whatever the document for developers names is there: each path, and each name in its file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.documents import DEVELOPING, DOCS, ROOT, links, read

_PATH = re.compile(r"`((?:docs|fixtures|rota|solver|tests|web)(?:/[\w.-]+)+)/?`")
_MODULE = re.compile(r"`((?:rota|solver|tests|web)(?:\.\w+)+)`|python -m ([\w.]+)")


def links_to_names() -> list[tuple[str, Path]]:
    """Each name of the code that is a link, with the file that it leads to."""
    return [
        (text.strip("`"), DOCS / target)
        for text, target in links(read(DEVELOPING))
        if text.startswith("`") and target.endswith((".py", ".js"))
    ]


def names_in(module: Path) -> Iterator[str]:
    """The functions, classes and values of the module; those of a class after its name."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        yield from _names_of(node)
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{name}" for part in node.body for name in _names_of(part))


def _names_of(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


@pytest.mark.parametrize(("name", "file"), links_to_names(), ids=str)
def test_a_name_is_in_the_file_that_it_leads_to(name, file):
    assert file.is_file()
    if (ROOT / name).exists():
        assert (ROOT / name).resolve() == file.resolve()
    else:
        assert name in set(names_in(file))


def test_every_path_is_there():
    paths = _PATH.findall(read(DEVELOPING))
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_module_is_there():
    found = [next(filter(None, names)) for names in _MODULE.findall(read(DEVELOPING))]
    modules = [ROOT / name.replace(".", "/") for name in found if name != "pytest"]
    assert modules
    assert [p for p in modules if not p.is_dir() and not p.with_suffix(".py").is_file()] == []


def test_the_sentence_that_is_followed_is_what_planning_prints():
    (sentence,) = re.findall(r"^ {4}(Obinna Castle .*)$", read(DEVELOPING), re.MULTILINE)
    assert f"  policy: {sentence}\n" in read(ROOT / "README.md")
