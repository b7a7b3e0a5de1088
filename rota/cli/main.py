"""The command `rota`, which loads each of its commands when it is called."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from rota.cli.exits import telling_errors
from rota.garbage import look_rarely

COMMANDS: Mapping[str, Mapping[str, str]] = {
    "Plan from files": {"plan": "files", "check": "files", "rules": "files"},
    "Keep units": {
        "db": "installing",
        "import": "units",
        "export": "units",
        "units": "units",
        "rename": "units",
        "record-leave": "changes",
        "record-sickness": "changes",
        "record-training": "changes",
        "add-duty": "changes",
        "add-appointment": "changes",
        "add-request": "changes",
        "close-site": "changes",
    },
    "Plan and publish": {
        "request-run": "runs",
        "runs": "runs",
        "stop-run": "runs",
        "retry-run": "runs",
        "draft": "drafts",
        "move": "drafts",
        "swap": "drafts",
        "lock": "drafts",
        "unlock": "drafts",
        "discard": "drafts",
        "publish": "versions",
        "versions": "versions",
        "changes": "versions",
        "restore": "versions",
        "proposals": "proposals",
        "accept": "proposals",
        "refuse": "proposals",
    },
    "Let people in": {"users": "users", "user": "users", "token": "tokens"},
    "Keep it going": {
        "demo": "demo",
        "serve": "serving",
        "worker": "working",
        "nightly": "working",
        "outbox": "working",
        "calendar-link": "calendars",
        "calendar": "calendars",
        "audit": "installing",
        "settings": "installing",
        "doctor": "installing",
    },
}
"""Every command by the heading under which it is told, with the module that has it."""

_MODULES = {name: module for commands in COMMANDS.values() for name, module in commands.items()}


class LateCommands(click.Group):
    """Loads a command when it is needed: planning from files starts without a database."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Do what is asked; what cannot be printed, a help text or version too, is told."""
        with telling_errors():
            return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and cmd_name in _MODULES:
            for command in import_module(f"rota.cli.{_MODULES[cmd_name]}").COMMANDS:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell the commands under their headings."""
        for heading, names in COMMANDS.items():
            with formatter.section(heading):
                commands = ((name, self.get_command(ctx, name)) for name in names)
                formatter.write_dl(
                    [(name, its.get_short_help_str(60)) for name, its in commands if its]
                )


@click.group(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rota")
def main() -> None:
    """Plan hybrid work rotas, prove how good they are, and say what could not be met."""
    look_rarely()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
