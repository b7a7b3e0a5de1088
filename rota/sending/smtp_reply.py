"""A mail server's answer."""

from __future__ import annotations

from dataclasses import dataclass

from rota.sending.letter import join_lines

BAD_SEQUENCE, LOGIN_NEEDED = 503, 530

POLICY = "5.7."
"""How the longer code (RFC 3463) begins where the server minds who sends, or in what way."""

LONGEST_TEXT = 200
"""Characters of a reply that are shown; the rest is cut."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A code of three digits and the words that follow."""

    code: int
    text: str

    @classmethod
    def read(cls, answer: tuple[int, bytes]) -> Reply:
        """The reply in what smtplib returns."""
        code, text = answer
        return cls(code, join_lines(text.decode("utf-8", "replace")))

    def __str__(self) -> str:
        return f"{self.code} {self.text[:LONGEST_TEXT]}"

    @property
    def is_yes(self) -> bool:
        """Whether the command was done."""
        return 200 <= self.code < 300

    @property
    def is_go_ahead(self) -> bool:
        """Whether the server waits for the message."""
        return 300 <= self.code < 400

    @property
    def is_no(self) -> bool:
        """Whether the server says that it has not done it."""
        return 400 <= self.code < 600

    @property
    def is_for_good(self) -> bool:
        """Whether this letter will be refused however often it comes.

        It will not where the server minds who sends, since settings can put that right.
        """
        is_about_us = self.code in (BAD_SEQUENCE, LOGIN_NEEDED) or self.text.startswith(POLICY)
        return 500 <= self.code < 600 and not is_about_us
