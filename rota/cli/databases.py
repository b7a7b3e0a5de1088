"""Which database is used, told where a program begins: a wrong one looks like an empty one."""

from __future__ import annotations

from rota.cli.logged import announce
from rota.settings import Settings
from rota.store.databases.database import Database


def tell_database(settings: Settings, database: Database) -> None:
    """Say where rotas are kept, without a password."""
    file = settings.sqlite_file
    at = f" ({file.absolute()})" if file and not file.is_absolute() else ""
    announce(settings, f"Rotas are kept in {database}{at}.")


def warn_of_new_file(settings: Settings) -> None:
    """Say that no database is named, where that means a new file in the current folder."""
    file = settings.sqlite_file
    if settings.names_database or file is None or (file.exists() and file.stat().st_size):
        return
    announce(
        settings,
        f"ROTA_DATABASE_URL is not set, so rotas are kept in a new file: {file.absolute()}",
        err=True,
    )
