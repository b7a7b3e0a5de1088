from collections.abc import Iterator

import pytest

from tests.rota.jobs.workers import Nursery


@pytest.fixture(scope="session")
def _nursery(tmp_path_factory) -> Iterator[Nursery]:
    """A program that forks workers, ready for the tests of a session."""
    with Nursery(tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery


@pytest.fixture
def nursery(_nursery: Nursery) -> Iterator[Nursery]:
    """The program, from which no worker outlives its test to meddle with the next."""
    yield _nursery
    _nursery.kill_living()
