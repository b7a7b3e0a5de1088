"""How sending a letter can fail."""

from __future__ import annotations

from rota.errors import RotaError


class NotSent(RotaError):  # noqa: N818, it is the user who reads it
    """The letter could not be sent now; the same letter may be handed over again later.

    `is_uncertain` is true if the letter may have been accepted all the same, because the answer
    to its last line was lost.
    """

    def __init__(self, sentence: str, *, is_uncertain: bool = False) -> None:
        super().__init__(sentence)
        self.is_uncertain = is_uncertain


class LetterRefused(RotaError):  # noqa: N818, it is the user who reads it
    """The letter was not accepted, and will not be until somebody mends what is wrong with it."""
