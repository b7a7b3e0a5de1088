"""What granting something changes in one published rota."""

from __future__ import annotations

from dataclasses import dataclass

from rota.domain import (
    ChangedDays,
    SeatsOfDay,
    count_days,
    flatten_days,
    group_by_day,
    list_plain,
)
from rota.effects import Effect, find_effects_between
from rota.explaining import Change
from rota.services.publishing.publication import find_changes, judge_published
from rota.services.requests.published_rotas import PublishedRota


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """What granting something changes in one published rota: the days before and after.

    A day that is only among those before has no seat any more.
    """

    in_force: PublishedRota
    days_before: tuple[SeatsOfDay, ...]
    days_after: tuple[SeatsOfDay, ...] = ()

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What it does to the findings of the rota."""
        planned = {(of_day.officer_day, of_day.part) for of_day in self.days_before}
        if planned.issuperset((of_day.officer_day, of_day.part) for of_day in self.days_after):
            return self.in_force.effects.find(
                seats_taken=list_plain(self.days_after), seats_given_up=list_plain(self.days_before)
            )
        return self._compute_effects_of_new_seats()

    @property
    def put(self) -> ChangedDays:
        """The days to publish; None where one falls away."""
        days_after = {of_day.officer_day: of_day for of_day in self.days_after}
        return {**dict.fromkeys(of_day.officer_day for of_day in self.days_before), **days_after}

    @property
    def days_taken_away(self) -> float:
        """How many days it leaves without a seat; half-days are halves of one."""
        before, after = (
            sum(seat.halves for of_day in days for seat in of_day.plain)
            for days in (self.days_before, self.days_after)
        )
        return count_days(before - after)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The same as changes of sites."""
        return find_changes(self.in_force.problem, self.put)

    @property
    def sites_before(self) -> str | None:
        """Where the officer of the one day was, in words; None if they were not planned."""
        return self.days_before[0].sites if self.days_before else None

    def _compute_effects_of_new_seats(self) -> tuple[Effect, ...]:
        """The effects where less was planned before: then rules ask for more afterwards."""
        problem = self.in_force.problem
        days = group_by_day(problem.unit.published)
        before = judge_published(problem, problem.unit.published)
        after = judge_published(problem, flatten_days({**days, **self.put}.values()))
        return find_effects_between(before, after)
