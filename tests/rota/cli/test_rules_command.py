"""`rota rules`, `rota --help` and `rota --version`."""

import re
from importlib.metadata import PackageNotFoundError, version

import pytest

from rota.cli import main
from rota.cli.main import COMMANDS
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


@pytest.mark.parametrize("words", [[], ["plan"], ["check"], ["rules"]])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_printed(words, option):
    result = run(*words, option)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Usage: ")


def test_the_help_names_every_command():
    lines = run("--help").stdout.partition("Plan from files:\n")[2].splitlines()
    told = [line.split()[0] for line in lines if re.match(r"  [a-z]", line)]
    assert told == [name for names in COMMANDS.values() for name in names]
    assert set(told) == set(main.commands)


def test_the_version_is_printed():
    try:
        expected = version("rota")
    except PackageNotFoundError:
        pytest.skip("rota is not installed here")
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.endswith(f"version {expected}\n")
