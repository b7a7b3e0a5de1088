"""How a published rota stands, seen from a day."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection

from rota.cache import Cache
from rota.checker import Judgement, judge
from rota.domain import Period, Problem, Rota
from rota.services.access.act import Act
from rota.services.drafts.rota_view import RotaView
from rota.services.units.planning_problem import build_published_problem, build_published_rota
from rota.store.units.units import StoredUnit

_MOST = 16
"""Views that are remembered; one of 185 officers over four weeks takes about 9 MB."""


@dataclass(frozen=True, kw_only=True)
class PublishedView(RotaView):
    """What is published for a period, as far as it still can be used, and how it is judged now."""

    key: Hashable = field(repr=False)
    problem: Problem
    whole_problem: Problem
    seats: Rota

    @property
    def rota(self) -> Rota:
        return self.seats

    @cached_property
    def judgement(self) -> Judgement:
        return judge(self.problem, self.seats)


_VIEWS: Cache[PublishedView] = Cache(most=_MOST)


def load_published_view(
    connection: Connection, act: Act, unit: StoredUnit, newest: int, period: Period
) -> PublishedView:
    """The view of a period of which something is published, if that is the unit's newest version.

    The caller has written nothing yet, since what is found is remembered.
    """
    key = ("published", unit.id, unit.revision, newest, period, act.today)
    return _VIEWS.find(
        connection.engine, key, lambda: _build_published_view(connection, act, unit, period, key)
    )


def _build_published_view(
    connection: Connection, act: Act, unit: StoredUnit, period: Period, key: Hashable
) -> PublishedView:
    whole = build_published_problem(connection, unit, period, act.today)
    problem, rota = build_published_rota(whole, whole.unit.published)
    return PublishedView(key=key, problem=problem, whole_problem=whole, seats=rota)
