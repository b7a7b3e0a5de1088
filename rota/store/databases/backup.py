"""A copy of a SQLite database as it was at one moment, taken while others read and write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from rota.store.databases.database import Database, DatabaseError


def back_up(database: Database, path: Path) -> None:
    """Write the copy to a new file. Raises DatabaseError if that cannot be done.

    What is half written has another name, so that whatever has the file's name is whole.
    """
    if not database.is_sqlite:
        raise DatabaseError("PostgreSQL backs up its databases itself: pg_dump --format=custom")
    if path.exists():
        raise DatabaseError(f"{path} is there already; name a new file")
    if not path.parent.is_dir():
        raise DatabaseError(f"There is no folder {path.parent}")
    half = path.with_name(f"{path.name}.half")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    with database.translating_errors(), closing(database.engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM INTO ?", [str(half)])
    _refuse_damaged(half)
    half.rename(path)


def _refuse_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise DatabaseError(f"The copy is damaged, and so may the database be: {verdict}")
