"""What every way of sending can do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from rota.sending.letter import Letter


class Post(Protocol):
    """A way to send letters, told apart by its `str`."""

    def send(self, letter: Letter, *, handing_over: Callable[[], None]) -> None:
        """Send the letter; to return is to know that it was accepted.

        `handing_over` is called when all is ready and nothing is accepted yet: from there until
        this ends, nobody can know. If it raises, nothing is accepted and its error is passed on.
        It is not called where nothing is handed over. Raises NotSent and Refused.
        """
        ...

    def check(self) -> None:
        """See that a letter could be sent now, without sending one. Raises NotSent."""
        ...
