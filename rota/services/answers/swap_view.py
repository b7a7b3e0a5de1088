"""An ask as those concerned see it, and what a swap would do before they agree to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rota.errors import Forbidden
from rota.services.access.act import Act
from rota.services.access.finding_rights import Consequence, find_consequences
from rota.services.requests.agreements import find_without_account
from rota.services.requests.lapsing import find_reason_to_lapse
from rota.services.requests.published_rotas import NotPossible, PublishedRotas
from rota.services.requests.request_messages import Officers, find_name, list_concerned
from rota.services.requests.request_states import AskSummary, find_ask, load_officers, summarise_ask
from rota.services.requests.swap_fit import fit_swap
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.requests.asks import SWAP, WAITING, WITH_COLLEAGUE, Ask
from rota.store.rotas import presence
from rota.store.rotas.presence import Present
from rota.store.units import units
from rota.store.units.units import StoredUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapView:
    """A swap as one of the two sees it: both sites, and what would get worse or better.

    If it `is_across_teams`, somebody has to answer who manages both teams. `has_account` says
    whether the colleague can agree here.
    """

    day: date
    colleague: str
    own_site: str
    colleague_site: str
    consequences: tuple[Consequence, ...]
    is_across_teams: bool
    has_account: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    """An ask as the officer who asks, or the colleague, sees it.

    `is_own` says that the reader asks; `swap` is what an open swap would do, `misfit` why it is not
    possible any more. A colleague who agreed `may_take_back` that until somebody has decided.
    """

    summary: AskSummary
    is_own: bool
    swap: SwapView | None
    misfit: str
    may_withdraw: bool
    may_agree: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapChoices:
    """The colleagues with whom one can swap on a day."""

    day: date
    own_site: str | None
    colleagues: tuple[Present, ...]


def list_swap_choices(
    database: Database, act: Act, *, unit: str, staff_no: str, day: date
) -> SwapChoices:
    """The colleagues with whom the officer could swap on that day."""
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        tables = units.load_around(connection, stored_unit.id, since=day)
        everybody = presence.list_present(connection, stored_unit.id, tables, day)
        own_site = next((person.site for person in everybody if person.staff_no == staff_no), None)
        rotas = PublishedRotas(connection, stored_unit, act.today)
        colleagues = tuple(
            person
            for person in everybody
            if person.site != own_site
            and _is_possible(rotas, act.today, day, staff_no, person.staff_no)
        )
    return SwapChoices(day=day, own_site=own_site, colleagues=colleagues)


def load_swap_view(
    database: Database, act: Act, *, unit: str, staff_no: str, with_staff_no: str, day: date
) -> SwapView:
    """What the swap would do, for the officer who thinks of it.

    Raises NotPossible if it cannot be.
    """
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        rotas = PublishedRotas(connection, stored_unit, act.today)
        return _view_swap(
            connection,
            act,
            stored_unit,
            rotas,
            day=day,
            staff_no=staff_no,
            with_staff_no=with_staff_no,
        )


def load_ask_view(database: Database, act: Act, *, unit: str, number: int) -> AskView:
    """What was asked for, for whoever asked or was asked for a swap."""
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        ask = find_ask(connection, stored_unit, number)
        reader = next(
            (staff_no for staff_no in list_concerned(ask) if act.rights.is_officer(unit, staff_no)),
            None,
        )
        if reader is None:
            raise Forbidden("Only those who ask or are asked may see this.")
        officers = load_officers(connection, stored_unit, act.today)
        swap, misfit = None, ""
        if ask.kind == SWAP and ask.is_open:
            try:
                swap = _view_asked_swap(connection, act, stored_unit, ask, officers, reader)
            except NotPossible as error:
                misfit = str(error)
        return AskView(
            summary=summarise_ask(ask, officers, reader=reader),
            is_own=reader == ask.staff_no,
            swap=swap,
            misfit=misfit,
            may_withdraw=ask.is_open and reader == ask.staff_no,
            may_agree=ask.state == WITH_COLLEAGUE and reader == ask.with_staff_no,
            may_take_back=ask.state == WAITING and reader == ask.with_staff_no,
        )


def _is_possible(
    rotas: PublishedRotas, today: date, day: date, staff_no: str, with_staff_no: str
) -> bool:
    try:
        fit_swap(rotas, today, day=day, staff_no=staff_no, with_staff_no=with_staff_no)
    except NotPossible:
        return False
    return True


def _view_asked_swap(
    connection: Connection, act: Act, unit: StoredUnit, ask: Ask, officers: Officers, reader: str
) -> SwapView:
    """The swap as the reader sees it. Raises NotPossible if it has to lapse."""
    rotas = PublishedRotas(connection, unit, act.today)
    if reason := find_reason_to_lapse(ask, officers, rotas):
        raise NotPossible(reason)
    colleague = next(staff_no for staff_no in list_concerned(ask) if staff_no != reader)
    return _view_swap(
        connection, act, unit, rotas, day=ask.day, staff_no=reader, with_staff_no=colleague
    )


def _view_swap(
    connection: Connection,
    act: Act,
    unit: StoredUnit,
    rotas: PublishedRotas,
    *,
    day: date,
    staff_no: str,
    with_staff_no: str,
) -> SwapView:
    swap = fit_swap(
        rotas, act.today, day=day, staff_no=staff_no, with_staff_no=with_staff_no, reader=staff_no
    )
    officers = swap.in_force.problem.officers
    return SwapView(
        day=day,
        colleague=find_name(with_staff_no, officers),
        own_site=swap.own.sites,
        colleague_site=swap.colleague.sites,
        consequences=find_consequences(swap.effects, knows=lambda person: person == staff_no),
        is_across_teams=officers[staff_no].team != officers[with_staff_no].team,
        has_account=not find_without_account(connection, unit, {with_staff_no}),
    )
