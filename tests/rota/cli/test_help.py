"""`rota --help` and `rota --version`, and that help loads no command."""

import json
import re
import subprocess
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

import pytest

from rota.cli.listing import COMMANDS, MODULES, list_sentences
from tests.rota.cli.command import ROOT, environment, run

LOADED_FOR_HELP = """
import json, sys
before = set(sys.modules)
from rota.cli import main
main(["--help"], standalone_mode=False)
print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [[], ["plan"], ["check"], ["rules"]])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_printed(words, option):
    result = run(*words, option)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.startswith("Usage: ")


def test_the_help_lists_every_command_under_its_heading():
    told = run("--help").stdout
    headings = re.findall(r"^(\w[\w ]+):$", told, re.M)
    assert headings == ["Options", *COMMANDS]
    lines = told.partition("Plan from files:\n")[2].splitlines()
    names = [line.split()[0] for line in lines if re.match(r"  [a-z]", line)]
    assert names == [name for heading in COMMANDS for name, _ in list_sentences(heading)]


@pytest.mark.parametrize("module", sorted(set(MODULES.values())))
def test_a_module_has_the_commands_that_are_listed_of_it(module):
    commands = import_module(f"rota.cli.commands.{module}").COMMANDS
    listed = [name for name in MODULES if MODULES[name] == module]
    assert sorted(command.name for command in commands) == sorted(listed)


@pytest.mark.parametrize(
    ("name", "sentence"), [pair for heading in COMMANDS for pair in list_sentences(heading)]
)
def test_a_command_says_of_itself_what_is_listed(name, sentence):
    assert f" {sentence} " in " ".join(run(name, "--help").stdout.split()) + " "


def test_help_loads_no_library_but_click_and_no_room_of_rota():
    """A slow start would be one of the libraries: OR-Tools, SQLAlchemy, pydantic, Flask, rich."""
    words = [sys.executable, "-c", LOADED_FOR_HELP]
    ran = subprocess.run(words, cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert "Usage: " in ran.stdout
    loaded = {name.split(".")[0] for name in json.loads(ran.stderr)} - sys.stdlib_module_names
    assert loaded - {"__mp_main__"} == {"click", "rota"}  # So multiprocessing calls __main__.
    ours = {name for name in json.loads(ran.stderr) if name.split(".")[0] == "rota"}
    assert {name for name in ours if not name.startswith("rota.cli")} == {
        "rota",
        "rota.errors",
        "rota.process",
    }


def test_the_version_is_printed():
    try:
        expected = version("rota")
    except PackageNotFoundError:
        pytest.skip("rota is not installed here")
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.endswith(f"version {expected}\n")
