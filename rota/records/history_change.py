"""What new files change in what is known of earlier rotas."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from rota.domain import PastSeat


class HistoryChange(NamedTuple):
    """The seats of earlier rotas that an import brings, and those that it leaves out."""

    added_seats: tuple[PastSeat, ...] = ()
    removed_seats: tuple[PastSeat, ...] = ()

    @classmethod
    def between(cls, before: Iterable[PastSeat], in_files: Iterable[PastSeat]) -> HistoryChange:
        """The change from what is stored; files without earlier rotas leave it as it is."""
        old_seats, new_seats = frozenset(before), frozenset(in_files)
        if not new_seats:
            return cls()
        order = attrgetter("staff_no", "date", "part")
        return cls(
            tuple(sorted(new_seats - old_seats, key=order)),
            tuple(sorted(old_seats - new_seats, key=order)),
        )

    def __bool__(self) -> bool:
        return bool(self.added_seats or self.removed_seats)


SAME_HISTORY = HistoryChange()
