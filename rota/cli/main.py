"""The command `rota`, which loads each of its commands when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Any

import click

from rota.cli.exit_status import print_errors
from rota.cli.listing import COMMANDS, MODULES, list_sentences
from rota.process import collect_garbage_rarely


class LazyGroup(click.Group):
    """Loads a command when it is called: planning from files starts without a database."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Do what is asked; what cannot be printed, a help text or version too, is told."""
        with print_errors():
            return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and cmd_name in MODULES:
            for command in import_module(f"rota.cli.commands.{MODULES[cmd_name]}").COMMANDS:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands under their headings, without loading them."""
        for heading in COMMANDS:
            with formatter.section(heading):
                formatter.write_dl(
                    [
                        (name, click.Command(name, help=sentence).get_short_help_str(60))
                        for name, sentence in list_sentences(heading)
                    ]
                )


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rota")
def main() -> None:
    """Plan hybrid work rotas, prove how good they are, and say what could not be met."""
    collect_garbage_rarely()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
