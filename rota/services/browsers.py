"""The browsers that people sign in with: what they are, and whom they let in before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Browser:
    """What somebody signs in with.

    `says` tells its owner which one it is. `mark` is what it was given when somebody signed in with
    it, and `users` are the numbers of those who did; both come back in a cookie that we signed.
    """

    says: str | None = None
    mark: str | None = None
    users: frozenset[int] = frozenset()

    def known_to(self, user_id: int) -> str | None:
        """The mark, if that user has signed in with it before."""
        return self.mark if user_id in self.users else None


UNKNOWN = Browser()
"""A browser that nobody has signed in with, or none at all."""
