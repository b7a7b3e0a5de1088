"""The town with a draft in it, for programs to work on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rota.services.access.act import Act
from tests.stored import work_off
from tests.web.api.program import program
from tests.web.conftest import Town, town_at


@pytest.fixture
def drafted(town: Town) -> Town:
    """The town, where Millbrook has a draft of the four weeks from 1 February 2027."""
    draft(town)
    return town


@pytest.fixture(scope="module")
def calm(town_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The same for tests that change nothing, which share it."""
    with town_at(town_file, tmp_path_factory.mktemp("calm")) as town:
        draft(town)
        yield town


def draft(town: Town) -> None:
    manager = program(town, "manager")
    assert manager.call("POST", "/units/1/runs", json={"seconds": 1}).status_code == 201
    work_off(town.database, Act("the worker", "a test", town.clock()))
