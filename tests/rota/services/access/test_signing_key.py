"""What an installation makes up for itself."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from rota.services.access.secrets import find_signing_key
from rota.settings import Settings
from rota.store.databases.database import Database
from tests.rota.services.ledger import ledger

NOTHING_SET = Settings(secret_key="")


def test_a_key_is_made_once_and_kept(database):
    key = find_signing_key(database, NOTHING_SET)
    assert len(key) == 43
    assert find_signing_key(database, NOTHING_SET) == key
    assert ledger(database)["installation"] == ({"name": "signing key", "value": key},)


def test_processes_that_start_together_have_the_same_key(database):
    def start(_):
        with closing(Database(database.url)) as own:
            return find_signing_key(own, NOTHING_SET)

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(start, range(6)))) == 1


def test_a_key_of_the_settings_goes_before(database):
    assert find_signing_key(database, Settings(secret_key="given")) == "given"
    assert ledger(database)["installation"] == ()
