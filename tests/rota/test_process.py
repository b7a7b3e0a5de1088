import gc
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from rota.cli import main

AS_PYTHON_COMES = (700, 10, 10)


@pytest.fixture
def _as_python_comes() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*AS_PYTHON_COMES)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("_as_python_comes")
def test_every_command_has_python_look_for_garbage_rarely_yet_look():
    assert CliRunner().invoke(main, ["rules"]).exit_code == 0
    now = gc.get_threshold()
    assert all(often < rarely for often, rarely in zip(AS_PYTHON_COMES, now, strict=True))
    assert gc.isenabled()
