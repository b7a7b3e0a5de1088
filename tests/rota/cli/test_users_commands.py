"""Users, from the command line."""

import json

import pytest

from tests.rota.cli.command import FIXTURES, run

ANA = "ana@example.org"


@pytest.fixture(autouse=True)
def _kept(tmp_path, monkeypatch):
    """The smallest example in a database of the test's own."""
    monkeypatch.setenv("ROTA_DATABASE_URL", f"sqlite:///{tmp_path / 'rota.db'}")
    monkeypatch.setenv("COLUMNS", "200")
    done("db", "upgrade")
    done("import", FIXTURES / "pair", "--unit", "Waterside")


def done(*words, typed=None):
    """What a command that succeeds prints."""
    result = run(*map(str, words), typed=typed)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(status, *words, typed=None):
    """What a command that fails says."""
    result = run(*map(str, words), typed=typed)
    assert (result.exit_code, result.stdout) == (status, "")
    return result.stderr


def users(*words):
    rows = json.loads(done("users", *words, "--json"))
    return [(row["email"], row["state"], row["roles"]) for row in rows]


def test_a_user_is_added_with_a_role_and_a_password_for_once():
    told = done(
        "user", "add", "Ana@Example.org", "--name", "Ana", "--role", "officer",
        "--unit", "Waterside", "--staff-no", "101",
    )  # fmt: skip
    first, second, third = told.splitlines()
    assert first == "ana@example.org is a user."
    assert len(second.removeprefix("Their password for once: ")) == 19
    assert third == "It is good for 7 days."
    assert users() == [(ANA, "has to change the password", "officer 101 of Waterside")]


def test_a_password_may_come_from_standard_input():
    given = ("user", "add", ANA, "--name", "Ana", "--password-stdin")
    assert "must be 12 characters" in refused(1, *given, typed="short\n")
    assert "there is no password" in refused(2, *given, typed="")
    assert users() == []
    assert done(*given, typed="clover anvil teapot\n") == "ana@example.org is a user.\n"
    assert users() == [(ANA, "active", "")]


def test_some_sign_in_by_single_sign_on_only():
    told = done("user", "add", ANA, "--name", "Ana", "--no-password")
    assert told == "ana@example.org is a user.\n"
    assert users() == [(ANA, "by single sign-on", "")]


def test_faults_are_named_by_their_options():
    add = ("user", "add", ANA, "--name", "Ana")
    wrong = (*add, "--role", "officer", "--unit", "Waterside", "--staff-no", "110")
    says = "--staff-no: 110 is not a staff number in Waterside. Maybe 101?\n"
    assert refused(2, *wrong) == says
    assert "somebody has a --role" in refused(2, *add, "--unit", "Waterside")
    assert "EMAIL: ana is not" in refused(1, "user", "add", "ana", "--name", "Ana")
    assert refused(1, "user", "deactivate", ANA) == "There is no user ana@example.org.\n"
    assert users() == []


def test_roles_are_granted_and_revoked():
    done("user", "add", ANA, "--name", "Ana")
    head = ("--role", "head", "--unit", "Waterside")
    assert done("user", "grant", ANA, *head) == "ana@example.org is head of Waterside.\n"
    done("user", "grant", ANA, "--role", "manager", "--unit", "Waterside", "--team", "Waterside")
    assert users()[0][2] == "head of Waterside; manager of Waterside in Waterside"
    told = done("user", "revoke", ANA, *head)
    assert told == "ana@example.org is manager of Waterside in Waterside.\n"
    says = refused(1, "user", "revoke", ANA, *head)
    assert says.startswith("ana@example.org has no such role.")


def test_users_are_let_out_and_in_and_get_new_passwords():
    done("user", "add", ANA, "--name", "Ana", "--password-stdin", typed="clover anvil teapot\n")
    done("user", "deactivate", ANA)
    assert users()[0][1] == "deactivated"
    done("user", "activate", ANA)
    assert users()[0][1] == "active"
    assert done("user", "reset-password", ANA).startswith("Their password for once: ")
    assert users()[0][1] == "has to change the password"


def test_a_user_is_signed_out_everywhere_with_tokens_or_without():
    done("user", "add", ANA, "--name", "Ana", "--password-stdin", typed="clover anvil teapot\n")
    done("token", "make", ANA, "--name", "a program", "--scope", "rota:read")
    assert done("user", "sign-out", ANA) == "ana@example.org is signed out on 0 browsers.\n"
    told = done("user", "sign-out", ANA, "--tokens")
    assert told == "ana@example.org is signed out on 0 browsers, and their tokens are revoked.\n"
    assert "revoked" in done("token", "list", ANA)


def test_a_long_list_comes_in_pages():
    done("user", "add", ANA, "--name", "Ana")
    assert users("--search", "ANA") == users()
    assert users("--page", "2") == users("--search", "zoe") == []
