"""The documents leave nothing out: every command, option, word, setting and example is there."""

import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import click

from rota import rules
from rota.cli import NOT_WRITTEN, STRICTLY_BROKEN, WRITTEN, main
from rota.domain import GRADES, KINDS, list_settings
from rota.reading import POLICY_SHEET, ROTA_FILE, read_problem
from rota.writing import findings_csv, rota_csv
from tests.docs.command_tables import FILES_ALONE, STORED, loaded, names_under, with_subcommands
from tests.docs.documents import API, DEVELOPING, DOCUMENTS, FILES, ROOT, RULES, RUNNING, read
from tests.docs.parts import without_parts
from tests.docs.printed import FIXTURES, TODAY


def test_every_command_is_there():
    for heading, text in ((FILES_ALONE, read(FILES)), *((name, read(RUNNING)) for name in STORED)):
        assert [name for name in names_under(heading) if f"rota {name}" not in text] == []


def test_every_option_is_there():
    for headings, text in (((FILES_ALONE,), read(FILES)), (STORED, read(RUNNING))):
        names = (name for heading in headings for name in names_under(heading))
        commands = [command for _, command in with_subcommands(names)]
        assert [name for name in sorted(_options(commands)) if f"`{name}" not in text] == []
    assert [name for name in _options([main]) if f"{name}`" not in read(FILES)] == []


def _options(commands: list[click.Command]) -> set[str]:
    parameters = (parameter for command in commands for parameter in command.params)
    return {name for parameter in parameters for name in parameter.opts if name[0] == "-"}


def test_every_make_target_is_there():
    targets = re.findall(r"^(\w+):.*##", read(ROOT / "Makefile"), re.MULTILINE)
    assert [name for name in targets if f"`make {name}`" not in read(DEVELOPING)] == []


def test_every_word_of_the_files_is_there():
    files = ("rota.csv", "findings.csv", "summary.json", "rota.html", "policy.toml")
    columns = (*findings_csv.COLUMNS, *rota_csv.COLUMNS, *(c.name for c in ROTA_FILE.columns))
    sheet = (POLICY_SHEET.name, *(column.name for column in POLICY_SHEET.columns))
    words = [*files, *columns, *sheet, *list_settings()]
    assert [word for word in words if f"`{word}`" not in read(FILES)] == []
    assert [word for word in (*GRADES, *KINDS) if word not in read(FILES)] == []


def test_every_rule_and_level_is_there():
    words = [*rules.LEVELS, *(rule.key for rule in rules.RULES)]
    assert [word for word in words if f"`{word}`" not in read(RULES)] == []


def test_every_exit_status_is_there():
    misuse = click.UsageError.exit_code
    statuses = (WRITTEN, NOT_WRITTEN, misuse, STRICTLY_BROKEN)
    section = read(FILES).partition("\n### Exit status\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| (\d) \|", section, re.MULTILINE) == [str(one) for one in statuses]


def test_every_example_unit_is_there():
    units = [path.name for path in FIXTURES.iterdir() if path.is_dir()]
    text = read(FIXTURES / "README.md")
    assert [unit for unit in units if f"\n## {unit}\n" not in text] == []


EXAMPLE = read_problem(FIXTURES / "millbrook", today=date.fromisoformat(TODAY)).problem.unit
NAMED = {
    "staff_no": {officer.staff_no for officer in EXAMPLE.officers},
    "site": {site.name for site in EXAMPLE.sites},
    "team": {team.name for team in EXAMPLE.teams},
}
"""Whom and what commands in the documents may name, by what their parameters are called."""


def commands_in(document: Path) -> Iterator[list[str]]:
    """The words of each command with its arguments, but for those of generated parts."""
    pattern = re.compile(r"^ {4}rota (.*)|`rota ([^`]*)`", re.MULTILINE)
    for line in pattern.findall(without_parts(document)):
        yield shlex.split(next(filter(None, line)))


def named_by(words: list[str]) -> Iterator[tuple[str, str]]:
    """The parameters of a command that name somebody or something, with what they name."""
    if words[0].startswith("-"):
        return
    command = loaded(words[0])
    context = click.Context(main, **main.context_settings)
    arguments = words[1:]
    if isinstance(command, click.Group) and arguments:
        command, arguments = command.commands[arguments[0]], arguments[1:]
    given = command.make_context(words[0], arguments, context, resilient_parsing=True)
    yield from ((name, value) for name, value in given.params.items() if name in NAMED and value)


def test_whom_and_what_commands_name_is_there_in_the_example():
    commands = [words for path in DOCUMENTS for words in commands_in(path)]
    named = [pair for words in commands for pair in named_by(words)]
    assert {name for name, _ in named} >= {"staff_no", "site"}
    assert [(name, value) for name, value in named if value not in NAMED[name]] == []
    numbers = re.findall(r"OFFICER=(\w+)", read(API))
    assert [number for number in numbers if number not in NAMED["staff_no"]] == []
    assert numbers


def test_the_policy_that_is_there_to_copy_can_be_read(tmp_path):
    (example,) = re.findall(r"```toml\n(.*?)```", read(FILES), re.DOTALL)
    unit = copytree(FIXTURES / "pair", tmp_path / "unit")
    (unit / "policy.toml").write_text(example, encoding="utf-8")
    assert read_problem(unit, today=date.fromisoformat(TODAY)).problem.policy.weights == {
        "team-day": 3,
        "links": 0,
    }
