"""The guide tells people every operation, and what is sent with it."""

import pytest

from web.api.endpoints import OPERATIONS
from web.api.problem_details import Kind
from web.upkeep.guide_fields import describe_schema


def test_everybody_reads_of_every_operation_and_problem(town):
    answer = town.as_(None).get("/api/v1/docs")
    assert answer.status_code == 200
    told = answer.text
    missing = [its.name for its in OPERATIONS if f"{its.method} /api/v1{its.path}<" not in told]
    assert missing == []
    assert [kind.slug for kind in Kind if kind.type not in told] == []
    assert "Whole number from 1 to 53; may be left out" in told


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"const": "day"}, "day"),
        ({"enum": ["Mon", "Tue"]}, "one of Mon, Tue"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "maxLength": 200}, "text of up to 200 characters"),
        ({"type": "integer", "minimum": 1, "maximum": 3}, "whole number from 1 to 3"),
        ({"anyOf": [{"type": "number"}, {"type": "null"}]}, "number"),
        ({"anyOf": [{"enum": ["Mon"]}, {"format": "date"}]}, "one of Mon or date"),
    ],
)
def test_what_a_schema_allows_is_told_in_words(schema, words):
    assert describe_schema(schema) == words
