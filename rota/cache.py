"""What was worked out from the database lately, kept for as long as nothing it rests on changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """The values used last of each database, by a key of all that they follow from.

    So a value never needs to be told that something changed: it will not be asked for again. Only
    what the database keeps may be remembered, not what a transaction may still take back.
    """

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._shelves: WeakKeyDictionary[Engine, OrderedDict[Hashable, Future[Value]]]
        self._shelves = WeakKeyDictionary()

    def find(self, engine: Engine, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of the key, made if need be; of several who ask at once one makes it.

        If it fails, that is told to this one alone; the next of them tries.
        """
        while True:
            future, is_mine = self._future(engine, key)
            if is_mine:
                return self._fulfil(engine, key, future, make)
            if future.exception() is None:
                return future.result()

    def peek(self, engine: Engine, key: Hashable) -> Value | None:
        """The value of the key if it is remembered; None if it is not, or still being made."""
        with self._lock:
            future = self._shelf(engine).get(key)
        is_made = future is not None and future.done() and future.exception() is None
        return future.result() if future and is_made else None

    def put(
        self, engine: Engine, key: Hashable, value: Value, *, instead_of: Hashable = None
    ) -> None:
        """Remember a value that is known already, and forget the one that it replaces."""
        future: Future[Value] = Future()
        future.set_result(value)
        with self._lock:
            shelf = self._shelf(engine)
            shelf.pop(instead_of, None)
            shelf[key] = future
            self._forget_oldest(shelf)

    def _future(self, engine: Engine, key: Hashable) -> tuple[Future[Value], bool]:
        """The future of the key, and whether it is new, so that the caller has to fulfil it."""
        with self._lock:
            shelf = self._shelf(engine)
            is_new = key not in shelf
            future = shelf.setdefault(key, Future())
            shelf.move_to_end(key)
            self._forget_oldest(shelf)
            return future, is_new

    def _fulfil(
        self, engine: Engine, key: Hashable, future: Future[Value], make: Callable[[], Value]
    ) -> Value:
        try:
            value = make()
        except BaseException as error:
            with self._lock:
                self._shelf(engine).pop(key, None)
            future.set_exception(error)
            raise
        future.set_result(value)
        return value

    def _shelf(self, engine: Engine) -> OrderedDict[Hashable, Future[Value]]:
        return self._shelves.setdefault(engine, OrderedDict())

    def _forget_oldest(self, shelf: OrderedDict[Hashable, Any]) -> None:
        while len(shelf) > self._most:
            shelf.popitem(last=False)
