"""Terms: what holds of an officer, a team or a site from a day on, and what held before."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any, Generic, TypeVar

from rota.domain.people import Officer, Team
from rota.domain.policy import Policy
from rota.domain.sites import Site

Row = TypeVar("Row", Officer, Team, Site)


@dataclass(frozen=True, slots=True)
class EarlierTerms(Generic[Row]):
    """Terms that held until a day, which is not theirs any more."""

    row: Row
    until: date


AnyEarlierTerms = EarlierTerms[Officer] | EarlierTerms[Team] | EarlierTerms[Site]


@dataclass(frozen=True, slots=True)
class EarlierPolicy:
    """A policy that held until a Monday, which is not its own any more."""

    policy: Policy
    until: date


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row of another table, which held until the day when what it is about was removed."""

    row: Any
    until: date


class Timeline(Generic[Row]):
    """All terms of one officer, team or site: those that held before, in turn, and the last.

    There is no last where it has been removed.
    """

    def __init__(self, earlier: Iterable[EarlierTerms[Row]], last: Row | None = None) -> None:
        in_turn = sorted(earlier, key=attrgetter("until"))
        self._ends = [terms.until for terms in in_turn]
        self._rows: list[Row] = [terms.row for terms in in_turn]
        if last is not None:
            self._rows.append(last)

    def find(self, day: date) -> Row | None:
        """The terms that hold on the day; None once it is removed, until it comes back."""
        place = bisect_right(self._ends, day)
        if place == len(self._rows):
            return None
        row = self._rows[place]
        is_back = place == 0 or row.since is None or row.since <= day
        return row if is_back else None

    def find_nearest(self, day: date) -> Row:
        """The terms that hold on the day, or where there are none, the last before it."""
        place = bisect_right(self._ends, day)
        return self.find(day) or self._rows[max(place - 1, 0)]

    def is_over(self, day: date) -> bool:
        """Whether it has been removed by that day, for good."""
        return bisect_right(self._ends, day) == len(self._rows)


class TermsInPeriod(Generic[Row]):
    """The terms of all officers, teams or sites, of which some are there in a period.

    `rows` are those that last, `earlier` the terms that held before.
    """

    def __init__(
        self, rows: Iterable[Row], earlier: Iterable[EarlierTerms[Row]], first: date, last: date
    ) -> None:
        before: dict[str, list[EarlierTerms[Row]]] = defaultdict(list)
        for terms in earlier:
            before[name_of(terms.row)].append(terms)
        at_last = {name_of(row): row for row in rows}
        self._timelines: Mapping[str, Timeline[Row]] = {
            name: Timeline(of_one, at_last.get(name)) for name, of_one in before.items()
        }
        self.by_name: Mapping[str, Row] = at_last | {
            name: timeline.find_nearest(last)
            for name, timeline in self._timelines.items()
            if not timeline.is_over(first)
        }
        """As they are when the period ends; after the others those that have been removed."""

    def find_on(self, name: str, day: date) -> Row:
        """The one of that name as it is on the day. Raises KeyError if there is none."""
        if name not in self._timelines:
            return self.by_name[name]
        return self._timelines[name].find_nearest(day)

    def is_there(self, name: str, day: date) -> bool:
        """Whether it has not been removed by that day."""
        timeline = self._timelines.get(name)
        return timeline is None or timeline.find(day) is not None


def find_policy_on(day: date, earlier: Iterable[EarlierPolicy], last: Policy) -> Policy:
    """The policy that holds on the day: one of the earlier ones, which are in turn, or the last."""
    for each in earlier:
        if day < each.until:
            return each.policy
    return last


def name_of(row: Officer | Team | Site) -> str:
    """The staff number of an officer, the name of a team or a site."""
    return row.staff_no if isinstance(row, Officer) else row.name
