"""The town with a draft in it, for programs to work on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rota.services.access.act import Act
from tests.stored import work_off
from tests.web.api.program import program
from tests.web.conftest import TOWN_FILE, Town, town_at


@pytest.fixture(scope="session")
def drafted_file(town_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town with a draft in a SQLite file, to be copied for each test."""
    folder = tmp_path_factory.mktemp("drafted")
    with town_at(town_file, folder) as town:
        draft(town)
    return folder / TOWN_FILE


@pytest.fixture
def drafted(town: Town) -> Town:
    """The town, where Millbrook has a draft of the four weeks from 1 February 2027.

    The fixture `town` sees to the draft.
    """
    return town


@pytest.fixture(scope="module")
def calm(drafted_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The same for tests that change nothing, which share it."""
    with town_at(drafted_file, tmp_path_factory.mktemp("calm")) as town:
        yield town


def draft(town: Town) -> None:
    manager = program(town, "manager")
    assert manager.call("POST", "/units/1/runs", json={"seconds": 1}).status_code == 201
    work_off(town.database, Act("the worker", "a test", town.clock()))
