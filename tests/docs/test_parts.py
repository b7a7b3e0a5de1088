"""The generated parts equal what they are made from, and stand where they should."""

import re

import pytest

from tests.docs.documents import DOCUMENTS, read
from tests.docs.parts import PARTS, pattern

ALL = [(document, name) for document, parts in PARTS.items() for name in parts]


@pytest.mark.parametrize(("document", "part"), ALL, ids=[f"{d.name}-{name}" for d, name in ALL])
def test_a_generated_part_equals_its_source(document, part):
    assert pattern(part).findall(read(document)) == [f"{PARTS[document][part]()}\n"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_mark_is_of_a_generated_part(document):
    marks = re.findall(r"^<!-- (\S+) -->$", read(document), re.MULTILINE)
    assert [mark for mark in marks if mark != "end"] == list(PARTS.get(document, ()))
