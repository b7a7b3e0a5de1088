"""The command line: parses, calls one function, and shows what came of it."""

from rota.cli.exit_status import MISUSED, NOT_WRITTEN, STRICTLY_BROKEN, WRITTEN
from rota.cli.main import main

__all__ = ["MISUSED", "NOT_WRITTEN", "STRICTLY_BROKEN", "WRITTEN", "main"]
