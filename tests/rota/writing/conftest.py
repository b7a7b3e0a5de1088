import pytest

from rota.checker import judge
from tests.rota.writing.small_unit import PROBLEM, ROTA


@pytest.fixture
def problem():
    return PROBLEM


@pytest.fixture
def rota():
    return ROTA


@pytest.fixture
def judgement(problem, rota):
    return judge(problem, rota)
