"""The command that serves the pages: serve."""

from __future__ import annotations

import sys

import click

from rota.cli.databases import tell_database, warn_of_new_file
from rota.cli.desk import Desk, at_desk
from rota.cli.listing import listed_command
from rota.cli.logged import announce, logged
from rota.process import handle_stop_signals
from rota.store import schema
from web.serving import serve


@listed_command(
    "serve",
    more="Ctrl-C ends it, after what is under way. Runs need a worker besides: rota worker",
)
@click.option(
    "--listen",
    metavar="HOST:PORT",
    help="Where browsers, or a reverse proxy, ask.  [default: ROTA_LISTEN]",
)
@at_desk
def serve_command(desk: Desk, listen: str | None) -> None:

    def tell(address: str) -> None:
        announce(desk.settings, f"Rota's pages are at {address}. Ctrl-C ends this.")
        tell_database(desk.settings, desk.database)

    with logged(desk.settings):
        warn_of_new_file(desk.settings)
        with desk.database.reading() as connection:
            schema.refuse_if_outdated(connection)
        with handle_stop_signals(lambda *_: sys.exit()):
            serve(desk.settings, listen=listen or desk.settings.listen, told=tell)


COMMANDS = (serve_command,)
