"""What waits for a manager's answer, and what granting each of it would do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from rota.services.access.act import Act
from rota.services.access.finding_rights import Consequence
from rota.services.answers.grant_effects import (
    compute_grant_seal,
    compute_misfit_seal,
    may_note,
    weigh_grant,
)
from rota.services.requests.agreements import find_without_account, list_teams, may_answer
from rota.services.requests.lapsing import find_reason_to_lapse
from rota.services.requests.published_rotas import NotPossible, PublishedRotas
from rota.services.requests.request_messages import Officers
from rota.services.requests.request_states import AskSummary, load_officers, summarise_ask
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.requests import asks
from rota.store.requests.asks import (
    GRANTED,
    LAPSED,
    NOTED,
    OPEN,
    REFUSED,
    SWAP,
    WAITING,
    WITH_COLLEAGUE,
    Ask,
)
from rota.store.units.units import StoredUnit

ANSWERED = (GRANTED, NOTED, REFUSED, LAPSED)
"""The states in which managers still see an ask after it has ended."""

MOST_ANSWERED = 30
"""So many answered asks are shown, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToAnswer:
    """Something that waits for a manager, and what granting it would do.

    `misfit` says why it cannot be granted as things are; `may_answer` whether the reader manages
    everybody concerned, and is none of them; `may_note` whether it can be noted for the next rota
    instead of being granted. If it `lacks_agreement`, the colleague has no account, and somebody
    who may answer has to agree for them first. The `seal` is sent back with the answer, so that
    nothing else is granted than what is shown here.
    """

    summary: AskSummary
    teams: tuple[str, ...]
    consequences: tuple[Consequence, ...]
    notes: tuple[str, ...]
    misfit: str
    may_answer: bool
    may_note: bool
    seal: str
    lacks_agreement: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """What waits in the reader's teams, the longest waiting first, and what was answered lately."""

    unit: str
    teams: tuple[str, ...]
    waiting: tuple[AskToAnswer, ...]
    answered: tuple[AskSummary, ...]


def load_inbox(database: Database, act: Act, *, unit: str, team: str | None = None) -> Inbox:
    """What waits in all teams that the reader manages, or in one of them."""
    act.rights.must_manage(unit, team)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        officers = load_officers(connection, stored_unit, act.today)
        rotas = PublishedRotas(connection, stored_unit, act.today)
        waiting = _list_waiting(connection, stored_unit)
        answered = asks.list_in_states(connection, stored_unit.id, ANSWERED, most=MOST_ANSWERED)
        managed_teams = {
            officer.team for officer in officers.values() if act.rights.manages(unit, officer.team)
        }

        def is_own(ask: Ask) -> bool:
            teams = {team} if team else managed_teams
            return any(officer_team in teams for officer_team in list_teams(ask, officers)) or (
                not list_teams(ask, officers) and act.rights.manages_whole(unit)
            )

        return Inbox(
            unit=unit,
            teams=tuple(sorted(managed_teams)),
            waiting=tuple(
                _weigh_ask(act, unit, ask, officers, rotas, stored_unit.policy.days_off)
                for ask in reversed(waiting)
                if is_own(ask)
            ),
            answered=tuple(summarise_ask(ask, officers) for ask in answered if is_own(ask)),
        )


def _list_waiting(connection: Connection, unit: StoredUnit) -> tuple[Ask, ...]:
    """What waits for a manager, and the swaps to which one has to agree for a colleague."""
    opened = asks.list_in_states(connection, unit.id, OPEN)
    colleagues = {ask.with_staff_no or "" for ask in opened if ask.state == WITH_COLLEAGUE}
    cannot_agree = find_without_account(connection, unit, colleagues)
    return tuple(ask for ask in opened if ask.state == WAITING or ask.with_staff_no in cannot_agree)


def _weigh_ask(
    act: Act,
    unit: str,
    ask: Ask,
    officers: Officers,
    rotas: PublishedRotas,
    days_off: Collection[date],
) -> AskToAnswer:
    def may_know(staff_no: str) -> bool:
        officer = officers.get(staff_no)
        return officer is not None and act.rights.manages(unit, officer.team)

    consequences: tuple[Consequence, ...] = ()
    notes: tuple[str, ...] = ()
    misfit = seal = ""
    try:
        if ask.kind == SWAP and (reason := find_reason_to_lapse(ask, officers, rotas)):
            raise NotPossible(reason)
        consequences, notes = weigh_grant(ask, rotas, act.today, may_know, officers)
        seal = compute_grant_seal(ask, rotas, act.today)
    except NotPossible as error:
        misfit = str(error)
        seal = compute_misfit_seal(error)
    return AskToAnswer(
        summary=summarise_ask(ask, officers, days_off=days_off),
        teams=list_teams(ask, officers),
        consequences=consequences,
        notes=notes,
        misfit=misfit,
        may_answer=may_answer(act, unit, ask, officers),
        may_note=may_note(ask, act.today),
        seal=seal,
        lacks_agreement=ask.state == WITH_COLLEAGUE,
    )
