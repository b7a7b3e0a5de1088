"""The board: the rota of some weeks, officers by days, as the draft has it or as published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import chain

from sqlalchemy import Connection

from rota.checker import Judgement, Misfit
from rota.domain import MONDAY, OfficerDay, Period, Problem, Week
from rota.services.access.act import Act
from rota.services.access.finding_rights import Teams, list_known_teams
from rota.services.drafts.draft_view import DraftView, load_view_of
from rota.services.drafts.published_view import PublishedView, load_published_view
from rota.services.drafts.rota_view import NO_BREACHES, ReadableBreaches, RotaView
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import draft_heads, versions
from rota.store.rotas.draft_heads import DraftHead
from rota.store.rotas.drafts import Draft
from rota.store.rotas.versions import Version
from rota.store.units.units import StoredUnit

MOST_WEEKS = 4
"""Weeks that a board shows at most."""


class RotaChoice(StrEnum):
    """Which rota of a period is rota_choice: the draft where there is one, or the published one."""

    NEWEST = "newest"
    PUBLISHED = "published"


@dataclass(frozen=True, kw_only=True)
class BoardSheet:
    """The rota of a period, of which some weeks are shown.

    `version` is in force for the period, if any is. Where a draft is shown it is told as `draft`;
    `has_draft` tells that there is one. Only managers are told of drafts and of breaches; what
    concerns one or two people is told to those of `known_teams`, None for all. Of officers who are
    in one of `teams` on a day, the reader may move the seat.
    """

    unit: str
    period: Period
    days: tuple[date, ...]
    today: date
    version: Version | None
    draft: Draft | None
    has_draft: bool
    view: RotaView
    tells_breaches: bool
    teams: frozenset[str]
    known_teams: Teams

    @property
    def problem(self) -> Problem:
        return self.view.problem

    def is_managed(self, staff_no: str) -> bool:
        """Whether the reader manages a team in which the officer is at some time of the period."""
        return not self.teams.isdisjoint(self.problem.teams_of[staff_no])

    @cached_property
    def breaches(self) -> ReadableBreaches:
        """The breaches as the reader may know them; none for those who are not told of any."""
        if not self.tells_breaches:
            return NO_BREACHES
        return self.view.breaches_for(self.known_teams)

    @property
    def misfits(self) -> Sequence[Misfit]:
        return self.view.judgement.misfits if self.tells_breaches else ()

    @cached_property
    def locked(self) -> frozenset[OfficerDay]:
        """The officers' days that planning may not change."""
        draft_view = self.draft_view
        published = chain.from_iterable(self.problem.published.values())
        seats = draft_view.drafted if draft_view else published
        return frozenset(seat.officer_day for seat in seats if seat.locked)

    @cached_property
    def by_hand(self) -> frozenset[OfficerDay]:
        """The officers' days of a draft whose seats were moved by hand."""
        days = self.draft_view.by_hand if self.draft_view else ()
        return frozenset(of_day.officer_day for of_day in days)

    @property
    def draft_view(self) -> DraftView | None:
        """The draft that is shown, if one is."""
        return self.view if isinstance(self.view, DraftView) else None

    @property
    def weeks(self) -> int:
        """The weeks that are shown."""
        return sum(day.weekday() == MONDAY for day in self.days)

    @property
    def has_weekends(self) -> bool:
        """Whether an extra day at a weekend is shown."""
        return not self.problem.weekend_days.isdisjoint(self.days)

    @property
    def fixed_until(self) -> date:
        """The last day that may not be changed."""
        return self.problem.fixed_until

    @property
    def judgement(self) -> Judgement:
        return self.view.judgement


@dataclass(frozen=True, kw_only=True)
class Board:
    """The periods that have a rota, by date, and the one that holds the day wanted, if any does."""

    periods: tuple[Period, ...]
    sheet: BoardSheet | None


def load_board(
    database: Database,
    act: Act,
    *,
    unit: str,
    start: date | None = None,
    weeks: int = MOST_WEEKS,
    rota_choice: RotaChoice = RotaChoice.NEWEST,
) -> Board:
    """The weeks from that of the date on, within its period; without a date, from today's on."""
    act.rights.must_see(unit)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        in_force = versions.list_in_force(connection, stored_unit.id)
        heads = (
            draft_heads.list_heads(connection, stored_unit.id) if act.rights.manages(unit) else ()
        )
        periods = _list_periods(in_force, heads)
        period = _choose_period(periods, start or act.today, is_near=start is None)
        if period is None:
            return Board(periods=periods, sheet=None)
        version = next((v for v in in_force if v.period == period), None)
        head = next((h for h in heads if h.period.first == period.first), None)
        view = _load_view(
            connection, act, stored_unit, in_force, period, rota_choice, version, head
        )
    days = _list_days(view.problem, start or act.today, weeks)
    has_draft = head is not None
    sheet = _build_sheet(act, unit, view, days, version=version, has_draft=has_draft)
    return Board(periods=periods, sheet=sheet)


def _load_view(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    in_force: Sequence[Version],
    period: Period,
    rota_choice: RotaChoice,
    version: Version | None,
    head: DraftHead | None,
) -> DraftView | PublishedView:
    if head is not None and (version is None or rota_choice is not RotaChoice.PUBLISHED):
        return load_view_of(connection, act, unit, head)
    newest = max(version.number for version in in_force)
    return load_published_view(connection, act, unit, newest, period)


def build_sheet(
    act: Act, draft_view: DraftView, *, unit: str, start: date, weeks: int
) -> BoardSheet:
    """A draft that is at hand, from the week of the date on; the version is left out."""
    act.rights.must_manage(unit)
    return _build_sheet(act, unit, draft_view, _list_days(draft_view.problem, start, weeks))


def _build_sheet(
    act: Act,
    unit: str,
    view: DraftView | PublishedView,
    days: tuple[date, ...],
    *,
    version: Version | None = None,
    has_draft: bool = True,
) -> BoardSheet:
    return BoardSheet(
        unit=unit,
        period=view.problem.period,
        days=days,
        today=act.today,
        version=version,
        draft=view.draft if isinstance(view, DraftView) else None,
        has_draft=has_draft,
        view=view,
        tells_breaches=act.rights.manages(unit),
        teams=frozenset(team for team in view.problem.teams if act.rights.manages(unit, team)),
        known_teams=list_known_teams(act.rights, unit, view.problem),
    )


def _list_periods(in_force: Sequence[Version], heads: Sequence[DraftHead]) -> tuple[Period, ...]:
    periods = (*(head.period for head in heads), *(version.period for version in in_force))
    by_first = {period.first: period for period in periods}
    return tuple(by_first[first] for first in sorted(by_first))


def _choose_period(periods: Sequence[Period], day: date, *, is_near: bool) -> Period | None:
    """The period that holds the day; if a near one does too, the next one or else the last."""
    for period in periods:
        if day in period or (is_near and day < period.first):
            return period
    return periods[-1] if periods and is_near else None


def _list_days(problem: Problem, day: date, weeks: int) -> tuple[date, ...]:
    """The days of so many weeks of the period, from that of the day on or else the first.

    They are Monday to Friday, bank holidays and days off included, and extra days at weekends.
    """
    period = problem.period
    first = Week.of(day).monday if day in period else period.first
    shown_weeks = [week for week in problem.weeks if week.monday >= first]
    most = min(max(weeks, 1), MOST_WEEKS)
    return tuple(chain.from_iterable(map(problem.list_days, shown_weeks[:most])))
