"""A unit as its tables tell it."""

from __future__ import annotations

from dataclasses import dataclass

from rota.domain.calendar import Days
from rota.domain.people import Away, Link, Officer, Request, Team
from rota.domain.seats import PastSeat, PublishedSeat, Seat
from rota.domain.sites import Appointment, Closure, Duty, Presence, Site
from rota.domain.terms import AnyEarlierTerms, EarlierPolicy


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
    history: tuple[PastSeat, ...] = ()
    """Earlier rotas, as far as Rota did not publish them; what it published holds before them."""
    published_before: tuple[PublishedSeat, ...] = ()
    """What is published for days before the period."""
    published: tuple[PublishedSeat, ...] = ()
    locked: tuple[Seat, ...] = ()
    """Seats of a draft that its managers hold fast, whatever is published."""
    moved_by_hand: tuple[Seat, ...] = ()
    """Seats of a draft that people moved; they are to be kept in place of published ones."""
