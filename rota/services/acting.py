"""Who does something, from where and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from rota.moments import date_in_london
from rota.services.rights import OPERATOR, Rights
from rota.store.audit import Entry

NIGHT = "the night"
"""The name under which Rota itself acts."""


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody acting: their name, the place they act from, and the instant, which is aware.

    `rights` are those of an operator unless others are given.
    """

    who: str
    place: str
    at: datetime
    rights: Rights = OPERATOR

    @property
    def today(self) -> date:
        return date_in_london(self.at)

    def entry(self, what: str, *, before: object = None, after: object = None) -> Entry:
        """What is kept of the act for ever."""
        return Entry(
            at=self.at,
            who=self.who,
            place=self.place,
            what=what,
            before=_told(before),
            after=_told(after),
        )


def _told(value: object) -> dict[str, object] | None:
    return None if value is None else dict(value) if isinstance(value, dict) else {"is": value}
