"""The published rotas of a unit, and what moving their seats would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from rota.domain import OfficerDay, Problem, SeatsOfDay, in_words
from rota.effects import Effects
from rota.errors import RotaError
from rota.services.units.planning_problem import build_published_problem, build_published_rota
from rota.store.rotas import versions
from rota.store.rotas.versions import Version
from rota.store.units.units import StoredUnit


class NotPossible(RotaError):  # noqa: N818, it is the user who reads it
    """What is asked for cannot be as things are."""


@dataclass(frozen=True)
class PublishedRota:
    """A published rota as it stands, and what moving its seats would do."""

    version: Version
    problem: Problem

    def find_day(self, officer_day: OfficerDay) -> SeatsOfDay | None:
        """What is published of the officer's day, as far as they work; None without a seat."""
        seats = self.problem.published.get(officer_day)
        return SeatsOfDay.of(seats) if seats else None

    @cached_property
    def effects(self) -> Effects:
        return Effects(*build_published_rota(self.problem, self.problem.unit.published))


class PublishedRotas:
    """The published rotas of a unit, each read when it is first asked for."""

    def __init__(self, connection: Connection, unit: StoredUnit, today: date) -> None:
        self._connection = connection
        self._unit = unit
        self._today = today
        self._read: dict[date, PublishedRota] = {}

    @cached_property
    def _versions(self) -> tuple[Version, ...]:
        return versions.list_in_force(self._connection, self._unit.id)

    def list_between(self, first: date, last: date) -> list[PublishedRota]:
        """The published rotas that share days with these dates, both included."""
        versions_between = [
            v for v in self._versions if v.period.first <= last and first <= v.period.last
        ]
        return [self._load(version) for version in versions_between]

    def find_holding(self, day: date) -> PublishedRota:
        """The published rota that holds the day. Raises NotPossible if there is none."""
        for rota in self.list_between(day, day):
            return rota
        raise NotPossible(f"No rota is published {in_words(day)}.")

    def find_sites(self, staff_no: str, day: date) -> str | None:
        """Where the officer is published to be that day, in words; None if there is no seat."""
        for in_force in self.list_between(day, day):
            of_day = in_force.find_day((staff_no, day))
            return of_day.sites if of_day else None
        return None

    def _load(self, version: Version) -> PublishedRota:
        first = version.period.first
        if first not in self._read:
            problem = build_published_problem(
                self._connection, self._unit, version.period, self._today
            )
            self._read[first] = PublishedRota(version, problem)
        return self._read[first]
