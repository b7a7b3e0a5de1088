"""Tables of the commands, their options and the settings, from their own help."""

from collections.abc import Iterable, Iterator

import click

from rota.cli import main
from rota.cli.listing import COMMANDS, list_sentences
from rota.settings import Settings, list_for_display
from tests.docs import markdown

FILES_ALONE, *STORED = COMMANDS
"""The heading of the commands that need no database, which files.md explains, and the others."""

MOST_NAMED = 4


def options(command: str) -> str:
    """A table of the command's options, as its own help tells them."""
    rows = [(f"`{names}`", help) for names, help in _option_help(command, loaded(command))]
    return markdown.table(("Option", "What it does"), rows)


def commands(heading: str) -> str:
    """A table of the commands under a heading, with their arguments."""
    rows = [
        (f"`rota {name}{_arguments(command)}`", _first_sentence(command))
        for name, command in with_subcommands(names_under(heading))
    ]
    return markdown.table(("Command", "What it does"), rows)


def stored_options() -> str:
    """The options of the commands that work with stored units, each with its commands."""
    commands_by_option: dict[tuple[str, str], list[str]] = {}
    for heading in STORED:
        for name, command in with_subcommands(names_under(heading)):
            for record in _option_help(name, command):
                commands_by_option.setdefault(record, []).append(f"`{name}`")
    rows = [
        (f"`{names}`", help, "many" if len(having) > MOST_NAMED else ", ".join(having))
        for (names, help), having in commands_by_option.items()
    ]
    return markdown.table(("Option", "What it does", "Of"), rows)


def environment() -> str:
    """Every setting of an installation with its default."""
    rows = [
        (f"`{setting.variable}`", f"`{setting.default}`" if setting.default else "", setting.help)
        for setting in list_for_display(Settings())
    ]
    return markdown.table(("Variable", "Default", "Meaning"), rows)


def names_under(heading: str) -> list[str]:
    """The names of the commands under a heading of `rota --help`."""
    return [name for name, _ in list_sentences(heading)]


def with_subcommands(names: Iterable[str]) -> Iterator[tuple[str, click.Command]]:
    """Commands by name; those of a group by their names in it."""
    for name in names:
        command = loaded(name)
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", inner) for sub, inner in command.commands.items())
        else:
            yield name, command


def loaded(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    return command


def _option_help(name: str, command: click.Command) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=name)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and (record := parameter.get_help_record(context)):
            yield record


def _arguments(command: click.Command) -> str:
    context = click.Context(command)
    arguments = (one for one in command.params if isinstance(one, click.Argument))
    return "".join(f" {argument.make_metavar(context)}" for argument in arguments)


def _first_sentence(command: click.Command) -> str:
    return " ".join((command.help or "").split("\n\n")[0].split())
