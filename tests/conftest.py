from collections.abc import Iterator

import pytest

from tests.postgres import Postgres, binaries


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; a test that stops it starts it again."""
    place = binaries()
    if place is None:
        pytest.skip("There are no programs of PostgreSQL here; ROTA_PG_BIN may name their folder.")
    with Postgres(place) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path) -> Iterator[str]:
    """The address of a fresh, empty database, of each kind that Rota can use."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rota.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    yield postgres.create("rota")
    postgres.drop("rota")
