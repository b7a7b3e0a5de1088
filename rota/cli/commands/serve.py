"""The command that serves the pages: serve."""

from __future__ import annotations

import sys

import click

from rota.cli.context import CommandContext, open_database
from rota.cli.listing import make_command
from rota.cli.startup import announce, announce_database, log_everything, warn_of_new_file
from rota.process import handle_stop_signals
from rota.store.databases import schema
from web.serving import serve


@make_command(
    "serve",
    more="Ctrl-C ends it, after what is under way. Runs need a worker besides: rota worker",
)
@click.option(
    "--listen",
    metavar="HOST:PORT",
    help="Where browsers, or a reverse proxy, ask.  [default: ROTA_LISTEN]",
)
@open_database
def serve_command(context: CommandContext, listen: str | None) -> None:

    def tell(address: str) -> None:
        announce(context.settings, f"Rota's pages are at {address}. Ctrl-C ends this.")
        announce_database(context.settings, context.database)

    with log_everything(context.settings):
        warn_of_new_file(context.settings)
        with context.database.reading() as connection:
            schema.refuse_if_outdated(connection)
        with handle_stop_signals(lambda *_: sys.exit()):
            serve(context.settings, listen=listen or context.settings.listen, announce=tell)


COMMANDS = (serve_command,)
