"""How a draft stands: the problem it is to solve, how it is judged, and what it changes."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, Engine

from rota.cache import Cache
from rota.checker import Judgement
from rota.domain import (
    ChangedDays,
    Period,
    Problem,
    PublishedSeat,
    Rota,
    SeatsByDay,
    SeatsOfDay,
    Unit,
    flatten_days,
    list_plain,
)
from rota.effects import Effects
from rota.errors import NotFound
from rota.explaining import Change
from rota.services.access.act import Act
from rota.services.drafts.draft_seats import DraftSeats, find_standing_seats
from rota.services.drafts.merging import (
    PublishedSince,
    load_published_since,
    merge_days,
)
from rota.services.drafts.rota_view import RotaView, TablesAfterMoves
from rota.services.publishing.publication import find_changes
from rota.services.units.planning_problem import (
    build_problem_of_draft,
    compute_draft_changes,
    load_tables,
)
from rota.store.rotas import draft_heads, drafts, versions
from rota.store.rotas.draft_heads import DraftHead
from rota.store.rotas.drafts import Draft
from rota.store.units.units import StoredUnit
from rota.writing.concerns import find_concerns
from rota.writing.grid import build_rows_after
from rota.writing.occupancy import count_occupancy_after

_MOST = 12
"""Views that are remembered; one of 185 officers over four weeks takes about 13 MB."""


@dataclass(frozen=True, kw_only=True)
class DraftView(RotaView, DraftSeats):
    """A draft, the problem it is to solve, how it is judged, and what it changes of the published.

    `newest` is the number of the unit's newest version, whatever its period. `unit_state` stands
    for all that the view follows from beside the draft.
    """

    unit_state: Hashable = field(repr=False)
    draft: Draft
    problem: Problem
    whole_problem: Problem
    judgement: Judgement
    changes: tuple[Change, ...]
    since: PublishedSince
    newest: int
    effects: Effects = field(repr=False, compare=False)
    tables: Unit = field(repr=False, compare=False)
    """The unit's tables and what is published, as they are kept."""
    seats: SeatsByDay = field(repr=False, compare=False)
    after_moves: TablesAfterMoves | None = field(default=None, repr=False, compare=False)

    @property
    def key(self) -> Hashable:
        return _key(self.unit_state, self.draft)

    @property
    def rota(self) -> Rota:
        return self.effects.rota


_VIEWS: Cache[DraftView] = Cache(most=_MOST)


def load_draft_view(
    connection: Connection, act: Act, unit: StoredUnit, start: date | None
) -> DraftView:
    """The draft as it stands, or NotFound, inside a transaction of the caller.

    The caller has written nothing yet, since what is found is remembered.
    """
    return load_view_of(connection, act, unit, find_draft(connection, unit, start))


def find_draft(connection: Connection, unit: StoredUnit, start: date | None) -> DraftHead:
    """The draft of the period that starts on the date, or the only one there is; or NotFound."""
    heads = draft_heads.list_heads(connection, unit.id)
    matching = [head for head in heads if start in (None, head.period.first)]
    if len(matching) != 1:
        raise NotFound(_say_no_draft(unit, heads, start))
    return matching[0]


def load_view_of(connection: Connection, act: Act, unit: StoredUnit, head: DraftHead) -> DraftView:
    """The same for a draft that is at hand."""
    newest = versions.find_newest_number(connection, unit.id)
    return _VIEWS.find(
        connection.engine,
        _key(_unit_state(act, unit, newest), head),
        lambda: build_draft_view(connection, act, unit, drafts.load_draft(connection, head)),
    )


def remember_view(engine: Engine, before: DraftView, after: DraftView) -> None:
    """Remember the view in place of that before, once it is kept."""
    _VIEWS.put(engine, after.key, after, instead_of=before.key)


def build_draft_view(connection: Connection, act: Act, unit: StoredUnit, draft: Draft) -> DraftView:
    """The view of the draft, whether it is stored yet or not; nothing is remembered."""
    tables = load_tables(connection, unit, draft.period)
    number = find_base(connection, unit, draft.period)
    since = load_published_since(connection, unit, draft, number)
    newest = versions.find_newest_number(connection, unit.id)
    seats_of_draft = flatten_days(merge_days(draft, since, tables.published))
    return _build_view(act, unit, draft, tables, seats_of_draft, since=since, newest=newest)


def _build_view(
    act: Act,
    unit: StoredUnit,
    draft: Draft,
    tables: Unit,
    seats_of_draft: Sequence[PublishedSeat],
    *,
    since: PublishedSince,
    newest: int,
) -> DraftView:
    """The view of the draft as if it had these seats."""
    whole = build_problem_of_draft(tables, unit.policy, draft.period, act.today, seats_of_draft)
    seats = find_standing_seats(whole, tables.published, seats_of_draft)
    rota = Rota.of(list_plain(seats.values()))
    effects = Effects(whole.leave_unplanned(rota), rota)
    new_days = compute_draft_changes(whole, seats_of_draft)
    return DraftView(
        unit_state=_unit_state(act, unit, newest),
        draft=draft,
        problem=effects.problem,
        whole_problem=whole,
        judgement=effects.judgement,
        changes=find_changes(whole, new_days) if tables.published else (),
        since=since,
        newest=newest,
        effects=effects,
        tables=tables,
        seats=seats,
    )


def build_view_after(
    act: Act,
    unit: StoredUnit,
    view: DraftView,
    new_days: ChangedDays,
) -> DraftView:
    """The view once these days, none of which is fixed, are in place of those before.

    Its draft is as before. Moves are judged by their difference alone, while locks, and days that
    were not planned or shall not be, change what is asked for, which takes as long as a first view.
    """
    moves = {
        officer_day: of_day
        for officer_day, of_day in new_days.items()
        if of_day and _is_move(view, of_day)
    }
    if len(moves) == len(new_days):
        return _build_view_after_moves(view, moves)
    seats_of_draft = drafts.compute_seats_after(view.drafted, new_days)
    return _build_view(
        act, unit, view.draft, view.tables, seats_of_draft, since=view.since, newest=view.newest
    )


def _is_move(view: DraftView, new: SeatsOfDay) -> bool:
    """Whether it is another way to spend what was planned of the day, locked or not as it was."""
    old = view.seats.get(new.officer_day)
    return old is not None and (old.is_locked, old.part) == (new.is_locked, new.part)


def find_base(connection: Connection, unit: StoredUnit, period: Period) -> int:
    """The number of the version that is in force for the period; 0 if none is."""
    in_force = {
        version.period: version.number for version in versions.list_in_force(connection, unit.id)
    }
    return in_force.get(period, 0)


def _unit_state(act: Act, unit: StoredUnit, newest: int) -> Hashable:
    """All that a view follows from but the draft: the unit's tables, what is published, the day."""
    return unit.id, unit.revision, newest, act.today


def _key(unit_state: Hashable, head: DraftHead) -> Hashable:
    return "draft", unit_state, head.id, head.revision, head.changed_at, head.stamp


def _build_view_after_moves(view: DraftView, days: SeatsByDay) -> DraftView:
    seats_taken = list_plain(days.values())
    seats_given_up = list_plain(view.seats[officer_day] for officer_day in days)
    effects = view.effects.build_after(seats_taken=seats_taken, seats_given_up=seats_given_up)
    other_changes = (c for c in view.changes if (c.staff_no, c.date) not in days)
    changes = find_changes(view.problem, days) if view.tables.published else ()
    return replace(
        view,
        judgement=effects.judgement,
        changes=tuple(sorted((*other_changes, *changes))),
        effects=effects,
        seats={**view.seats, **days},
        after_moves=TablesAfterMoves(
            rows=build_rows_after(view.rows, view.problem, seats_taken),
            occupancy=count_occupancy_after(
                view.occupancy, seats_taken=seats_taken, seats_given_up=seats_given_up
            ),
            concerns=find_concerns(effects.judgement, effects.rota.seats, before=view.concerns),
        ),
    )


def _say_no_draft(unit: StoredUnit, heads: Sequence[DraftHead], start: date | None) -> str:
    starts = [str(head.period.first) for head in heads]
    which = "" if start is None else f" that starts on {start}"
    there = f"There are drafts from {', '.join(starts)}; name one with --start" if starts else ""
    ask = f"ask for one: rota request-run --unit '{unit.name}'"
    return f"{unit.name} has no draft{which}. {there or ask[0].upper() + ask[1:]}."
