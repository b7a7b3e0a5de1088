"""How a published rota stands, seen from a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import Connection

from rota.checker import Judgement, judge
from rota.domain import Period, Problem, Rota
from rota.services.access.act import Act
from rota.services.drafts.cache import Cache
from rota.services.drafts.rota_view import RotaView
from rota.services.units.planning_problem import as_published, build_problem
from rota.store.rotas import versions
from rota.store.units import units
from rota.store.units.units import StoredUnit

_MOST = 16
"""Looks that are remembered; one of 185 officers over four weeks takes about 9 MB."""


@dataclass(frozen=True, kw_only=True)
class PublishedView(RotaView):
    """What is published for a period, as far as it still can be used, and how it is judged now."""

    problem: Problem
    whole_problem: Problem
    seats: Rota

    @property
    def rota(self) -> Rota:
        return self.seats

    @cached_property
    def judgement(self) -> Judgement:
        return judge(self.problem, self.seats)


_LOOKS: Cache[PublishedView] = Cache(most=_MOST)


def published_view_of(
    connection: Connection, act: Act, unit: StoredUnit, newest: int, period: Period
) -> PublishedView:
    """The look at a period of which something is published, if that is the unit's newest version.

    The caller has written nothing yet, since what is found is remembered.
    """
    key = (unit.id, unit.revision, newest, period, act.today)
    return _LOOKS.find(
        connection.engine, key, lambda: _published_look(connection, act, unit, period)
    )


def _published_look(
    connection: Connection, act: Act, unit: StoredUnit, period: Period
) -> PublishedView:
    published = versions.seats_in_force(connection, unit.id, period)
    tables = replace(units.load(connection, unit.id), published=published)
    whole = build_problem(tables, unit.policy, period, act.today)
    problem, rota = as_published(whole, published)
    return PublishedView(problem=problem, whole_problem=whole, seats=rota)
