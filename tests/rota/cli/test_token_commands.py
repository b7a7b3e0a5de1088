"""Tokens of programs, from the command line."""

import json
from contextlib import closing
from datetime import timedelta

import pytest

from rota.moments import now
from rota.services.accounts import tokens
from rota.store.databases.database import Database
from tests.rota.cli.command import run

ANA = "ana@example.org"


@pytest.fixture(autouse=True)
def address(tmp_path, monkeypatch):
    """The address of a database with one user, who may sign in."""
    url = f"sqlite:///{tmp_path / 'rota.db'}"
    monkeypatch.setenv("ROTA_DATABASE_URL", url)
    monkeypatch.setenv("COLUMNS", "200")
    done("db", "upgrade")
    done("user", "add", ANA, "--name", "Ana", "--password-stdin", typed="clover anvil teapot\n")
    return url


def done(*words, typed=None):
    """What a command that succeeds prints."""
    result = run(*map(str, words), typed=typed)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(status, *words):
    """What a command that fails says."""
    result = run(*map(str, words))
    assert (result.exit_code, result.stdout) == (status, "")
    return result.stderr


def made(*words):
    return done("token", "make", ANA, "--name", "a program", "--scope", "rota:read", *words).strip()


def listed():
    rows = json.loads(done("token", "list", ANA, "--json"))
    return [(row["number"], row["name"], row["scopes"], row["state"]) for row in rows]


def scopes_of(address, secret, *, later=timedelta()):
    with closing(Database(address)) as database:
        found = tokens.find_bearer(database, secret=secret, at=now() + later)
    return found and {str(scope) for scope in found[1]}


def test_a_token_is_made_for_a_program_of_a_user(address):
    secret = made("--scope", "runs:write", "--days", 10)
    assert scopes_of(address, secret) == {"rota:read", "runs:write"}
    assert scopes_of(address, secret, later=timedelta(days=10)) is None
    assert listed() == [(1, "a program", "rota:read runs:write", "good")]


def test_a_token_is_revoked_by_its_number(address):
    first, second = made(), made()
    assert done("token", "revoke", ANA, 1) == "Token 1 of ana@example.org is good no more.\n"
    assert (scopes_of(address, first), scopes_of(address, second)) == (None, {"rota:read"})
    assert [state for *_, state in listed()] == ["good", "revoked"]
    assert "no such token" in refused(1, "token", "revoke", ANA, 1)


def test_there_is_no_token_for_somebody_whose_password_is_still_for_once():
    done("user", "reset-password", ANA)
    says = refused(1, "token", "make", ANA, "--name", "x", "--scope", "rota:read")
    assert "The password of ana@example.org is still one for once." in says
    assert "They have to sign in and choose their own" in says


def test_what_cannot_be_made_is_told():
    asked = ("token", "make", ANA, "--name", "a program")
    assert "Missing option '--scope'" in refused(2, *asked)
    assert "'all' is not one of" in refused(2, *asked, "--scope", "all")
    assert "366 is not in the range" in refused(2, *asked, "--scope", "rota:read", "--days", 366)
    missing = ("token", "make", "bob@example.org", "--name", "x", "--scope", "rota:read")
    assert "There is no user bob@example.org" in refused(1, *missing)
