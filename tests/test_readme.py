"""The README tells what is there: its generated parts equal their sources, and nothing is left out.

`python -m tests.test_readme --write` writes the generated parts anew.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import click
import pytest

from rota.cli import NOT_WRITTEN, STRICTLY_BROKEN, WRITTEN, main
from rota.cli.main import COMMANDS as SECTIONS
from rota.domain import GRADES, KINDS, settings
from rota.reading import POLICY_SHEET, ROTA_FILE, TABLES, Column, Table, read_problem
from rota.reading.policy import WEIGHT
from rota.rules import LEVELS, RULES
from rota.services.accounts.tokens import Scope
from rota.settings import Settings, shown
from rota.writing import findings_csv, rota_csv, rules_as_markdown
from tests.readme_picture import PICTURE, TEAM, unit
from web.api.endpoints import OPERATIONS
from web.api.problem_details import Kind

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
FIXTURES = ROOT / "fixtures"
TODAY = "2026-12-28"
COMMAND = (sys.executable, "-c", "from rota.cli import main; main()")


# The generated parts.


def options(command: str) -> str:
    """A table of the command's options, as its own help tells them."""
    told = loaded(command)
    context = click.Context(told, info_name=command)
    options = (its for its in told.params if isinstance(its, click.Option))
    records = (option.get_help_record(context) for option in options)
    rows = [(f"`{names}`", help) for names, help in filter(None, records)]
    return markdown(("Option", "What it does"), rows)


FILES_ALONE, *STORED = SECTIONS
"""The heading of the commands that need no database, each told by itself, and the others."""


def commands(heading: str) -> str:
    """A table of the commands under a heading, with their arguments."""
    rows = [
        (f"`rota {name}{_arguments(its)}`", _first_sentence(its))
        for name, its in _told(SECTIONS[heading])
    ]
    return markdown(("Command", "What it does"), rows)


def _told(names: Iterable[str]) -> Iterator[tuple[str, click.Command]]:
    """Commands by name; those of a group by their names in it."""
    for name in names:
        command = loaded(name)
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", its) for sub, its in command.commands.items())
        else:
            yield name, command


def loaded(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def _arguments(command: click.Command) -> str:
    context = click.Context(command)
    arguments = (its for its in command.params if isinstance(its, click.Argument))
    return "".join(f" {its.make_metavar(context)}" for its in arguments)


def _first_sentence(command: click.Command) -> str:
    return " ".join((command.help or "").split("\n\n")[0].split())


def stored_options() -> str:
    """The options of the commands that work with stored units, each with its commands."""
    those: dict[tuple[str, str], list[str]] = {}
    for heading in STORED:
        for name, command in _told(SECTIONS[heading]):
            context = click.Context(command, info_name=name)
            options = (its for its in command.params if isinstance(its, click.Option))
            for record in (its.get_help_record(context) for its in options):
                if record:
                    those.setdefault(record, []).append(f"`{name}`")
    rows = [
        (f"`{names}`", help, "many" if len(of) > MOST_NAMED else ", ".join(of))
        for (names, help), of in those.items()
    ]
    return markdown(("Option", "What it does", "Of"), rows)


def scopes() -> str:
    """What tokens may be for."""
    return markdown(
        ("Scope", "What it is for"), [(f"`{scope}`", scope.description) for scope in Scope]
    )


def operations() -> str:
    """Every operation of the API."""
    rows = [(f"`{its.method} {its.path}`", its.summary, f"`{its.scope}`") for its in OPERATIONS]
    return markdown(("Under `/api/v1`", "What it does", "Scope"), rows)


def problems() -> str:
    """Every kind of problem that the API tells."""
    rows = [(f"`{its.type}`", str(its.status), its.title) for its in Kind]
    return markdown(("Type", "Status", "Title"), rows)


MOST_NAMED = 4


def environment() -> str:
    """Every setting of an installation with its default."""
    rows = [
        (f"`{its.variable}`", f"`{its.default}`" if its.default else "", its.help)
        for its in shown(Settings())
    ]
    return markdown(("Variable", "Default", "Meaning"), rows)


def tables() -> str:
    """Every table of the input folder with its columns."""
    return "\n\n".join(map(_table, TABLES))


def _table(table: Table) -> str:
    must = " It must be there." if table.must else ""
    rows = [
        (_name(column), column.cell.allows, _meaning(column), column.readers.value)
        for column in table.columns
    ]
    return (
        f"#### {table.name}.csv\n\n"
        f"{table.help[0].upper()}{table.help[1:]}.{must}\n\n"
        f"{markdown(('Column', 'Allowed', 'Meaning', 'Read by'), rows)}"
    )


def _name(column: Column) -> str:
    return f"`{column.name}` ★" if column.required else f"`{column.name}`"


def _meaning(column: Column) -> str:
    home = " or `home`" if column.home_too else ""
    known = f" (from `{column.known}`{home})" if column.known else ""
    return f"{column.help}{known}"


def policy() -> str:
    """Every setting with its default and what is allowed."""
    rows = [
        (
            f"`{name}`",
            _default(setting),
            _allowed(setting),
            setting.metadata["help"],
            setting.metadata["readers"].value,
        )
        for name, setting in settings().items()
    ]
    return markdown(("Setting", "Default", "Allowed", "Meaning", "Read by"), rows)


def _default(setting: Field[Any]) -> str:
    if setting.name == "start":
        return "the Monday after today"
    if setting.name == "weights":
        return "those of the rules"
    return f"`{_in_toml(setting.default)}`"


def _in_toml(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_in_toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _allowed(setting: Field[Any]) -> str:
    if numbers := setting.metadata.get("range"):
        return f"{numbers[0]} to {numbers[-1]}"
    if choices := setting.metadata.get("choices"):
        return " or ".join(f"`{_in_toml(choice)}`" for choice in choices)
    return {
        "start": "a Monday",
        "counts": f"a list of {', '.join(KINDS)}",
        "weights": f"a table; each {WEIGHT.allows}",
    }[setting.name]


def pair() -> str:
    """What planning the smallest example prints. There is only one best rota of it."""
    return _printed(FIXTURES / "pair")


MISTAKES = (
    ("officers.csv", "Mon Tue Wed Thu Fri", "Mon Teu Wed Thu Fri"),
    ("requests.csv", "60117", "60171"),
    ("policy.toml", "managers_in = 1", "manager_in = 1"),
)


def faults() -> str:
    """What planning Millbrook prints when a few things in it are wrong."""
    with TemporaryDirectory() as folder:
        unit = Path(folder) / "unit"
        copytree(FIXTURES / "millbrook", unit)
        for name, right, wrong in MISTAKES:
            text = (unit / name).read_text(encoding="utf-8")
            (unit / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")
        return _printed(unit)


def _printed(unit: Path) -> str:
    """What planning prints on paper of 110 columns."""
    with TemporaryDirectory() as out:
        ran = subprocess.run(
            [*COMMAND, "plan", unit, "--today", TODAY, "--workers", "1", "--out", out],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
    lines = [line.rstrip().replace(out, "out") for line in ran.stdout.splitlines()]
    return "\n".join(["```text", *lines, "```"])


def markdown(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _part(heading: str) -> str:
    return heading.lower().replace(" ", "-")


PARTS: Mapping[str, Callable[[], str]] = {
    "faults": faults,
    "pair": pair,
    "plan": lambda: options("plan"),
    "check": lambda: options("check"),
    "rules": rules_as_markdown,
    "tables": tables,
    "policy": policy,
    **{_part(heading): partial(commands, heading) for heading in STORED},
    "stored-options": stored_options,
    "environment": environment,
    "scopes": scopes,
    "operations": operations,
    "problems": problems,
}


def pattern(part: str) -> re.Pattern[str]:
    """A part between its marks."""
    return re.compile(rf"<!-- {part} -->\n(.*?)<!-- end -->", re.DOTALL)


def write() -> None:
    """Put every generated part in its place."""
    text = README.read_text(encoding="utf-8")
    for name, make in PARTS.items():
        if match := pattern(name).search(text):
            first, end = match.span(1)
            text = f"{text[:first]}{make()}\n{text[end:]}"
    README.write_text(text, encoding="utf-8")


# The tests.


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


@pytest.mark.parametrize("part", PARTS)
def test_a_generated_part_equals_its_source(readme, part):
    assert pattern(part).findall(readme) == [f"{PARTS[part]()}\n"]


def test_every_command_is_told(readme):
    assert [
        name for name in main.list_commands(click.Context(main)) if f"rota {name}" not in readme
    ] == []


def test_every_option_is_told(readme):
    commands = (main, *(its for names in SECTIONS.values() for _, its in _told(names)))
    names = {name for its in commands for p in its.params for name in p.opts if name[0] == "-"}
    assert [name for name in sorted(names) if f"`{name}" not in readme] == []


def test_every_make_target_is_told(readme):
    targets = re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert [target for target in targets if f"make {target}" not in readme] == []


def test_every_word_of_the_rules_and_files_is_told(readme):
    files = ("rota.csv", "findings.csv", "summary.json", "rota.html", "policy.toml")
    columns = (*findings_csv.COLUMNS, *rota_csv.COLUMNS, *(c.name for c in ROTA_FILE.columns))
    sheet = (POLICY_SHEET.name, *(column.name for column in POLICY_SHEET.columns))
    keys = [rule.key for rule in RULES]
    words = [*files, *columns, *sheet, *keys, *LEVELS, *settings()]
    assert [word for word in words if f"`{word}`" not in readme] == []
    assert [word for word in (*GRADES, *KINDS) if word not in readme] == []


def test_every_exit_status_is_told(readme):
    misuse = click.UsageError.exit_code
    statuses = (WRITTEN, NOT_WRITTEN, misuse, STRICTLY_BROKEN)
    assert re.findall(r"^\| (\d) \|", readme, re.MULTILINE) == [str(status) for status in statuses]


def test_every_example_unit_is_told(readme):
    units = [path.name for path in FIXTURES.iterdir() if path.is_dir()]
    assert [unit for unit in units if f"fixtures/{unit}" not in readme] == []


EXAMPLE = read_problem(FIXTURES / "millbrook", today=date.fromisoformat(TODAY)).problem.unit
THERE = {
    "staff_no": {officer.staff_no for officer in EXAMPLE.officers},
    "site": {site.name for site in EXAMPLE.sites},
    "team": {team.name for team in EXAMPLE.teams},
}
"""Whom and what commands of the README may name, by what their parameters are called."""


def told_commands(readme: str) -> Iterator[list[str]]:
    """The words of each command with its arguments, but for those of generated parts."""
    for part in PARTS:
        readme = pattern(part).sub("", readme)
    for line in re.findall(r"^ {4}rota (.*)|`rota ([^`]*)`", readme, re.MULTILINE):
        yield shlex.split(next(filter(None, line)))


def named_by(words: list[str]) -> Iterator[tuple[str, str]]:
    """The parameters of a command that name somebody or something, with what they name."""
    command, context = loaded(words[0]), click.Context(main)
    arguments = words[1:]
    if isinstance(command, click.Group) and arguments:
        command, arguments = command.commands[arguments[0]], arguments[1:]
    given = command.make_context(words[0], arguments, context, resilient_parsing=True)
    yield from ((name, value) for name, value in given.params.items() if name in THERE and value)


def test_whom_and_what_commands_name_is_there_in_the_example(readme):
    named = [its for words in told_commands(readme) for its in named_by(words)]
    assert {name for name, _ in named} >= {"staff_no", "site"}
    assert [(name, value) for name, value in named if value not in THERE[name]] == []
    numbers = re.findall(r"OFFICER=(\w+)", readme)
    assert [number for number in numbers if number not in THERE["staff_no"]] == []
    assert numbers


def test_the_policy_that_is_shown_can_be_read(readme, tmp_path):
    (shown,) = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    unit = copytree(FIXTURES / "pair", tmp_path / "unit")
    (unit / "policy.toml").write_text(shown, encoding="utf-8")
    assert read_problem(unit, today=date.fromisoformat(TODAY)).problem.policy.weights == {
        "team-day": 3,
        "links": 0,
    }


def test_every_link_leads_somewhere(readme):
    links = [*re.findall(r"\]\(([^)]+)\)", readme), *re.findall(r"<img src=\"([^\"]+)", readme)]
    headings = re.findall(r"^##+ (.+)$", readme, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    inside = [link[1:] for link in links if link.startswith("#")]
    files = [link for link in links if not link.startswith(("#", "https://"))]
    assert [anchor for anchor in inside if anchor not in anchors] == []
    assert [link for link in files if not (ROOT / link).exists()] == []


def test_the_picture_shows_the_team_and_fetches_nothing():
    svg = PICTURE.read_text(encoding="utf-8")
    shown = [*ElementTree.fromstring(svg).itertext()]
    names = [officer.name for officer in unit().unit.officers if officer.team == TEAM]
    assert [name for name in names if name not in shown] == []
    assert re.findall(r"://[^\s\"']+", svg) == ["://www.w3.org/2000/svg"]


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.test_readme --write")
    write()
