"""Two rotas of one period side by side: the seats that are different, by officer, and why.

Whoever sees it is told why somebody is away only where they manage that person's team.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from rota.domain import Officer, say_sites_by_part
from rota.services.access.act import Act
from rota.store.rotas.version_changes import VersionChange


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day of an officer that is different, or of which a half is.

    It has the sites in words, None for no seat. The reason is empty if not known.
    """

    date: date
    before: str | None
    after: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ChangedOfficer:
    """An officer of whom something is different. The team is empty if nothing is known of them."""

    staff_no: str
    name: str
    team: str
    days: tuple[ChangedDay, ...]


@dataclass(frozen=True)
class Comparison:
    """All officers of whom something is different, by team and name."""

    people: tuple[ChangedOfficer, ...]

    @cached_property
    def count(self) -> int:
        """How many days of officers are different."""
        return sum(len(person.days) for person in self.people)

    @cached_property
    def by_team(self) -> Mapping[str, int]:
        """How many days of officers of each team are different."""
        counts: Counter[str] = Counter()
        for person in self.people:
            counts[person.team] += len(person.days)
        return counts

    @cached_property
    def by_day(self) -> Mapping[date, int]:
        """How many officers are elsewhere on each day, by date."""
        counts = Counter(day.date for person in self.people for day in person.days)
        return dict(sorted(counts.items()))


def compare_changes(
    act: Act, unit: str, officers: Mapping[str, Officer], changes: Iterable[VersionChange]
) -> Comparison:
    """The changes by officer, as the actor may know them."""
    ordered = sorted(changes, key=lambda change: (change.staff_no, change.date, change.part))
    people = (
        _build_changed_officer(act, unit, staff_no, officers.get(staff_no), own_changes)
        for staff_no, own_changes in groupby(ordered, key=lambda change: change.staff_no)
    )
    return Comparison(
        tuple(sorted(people, key=lambda person: (person.team, person.name, person.staff_no)))
    )


def may_know_why(act: Act, unit: str, team: str | None) -> bool:
    """Whether the actor may know all of why somebody of the team is moved.

    Of an officer who is in no team any more, only managers of the whole unit know it.
    """
    rights = act.rights
    return rights.manages_whole(unit) if team is None else rights.manages(unit, team)


def _build_changed_officer(
    act: Act, unit: str, staff_no: str, officer: Officer | None, changes: Iterable[VersionChange]
) -> ChangedOfficer:
    may_know_all = may_know_why(act, unit, officer.team if officer else None)
    days = tuple(
        _build_changed_day(day, tuple(of_day), may_know_all=may_know_all)
        for day, of_day in groupby(changes, key=lambda change: change.date)
    )
    if officer is None:
        return ChangedOfficer(staff_no, staff_no, "", days)
    return ChangedOfficer(staff_no, officer.name, officer.team, days)


def _build_changed_day(
    day: date, changes: Sequence[VersionChange], *, may_know_all: bool
) -> ChangedDay:
    """What the changes of one day, or of its halves, come to."""
    reasons = (c.reason_for_managers if may_know_all else c.reason for c in changes)
    return ChangedDay(
        day,
        say_sites_by_part((change.part, change.before) for change in changes),
        say_sites_by_part((change.part, change.after) for change in changes),
        " ".join(reason for reason in dict.fromkeys(reasons) if reason),
    )
