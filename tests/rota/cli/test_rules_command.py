"""`rota rules`."""

import re

from rota.rules import RULES
from tests.rota.cli.command import run


def test_every_rule_is_printed_with_its_level_and_weight():
    result = run("rules")
    assert result.exit_code == 0
    assert result.stderr == ""
    for rule in RULES:
        assert re.search(rf"^{rule.key} +{rule.level} +{rule.weight}\b", result.stdout, re.M)


def test_every_rule_is_a_row_of_the_markdown():
    result = run("rules", "--markdown")
    assert result.exit_code == 0
    rows = [line.strip("| ").split(" | ") for line in result.stdout.splitlines()[2:] if line]
    assert [row[0].strip("`") for row in rows] == [rule.key for rule in RULES]
    assert [" | ".join(row).endswith(rule.sentence) for row, rule in zip(rows, RULES, strict=True)]
