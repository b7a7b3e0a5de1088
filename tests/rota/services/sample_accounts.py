"""Users in a database, made without the services that tests try, and hours on a day to act at."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from rota.services.access.act import Act
from rota.services.accounts import passwords
from rota.store.accounts import users

NINE = datetime(2027, 1, 4, 9, tzinfo=UTC)
PLACE = "198.51.100.7"
GOOD = "clover anvil teapot"
"""A good password."""

_HASHES: dict[str, str] = {}
"""Hashes that were worked out already, which takes a while."""


def keep_user(database, email="ana@example.org", *, name="Ana Bell", password=GOOD, **columns):
    """Keep a user. Their number."""
    if password and password not in _HASHES:
        _HASHES[password] = passwords.hash_password(password)
    row = {
        "email": email,
        "name": name,
        "password_hash": _HASHES.get(password),
        "must_change_password": False,
        **columns,
    }
    with database.writing() as connection:
        return users.add(connection, at=NINE, **row)


def after(**time):
    """So long after nine."""
    return NINE + timedelta(**time)


def doing(email="ana@example.org", at=NINE, **rights):
    return Act(email, PLACE, at, **rights)


@contextmanager
def statements_of(database):
    """Every statement that the database gets within the block."""
    made = []

    def note(*told):
        made.append(told[2])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
