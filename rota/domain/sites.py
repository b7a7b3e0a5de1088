"""Sites, and the people owed to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, TypeVar

from rota.domain.calendar import Days
from rota.domain.parts import WHOLE_DAY, common_part

Days_co = TypeVar("Days_co", bound=Days, covariant=True)
"""A date; in a table weekdays too."""

OFFICE, COURT, PARTNER, PRISON, HOME_KIND = "office", "court", "partner", "prison", "home"
KINDS = (OFFICE, COURT, PARTNER, PRISON, HOME_KIND)
DUTY_KINDS = (COURT, PARTNER, PRISON)
"""Kinds that are visited for a duty and may hold no more people than their duties need."""


@dataclass(frozen=True, slots=True)
class Site:
    """A named place; `desks` is None where there is no limit.

    `office_percent` replaces the policy's percentage for those based there. `may_be_alone` tells
    whether one person may be there without another. These and the desks hold from the day `since`
    on, or ever since.
    """

    name: str
    kind: str
    desks: int | None = None
    office_percent: int | None = None
    may_be_alone: bool = True
    since: dt.date | None = None


HOME = Site("home", HOME_KIND)
"""The one site that every officer with a home office shares."""


@dataclass(frozen=True, slots=True)
class Duty(Generic[Days_co]):
    """So many people, with a skill where one is named, needed at a site on a date or half of it.

    A table may have weekdays in its place, from `first` to `last`, every so many weeks.
    """

    date: Days_co
    site: str
    needed: int
    skill: str | None = None
    part: str = WHOLE_DAY
    first: dt.date | None = None
    last: dt.date | None = None
    every: int | None = None


@dataclass(frozen=True, slots=True)
class Appointment(Generic[Days_co]):
    """An officer must be at a site on a date or half of it.

    A table may have weekdays, as for a duty.
    """

    staff_no: str
    date: Days_co
    site: str
    part: str = WHOLE_DAY
    first: dt.date | None = None
    last: dt.date | None = None
    every: int | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """The number of desks that replaces a site's own on these days, both ends included.

    It may be for half of each day. 0 closes it.
    """

    site: str
    first: dt.date
    last: dt.date
    desks: int
    part: str = WHOLE_DAY

    def contradicts(self, other: Closure) -> bool:
        """Whether the two have other desks for the same site at some time."""
        is_same_time = (
            self.first <= other.last
            and other.first <= self.last
            and common_part(self.part, other.part) is not None
        )
        return self.site == other.site and is_same_time and self.desks != other.desks


@dataclass(frozen=True, slots=True)
class Presence:
    """While anybody is at the site, so many people there have the skill.

    It is so on a date or on weekdays, or on every day where `when` is None.
    """

    site: str
    skill: str
    least: int = 1
    when: Days | None = None

    def asks_for(self, day: dt.date) -> bool:
        """Whether the row speaks of the day."""
        if self.when is None or isinstance(self.when, dt.date):
            return self.when in (None, day)
        return day.weekday() in self.when
