"""What waits for a manager's answer, and what each yes would do."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from rota.services.access.act import Act
from rota.services.access.finding_rights import Consequence
from rota.services.answers.grant_effects import (
    compute_grant_seal,
    compute_misfit_seal,
    may_note,
    weigh,
)
from rota.services.requests.agreements import may_answer, teams_of, without_account
from rota.services.requests.lapsing import reason_to_lapse
from rota.services.requests.published_rotas import NotPossible, PublishedRotas
from rota.services.requests.request_messages import Officers
from rota.services.requests.request_states import AskSummary, asked, officers_of
from rota.services.units.lookup import unit_named
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
"""What became of those that managers read of later."""

MOST_ANSWERED = 30
"""So many of those that are answered are shown, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAnswer:
    """Something that waits for a manager, and what granting it would do.

    `misfit` tells why it cannot be granted as things are; `may_answer` whether the reader manages
    everybody concerned, and is none of them; `may_note` whether it can be noted for the next rota
    instead of being granted. Where it `lacks_agreement`, the colleague has no
    account, and whoever may answer agrees for them first. The `seal` goes back with a yes, so that
    it is to nothing else than is told here.
    """

    asked: AskSummary
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
    waiting: tuple[ToAnswer, ...]
    answered: tuple[AskSummary, ...]


def inbox(database: Database, act: Act, *, unit: str, team: str | None = None) -> Inbox:
    """What waits in all teams that the reader manages, or in one of them."""
    act.rights.must_manage(unit, team)
    with database.reading() as connection:
        stored = unit_named(connection, unit)
        officers = officers_of(connection, stored)
        rotas = PublishedRotas(connection, stored, act.today)
        waiting = _waiting(connection, stored)
        answered = asks.in_states(connection, stored.id, ANSWERED, most=MOST_ANSWERED)
        own = {its.team for its in officers.values() if act.rights.manages(unit, its.team)}

        def is_own(ask: Ask) -> bool:
            teams = {team} if team else own
            return any(its in teams for its in teams_of(ask, officers)) or (
                not teams_of(ask, officers) and act.rights.manages_whole(unit)
            )

        return Inbox(
            unit=unit,
            teams=tuple(sorted(own)),
            waiting=tuple(
                _to_answer(act, unit, ask, officers, rotas)
                for ask in reversed(waiting)
                if is_own(ask)
            ),
            answered=tuple(asked(ask, officers) for ask in answered if is_own(ask)),
        )


def _waiting(connection: Connection, unit: StoredUnit) -> tuple[Ask, ...]:
    """What waits for a manager, and the swaps to which one has to agree for a colleague."""
    opened = asks.in_states(connection, unit.id, OPEN)
    colleagues = {ask.with_staff_no or "" for ask in opened if ask.state == WITH_COLLEAGUE}
    cannot_agree = without_account(connection, unit, colleagues)
    return tuple(ask for ask in opened if ask.state == WAITING or ask.with_staff_no in cannot_agree)


def _to_answer(
    act: Act, unit: str, ask: Ask, officers: Officers, rotas: PublishedRotas
) -> ToAnswer:
    def knows(staff_no: str) -> bool:
        officer = officers.get(staff_no)
        return officer is not None and act.rights.manages(unit, officer.team)

    told: tuple[Consequence, ...] = ()
    notes: tuple[str, ...] = ()
    misfit = seal = ""
    try:
        if ask.kind == SWAP and (reason := reason_to_lapse(ask, officers, rotas)):
            raise NotPossible(reason)
        told, notes = weigh(ask, rotas, act.today, knows, officers)
        seal = compute_grant_seal(ask, rotas, act.today)
    except NotPossible as error:
        misfit = str(error)
        seal = compute_misfit_seal(error)
    return ToAnswer(
        asked=asked(ask, officers),
        teams=teams_of(ask, officers),
        consequences=told,
        notes=notes,
        misfit=misfit,
        may_answer=may_answer(act, unit, ask, officers),
        may_note=may_note(ask, act.today),
        seal=seal,
        lacks_agreement=ask.state == WITH_COLLEAGUE,
    )
