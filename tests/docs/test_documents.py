"""The documents as a whole: short enough to read, all linked, and every link leads somewhere."""

import re
from itertools import pairwise

import pytest

from tests.docs.documents import (
    DOCS,
    DOCUMENTS,
    GLOSSARY,
    README,
    ROOT,
    RUNNING,
    anchors,
    commands,
    links,
    read,
)

MOST_LINES = 250


def test_the_readme_is_short():
    assert len(read(README).splitlines()) <= MOST_LINES


def test_the_readme_leads_to_every_document():
    assert {path for path in DOCUMENTS if path.parent == DOCS} == set(DOCS.iterdir())
    targets = {target for _, target in links(read(README))}
    assert [path.name for path in DOCS.iterdir() if f"docs/{path.name}" not in targets] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document):
    lost = []
    for _, target in links(read(document)):
        name, _, anchor = target.partition("#")
        path = document.parent / name if name else document
        if not path.exists() or (anchor and anchor not in anchors(read(path))):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_heading_stands_twice(document):
    headings = re.findall(r"^##+ (.+)$", read(document), re.MULTILINE)
    assert len(headings) == len(set(headings))


def test_the_ten_lines_of_the_readme_stand_in_full_in_the_document_on_running():
    section = read(README).partition("\n## Run it for real\n")[2].partition("\n## ")[0]
    lines = commands(section)
    assert len(lines) == 10
    assert [line for line in commands(read(RUNNING)) if line in lines][:10] == lines


def test_the_words_of_the_glossary_are_in_order_and_each_is_there_once():
    words = re.findall(r"^\| (?!Word|---)([^|]+) \|", read(GLOSSARY), re.MULTILINE)
    assert len(words) > 50
    assert [(word, after) for word, after in pairwise(words) if word >= after] == []


def test_no_package_is_fetched_by_a_name_that_somebody_else_may_own():
    fetched = [line for path in DOCUMENTS for line in re.findall(r"pip install .*", read(path))]
    assert fetched
    assert [line for line in fetched if not line.startswith("pip install 'dist/rota-")] == []


def test_no_document_stands_at_the_top_but_those_that_are_read_there():
    assert {path.name for path in ROOT.glob("*.md")} == {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    }
