"""What was worked out is remembered by all that it follows from, and made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from sqlalchemy import Engine, create_engine

from rota.cache import Cache


@pytest.fixture
def engine() -> Engine:
    return create_engine("sqlite://")


def refuse() -> str:
    raise AssertionError("It is remembered, so nobody has to make it.")


def test_a_value_is_made_once_for_each_key(engine: Engine) -> None:
    memory: Cache[str] = Cache(most=2)
    assert memory.find(engine, ("blue", 1), lambda: "first") == "first"
    assert memory.find(engine, ("blue", 2), lambda: "second") == "second"
    assert memory.find(engine, ("blue", 1), refuse) == "first"


def test_each_database_has_its_own(engine: Engine) -> None:
    memory: Cache[str] = Cache(most=1)
    other = create_engine("sqlite://")
    assert memory.find(engine, "key", lambda: "here") == "here"
    assert memory.find(other, "key", lambda: "there") == "there"
    assert memory.find(engine, "key", refuse) == "here"


def test_what_was_not_used_for_longest_is_forgotten(engine: Engine) -> None:
    memory: Cache[str] = Cache(most=2)
    for key in ("a", "b", "a", "c"):
        memory.find(engine, key, lambda key=key: key.upper())
    assert memory.find(engine, "a", refuse) == "A"
    assert memory.find(engine, "c", refuse) == "C"
    assert memory.find(engine, "b", lambda: "anew") == "anew"


def test_what_is_known_takes_the_place_of_what_it_replaces(engine: Engine) -> None:
    memory: Cache[str] = Cache(most=2)
    memory.find(engine, "old", lambda: "old")
    memory.put(engine, "new", "known", instead_of="old")
    assert memory.find(engine, "new", refuse) == "known"
    assert memory.find(engine, "old", lambda: "anew") == "anew"


def test_to_peek_makes_nothing(engine: Engine) -> None:
    memory: Cache[str] = Cache(most=2)
    assert memory.peek(engine, "key") is None
    memory.put(engine, "key", "known")
    assert memory.peek(engine, "key") == "known"
    seen = memory.find(engine, "other", lambda: f"{memory.peek(engine, 'other')} while it is made")
    assert seen == "None while it is made"


def test_of_those_who_ask_at_once_one_makes_it_and_the_others_wait(engine: Engine) -> None:
    memory: Cache[object] = Cache(most=2)
    start, made = Barrier(8), []

    def make() -> object:
        made.append("once")
        Event().wait(0.1)
        return object()

    def ask(_: int) -> object:
        start.wait()
        return memory.find(engine, "key", make)

    with ThreadPoolExecutor(8) as pool:
        values = set(pool.map(ask, range(8)))
    assert (len(values), made) == (1, ["once"])


def test_a_failure_is_told_to_one_and_the_next_makes_it(engine: Engine) -> None:
    memory: Cache[str] = Cache(most=2)
    is_asked, may_fail = Event(), Event()

    def fail() -> str:
        is_asked.set()
        may_fail.wait(5)
        raise ValueError("the disk failed")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(memory.find, engine, "key", fail)
        is_asked.wait(5)
        second = pool.submit(memory.find, engine, "key", lambda: "made")
        may_fail.set()
        assert second.result(5) == "made"
        with pytest.raises(ValueError, match="the disk failed"):
            first.result(5)
    assert memory.find(engine, "key", refuse) == "made"
