"""What a swap would do, shown to those who are to say yes to it before they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.finding_rights import Consequence, find_consequences
from rota.services.requests.agreements import without_account
from rota.services.requests.lapsing import reason_to_lapse
from rota.services.requests.published_rotas import NotPossible, PublishedRotas
from rota.services.requests.request_messages import Officers, concerned, name_of
from rota.services.requests.request_states import AskSummary, asked, found, officers_of
from rota.services.requests.swap_fit import fitting
from rota.services.units.lookup import unit_named
from rota.store.databases.database import Database
from rota.store.requests.asks import SWAP, WAITING, WITH_COLLEAGUE, Ask
from rota.store.rotas import presence
from rota.store.rotas.presence import Present
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapView:
    """A swap as one of the two sees it: both places, and what would get worse or better.

    `is_across_teams` tells that somebody has to answer who manages both their teams, `has_account`
    whether the other one can agree here.
    """

    day: date
    colleague: str
    own: str
    theirs: str
    consequences: tuple[Consequence, ...]
    is_across_teams: bool
    has_account: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """Something asked for as one of those concerned sees it.

    `is_own` tells that it is the reader who asks; `swap` is what an open swap would do, `misfit`
    why it cannot be any more. Whoever agreed `may_take_back` that until somebody has decided.
    """

    asked: AskSummary
    is_own: bool
    swap: SwapView | None
    misfit: str
    may_withdraw: bool
    may_agree: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapChoices:
    """The colleagues with whom one can swap places on a day."""

    day: date
    own: str | None
    colleagues: tuple[Present, ...]


def swap_choices(
    database: Database, act: Act, *, unit: str, staff_no: str, day: date
) -> SwapChoices:
    """With whom the officer may think of a swap on that day."""
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        everybody = presence.list_present(connection, stored.id, day)
        own = next((its.site for its in everybody if its.staff_no == staff_no), None)
        rotas = PublishedRotas(connection, stored, act.today)
        others = tuple(
            its
            for its in everybody
            if its.site != own and _fits(rotas, act.today, day, staff_no, its.staff_no)
        )
    return SwapChoices(day=day, own=own, colleagues=others)


def look_at_swap(
    database: Database, act: Act, *, unit: str, staff_no: str, with_staff_no: str, day: date
) -> SwapView:
    """What the swap would do, for the officer who thinks of it. Raises Misfit if it cannot be."""
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        rotas = PublishedRotas(connection, stored, act.today)
        return _swap_look(
            connection, act, stored, rotas, day=day, own=staff_no, theirs=with_staff_no
        )


def look(database: Database, act: Act, *, unit: str, number: int) -> AskView:
    """What was asked for, for whoever asked or was asked for a swap."""
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        ask = found(connection, stored, number)
        reader = next((who for who in concerned(ask) if act.rights.is_officer(unit, who)), None)
        if reader is None:
            raise Forbidden("Only those who ask or are asked may see this.")
        officers = officers_of(connection, stored)
        swap, misfit = None, ""
        if ask.kind == SWAP and ask.is_open:
            try:
                swap = _swap_asked(connection, act, stored, ask, officers, reader)
            except NotPossible as error:
                misfit = str(error)
        return AskView(
            asked=asked(ask, officers, reader=reader),
            is_own=reader == ask.staff_no,
            swap=swap,
            misfit=misfit,
            may_withdraw=ask.is_open and reader == ask.staff_no,
            may_agree=ask.state == WITH_COLLEAGUE and reader == ask.with_staff_no,
            may_take_back=ask.state == WAITING and reader == ask.with_staff_no,
        )


def _fits(rotas: PublishedRotas, today: date, day: date, own: str, theirs: str) -> bool:
    try:
        fitting(rotas, today, day=day, own=own, theirs=theirs)
    except NotPossible:
        return False
    return True


def _swap_asked(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers, reader: str
) -> SwapView:
    """The swap as the reader sees it. Raises Misfit if it does not stand any more."""
    rotas = PublishedRotas(connection, unit, act.today)
    if reason := reason_to_lapse(ask, officers, rotas):
        raise NotPossible(reason)
    other = next(who for who in concerned(ask) if who != reader)
    return _swap_look(connection, act, unit, rotas, day=ask.day, own=reader, theirs=other)


def _swap_look(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    rotas: PublishedRotas,
    *,
    day: date,
    own: str,
    theirs: str,
) -> SwapView:
    swap = fitting(rotas, act.today, day=day, own=own, theirs=theirs, reader=own)
    officers = swap.in_force.problem.officers
    return SwapView(
        day=day,
        colleague=name_of(theirs, officers),
        own=swap.own.site,
        theirs=swap.theirs.site,
        consequences=find_consequences(swap.effects, knows=lambda who: who == own),
        is_across_teams=officers[own].team != officers[theirs].team,
        has_account=not without_account(connection, unit, {theirs}),
    )
