"""What becomes of users, sessions and tokens of before, when a database is brought up to date."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import text

from rota.store.databases import schema
from rota.store.databases.database import Database
from tests.rota.services.ledger import ledger

BEFORE = "0002"
"""The migration of before passwords for once had an end."""

AT = "2026-12-30 09:00:00+00:00"
USERS = {1: ("active", True, False), 2: ("gone", False, False), 3: ("new", True, True)}
"""By number: name, whether active, whether their password is for once."""


@pytest.fixture
def migrated(database_url):
    """A database that was brought up to date with users, sessions and tokens in it."""
    database = Database(database_url)
    with database.writing() as connection:
        command.upgrade(schema._build_config(connection), BEFORE)
        for number, (name, is_active, is_for_once) in USERS.items():
            add(connection, "user_account", id=number, email=f"{name}@example.org", name=name,
                must_change_password=is_for_once, is_active=is_active, made_at=AT)  # fmt: skip
            add(connection, "token", id=number, user_id=number, name="x", digest=f"{number}",
                scopes="[]", made_at=AT, expires_at=AT)  # fmt: skip
        add(connection, "session", digest="d", user_id=1, made_at=AT, seen_at=AT)
        add(connection, "failed_sign_in", id=1, about="of before", at=AT)
    schema.upgrade(database)
    yield database
    database.close()


def add(connection, table, **row):
    names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def test_what_was_kept_is_kept_and_what_was_open_is_closed(migrated):
    kept = ledger(migrated)
    assert [(its["id"], its["name"], its["is_active"]) for its in kept["user_account"]] == [
        (1, "active", True),
        (2, "gone", False),
        (3, "new", True),
    ]
    assert [its["password_ends_at"] is None for its in kept["user_account"]] == [True, True, False]
    in_a_week = datetime.now(UTC) + timedelta(days=7)
    assert abs(kept["user_account"][2]["password_ends_at"] - in_a_week) < timedelta(hours=1)
    # The tokens of somebody who is deactivated end for good.
    assert [its["revoked_at"] is None for its in kept["token"]] == [True, False, True]
    (session,) = kept["session"]
    assert (session["digest"], session["place"], session["browser"]) == ("d", None, None)
    assert kept["failed_sign_in"] == ()
