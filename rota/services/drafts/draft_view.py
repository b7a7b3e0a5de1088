"""How a draft stands: the problem it is to solve, how it is judged, and what it changes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection, Engine

from rota.checker import Judgement
from rota.domain import OfficerDay, Period, Problem, PublishedSeat, Rota, Unit
from rota.effects import Effects
from rota.errors import NotFound
from rota.explaining import Change
from rota.services.access.act import Act
from rota.services.drafts.cache import Cache
from rota.services.drafts.draft_seats import DraftSeats, seats_standing
from rota.services.drafts.merging import Places, PublishedSince, merged, published_since
from rota.services.drafts.rota_view import EarlierView, RotaView
from rota.services.publishing.publication import changes_made
from rota.services.units.planning_problem import build_problem_of_draft, compute_draft_changes
from rota.store.rotas import drafts, versions
from rota.store.rotas.drafts import Draft, Head
from rota.store.units import units
from rota.store.units.units import StoredUnit
from rota.writing.concerns import concerns
from rota.writing.grid import build_rows_after
from rota.writing.occupancy import count_occupancy_after

_MOST = 12
"""Looks that are remembered; one of 185 officers over four weeks takes about 13 MB."""


@dataclass(frozen=True, kw_only=True)
class DraftView(RotaView, DraftSeats):
    """A draft, the problem it is to solve, how it is judged, and what it changes of the published.

    `newest` is the number of the unit's newest version, whatever its period.
    """

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

    @property
    def rota(self) -> Rota:
        return self.effects.rota


_VIEWS = ("seats", "rows", "occupancy", "concerns", "earlier")
"""The views of a look that the next one takes over, but for what a move changes of them."""

_LOOKS: Cache[DraftView] = Cache(most=_MOST)


def looked_at(connection: Connection, act: Act, unit: StoredUnit, start: date | None) -> DraftView:
    """The draft as it stands, or NotFound, inside a transaction of the caller.

    The caller has written nothing yet, since what is found is remembered.
    """
    return look_of(connection, act, unit, meant(connection, unit, start))


def meant(connection: Connection, unit: StoredUnit, start: date | None) -> Head:
    """The draft of the period that starts on the date, or the only one there is; or NotFound."""
    heads = drafts.heads(connection, unit.id)
    those = [head for head in heads if start in (None, head.period.first)]
    if len(those) != 1:
        raise NotFound(_no_draft(unit, heads, start))
    return those[0]


def look_of(connection: Connection, act: Act, unit: StoredUnit, head: Head) -> DraftView:
    """The same for a draft that is at hand."""
    newest = versions.newest_number(connection, unit.id)
    return _LOOKS.find(
        connection.engine,
        _key(act, unit, newest, head),
        lambda: new_look(connection, act, unit, drafts.with_seats(connection, head)),
    )


def remember(
    engine: Engine, act: Act, unit: StoredUnit, newest: int, was: Head, look: DraftView
) -> None:
    """Remember the look in place of that before, once it is kept."""
    key = _key(act, unit, newest, look.draft)
    _LOOKS.put(engine, key, look, instead_of=_key(act, unit, newest, was))


def new_look(connection: Connection, act: Act, unit: StoredUnit, draft: Draft) -> DraftView:
    """A look at the draft, whether it is kept yet or not; nothing is remembered."""
    published = versions.seats_in_force(connection, unit.id, draft.period)
    tables = replace(units.load(connection, unit.id), published=published)
    number = base_of(connection, unit, draft.period)
    since = published_since(connection, unit, draft, number)
    newest = versions.newest_number(connection, unit.id)
    drafted = tuple(merged(draft, since, published))
    return _look(act, unit, draft, tables, drafted, since=since, newest=newest)


def _look(
    act: Act,
    unit: StoredUnit,
    draft: Draft,
    tables: Unit,
    drafted: Sequence[PublishedSeat],
    *,
    since: PublishedSince,
    newest: int,
) -> DraftView:
    """A look at the draft as if it had these seats."""
    whole = build_problem_of_draft(tables, unit.policy, draft.period, act.today, drafted)
    seats = seats_standing(whole, tables.published, drafted)
    rota = Rota.of(seat.seat for seat in seats.values())
    effects = Effects(whole.leave_unplanned(rota), rota)
    put = compute_draft_changes(whole, drafted)
    look = DraftView(
        draft=draft,
        problem=effects.problem,
        whole_problem=whole,
        judgement=effects.judgement,
        changes=changes_made(whole, put) if tables.published else (),
        since=since,
        newest=newest,
        effects=effects,
        tables=tables,
    )
    vars(look).update(seats=seats)
    return look


def look_after(
    act: Act, unit: StoredUnit, look: DraftView, put: Mapping[OfficerDay, PublishedSeat | None]
) -> DraftView:
    """The look when these seats, none of which is fixed, take the place of those that were.

    Its draft is as before. Moves are judged by their difference alone, while locks, and days that
    were not planned or shall not be, change what is asked for, which takes as long as a first look.
    """
    moved = {place: seat for place, seat in put.items() if seat and _moves(look, place, seat)}
    if len(moved) == len(put):
        return _moved(look, moved)
    drafted = drafts.seats_after(look.drafted, put)
    return _look(act, unit, look.draft, look.tables, drafted, since=look.since, newest=look.newest)


def _moves(look: DraftView, place: OfficerDay, seat: PublishedSeat) -> bool:
    """Whether the seat is another of the same day, which is locked or not as it was."""
    was = look.seats.get(place)
    return was is not None and was.locked == seat.locked


def with_draft(look: DraftView, draft: Draft) -> DraftView:
    """The look at the draft as it is kept now, with the seats of the look."""
    after = replace(look, draft=draft)
    made = vars(look)
    vars(after).update({name: made[name] for name in _VIEWS if name in made})
    return after


def base_of(connection: Connection, unit: StoredUnit, period: Period) -> int:
    """The number of the version that is in force for the period; 0 if none is."""
    in_force = {its.period: its.number for its in versions.in_force(connection, unit.id)}
    return in_force.get(period, 0)


def _key(act: Act, unit: StoredUnit, newest: int, head: Head) -> Hashable:
    """All that a look follows from: the unit's tables, what is published, the draft and the day."""
    state = (head.id, head.revision, head.changed_at, head.stamp)
    return (unit.id, unit.revision, newest, *state, act.today)


def _moved(look: DraftView, seats: Places) -> DraftView:
    taken = [seat.seat for seat in seats.values()]
    given_up = [look.seats[place].seat for place in seats]
    effects = look.effects.build_after(taken=taken, given_up=given_up)
    others = (its for its in look.changes if (its.staff_no, its.date) not in seats)
    changes = changes_made(look.problem, seats) if look.tables.published else ()
    after = replace(
        look,
        judgement=effects.judgement,
        changes=tuple(sorted((*others, *changes))),
        effects=effects,
    )
    vars(after).update(
        seats={**look.seats, **seats},
        rows=build_rows_after(look.rows, look.problem, taken),
        occupancy=count_occupancy_after(look.occupancy, taken=taken, given_up=given_up),
        concerns=concerns(after.judgement, after.rota.seats, before=look.concerns),
        earlier=_earlier(look),
    )
    return after


def _earlier(look: DraftView) -> EarlierView | None:
    """What was shown last: of this look, or if nothing was, of one before it."""
    if not look.views:
        return look.earlier
    return EarlierView(look.rows, look.told, look.views)


def _no_draft(unit: StoredUnit, heads: Sequence[Head], start: date | None) -> str:
    starts = [str(head.period.first) for head in heads]
    which = "" if start is None else f" that starts on {start}"
    there = f"There are drafts from {', '.join(starts)}; name one with --start" if starts else ""
    ask = f"ask for one: rota request-run --unit '{unit.name}'"
    return f"{unit.name} has no draft{which}. {there or ask[0].upper() + ask[1:]}."
