"""Who did something is called by their name, beside the address that is kept of them."""

from __future__ import annotations

from rota.services.access.act import find_actor_name, name_actors, name_actors_in
from rota.services.accounts import users
from rota.store.databases.database import Database
from tests.rota_text import MON
from tests.stored import act

ANN = "ann@example.org"
CALLED = {ANN: "Ann Lee, ann@example.org"}


def with_ann(database: Database) -> Database:
    users.add(database, act(MON), email=ANN, name="Ann Lee", needs_password=False)
    return database


def test_users_are_called_by_name_and_address(database: Database) -> None:
    """Others, such as the night, somebody at the command line and former users, are left out."""
    with_ann(database)
    assert name_actors(database, [ANN, "the night", "mel", "gone@example.org"]) == CALLED
    assert name_actors(database, ["the night"]) == name_actors(database, []) == {}
    with database.reading() as connection:
        assert name_actors_in(connection, [ANN, "the night"]) == CALLED
        assert find_actor_name(connection, ANN) == "Ann Lee"
        assert find_actor_name(connection, "the night") == "the night"


def test_who_is_let_in_no_more_keeps_their_name(database: Database) -> None:
    with_ann(database)
    known = users.find_by_email(database, act(MON), email=ANN)
    users.deactivate(database, act(MON), user_id=known.id)
    assert name_actors(database, [ANN]) == CALLED
