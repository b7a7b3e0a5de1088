from collections.abc import Iterator

import pytest

from tests.rota.jobs.workers import Nursery


@pytest.fixture(scope="session")
def nursery(tmp_path_factory) -> Iterator[Nursery]:
    """A program that forks workers, ready for the tests of a session."""
    with Nursery(tmp_path_factory.mktemp("nursery")) as nursery:
        yield nursery
