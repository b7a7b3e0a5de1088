"""Samples are the same every time and in order, and a soak takes everything."""

import pytest

from tests import conftest

EVERYTHING = tuple(range(100))


@pytest.fixture
def soak(monkeypatch):
    """Set whether this is a soak."""
    return lambda is_soak: monkeypatch.setattr(conftest, "IS_SOAK", is_soak)


def test_a_sample_is_always_the_same_and_in_order(soak):
    soak(False)
    drawn = conftest.sample(EVERYTHING, 10)
    assert (len(drawn), drawn) == (10, sorted(set(drawn)))
    assert conftest.sample(EVERYTHING, 10) == drawn
    assert conftest.sample(EVERYTHING[:3], 10) == [0, 1, 2]
    assert conftest.times(3, soak=1000) == 3


def test_a_soak_takes_everything(soak):
    soak(True)
    assert conftest.sample(EVERYTHING, 10) == [*EVERYTHING]
    assert conftest.times(3, soak=1000) == 1000
