"""Sites, and the people owed to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OFFICE, COURT, PARTNER, PRISON, HOME_KIND = "office", "court", "partner", "prison", "home"
KINDS = (OFFICE, COURT, PARTNER, PRISON, HOME_KIND)
DUTY_KINDS = (COURT, PARTNER, PRISON)
"""Kinds that are visited for a duty and may hold no more people than their duties need."""


@dataclass(frozen=True, slots=True)
class Site:
    """A named place; `desks` is None where there is no limit.

    `office_percent` replaces the policy's percentage for those based there.
    """

    name: str
    kind: str
    desks: int | None = None
    office_percent: int | None = None


HOME = Site("home", HOME_KIND)
"""The one site that every officer with a home office shares."""


@dataclass(frozen=True, slots=True)
class Duty:
    """So many people, with a skill where one is named, needed at a site on a date."""

    date: date
    site: str
    needed: int
    skill: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """An officer must be at a site on a date."""

    staff_no: str
    date: date
    site: str


@dataclass(frozen=True, slots=True)
class Closure:
    """The number of desks that replaces a site's own on these days, both ends included.

    0 closes it.
    """

    site: str
    first: date
    last: date
    desks: int

    def contradicts(self, other: Closure) -> bool:
        """Whether the two have other desks for the same site on a day."""
        is_same_time = self.first <= other.last and other.first <= self.last
        return self.site == other.site and is_same_time and self.desks != other.desks
