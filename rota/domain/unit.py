"""A unit as its tables tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

from rota.domain.calendar import Days
from rota.domain.people import Away, Link, Officer, Request, Team
from rota.domain.seats import PastSeat, PublishedSeat, Seat
from rota.domain.sites import Appointment, Closure, Duty, Presence, Site
from rota.domain.terms import AnyEarlierTerms, EarlierPolicy, EarlierRow, TermsInPeriod

_DAY = timedelta(days=1)

_TABLES_OF: Mapping[type[Any], str] = {
    Away: "away",
    Duty: "duties",
    Appointment: "appointments",
    Presence: "presence",
    Request: "requests",
    Link: "links",
    Closure: "closures",
}
"""The tables of rows that may have held until something was removed."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A delivery unit as its tables tell it, with the terms and policies that held before."""

    sites: tuple[Site, ...]
    teams: tuple[Team, ...]
    officers: tuple[Officer, ...]
    away: tuple[Away, ...] = ()
    duties: tuple[Duty[Days], ...] = ()
    appointments: tuple[Appointment[Days], ...] = ()
    presence: tuple[Presence, ...] = ()
    requests: tuple[Request, ...] = ()
    links: tuple[Link, ...] = ()
    closures: tuple[Closure, ...] = ()
    earlier: tuple[AnyEarlierTerms, ...] = ()
    earlier_policies: tuple[EarlierPolicy, ...] = ()
    """What held in earlier weeks, in turn; their periods do not matter."""
    earlier_rows: tuple[EarlierRow, ...] = ()
    """What was said of officers and sites that have been removed since."""
    history: tuple[PastSeat, ...] = ()
    """Earlier rotas, as far as Rota did not publish them; what it published holds before them."""
    published_before: tuple[PublishedSeat, ...] = ()
    """What is published for days before the period."""
    published: tuple[PublishedSeat, ...] = ()
    locked: tuple[Seat, ...] = ()
    """Seats of a draft that its managers hold fast, whatever is published."""
    moved_by_hand: tuple[Seat, ...] = ()
    """Seats of a draft that people moved; they are to be kept in place of published ones."""

    def recall_rows(self, first: date, last: date) -> Unit:
        """The unit with what was said of officers and sites who were there between these days."""
        tables: dict[str, list[Any]] = {name: [] for name in _TABLES_OF.values()}
        for each in self.earlier_rows:
            if each.until > first:
                before = [each.row]
                if isinstance(each.row, Request | Presence) and not isinstance(each.row.when, date):
                    before = list(_put_on_dates(each.row, first, min(last, each.until - _DAY)))
                tables[_TABLES_OF[type(each.row)]] += before
        return replace(
            self,
            **{
                name: tuple(dict.fromkeys((*getattr(self, name), *rows)))
                for name, rows in tables.items()
                if rows
            },
        )

    @property
    def officers_ever(self) -> Mapping[str, Officer]:
        """Everybody by staff number on their latest terms, also who has been removed since."""
        return self.spread_officers(date.min, date.max).by_name

    @property
    def sites_ever(self) -> Mapping[str, Site]:
        """Every site by name as it is at last, also those that have been removed since."""
        return self.spread_sites(date.min, date.max).by_name

    def spread_officers(self, first: date, last: date) -> TermsInPeriod[Officer]:
        """The terms of officers between these days."""
        earlier = (each for each in self.earlier if isinstance(each.row, Officer))
        return TermsInPeriod(self.officers, cast("Any", earlier), first, last)

    def spread_sites(self, first: date, last: date) -> TermsInPeriod[Site]:
        """The terms of sites between these days."""
        earlier = (each for each in self.earlier if isinstance(each.row, Site))
        return TermsInPeriod(self.sites, cast("Any", earlier), first, last)

    def spread_teams(self, first: date, last: date) -> TermsInPeriod[Team]:
        """The terms of teams between these days."""
        earlier = (each for each in self.earlier if isinstance(each.row, Team))
        return TermsInPeriod(self.teams, cast("Any", earlier), first, last)


def _put_on_dates(row: Request | Presence, first: date, last: date) -> Iterator[Request | Presence]:
    """The row of weekdays as one for each of its dates between these days."""
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if row.asks_for(day):
            yield replace(row, when=day)
