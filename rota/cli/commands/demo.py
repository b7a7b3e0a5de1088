"""The command that lets one try Rota with an example: demo."""

from __future__ import annotations

from pathlib import Path

import click

from rota.cli.exit_status import print_errors
from rota.cli.listing import make_command
from rota.demo.serve import serve_example


@make_command(
    "demo",
    more="The unit is planned and published, and a worker works beside the pages. Another time"
    " it goes on with what is there. Ctrl-C ends it.",
)
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Where the example is kept.",
)
@click.option(
    "--port",
    metavar="NUMBER",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Where browsers of this machine ask; the next that is free, if it is taken.",
)
@click.option(
    "--seconds",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True, max=3600),
    default=6.0,
    show_default=True,
    help="Time to plan the example, once.",
)
def demo_command(path: Path, folder: Path, port: int, seconds: float) -> None:
    with print_errors():
        serve_example(folder, path=path, port=port, seconds=seconds, say=click.echo)


COMMANDS = (demo_command,)
