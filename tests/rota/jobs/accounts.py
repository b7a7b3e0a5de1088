"""What must be true of tiny units when every run has ended and every message is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select

from rota.checker import judge
from rota.domain import Rota
from rota.services.publishing.publication import PLANNED_BY_NIGHT
from rota.services.runs import run_status
from rota.store.databases.database import Database
from rota.store.runs.runs import DONE, DRAFT, NIGHT, Run
from rota.store.units.rows import table_of
from rota.tables import MessageTable, UnitTable
from tests.rota.jobs import tiny
from tests.rota.services.promises import (
    each_number_follows_the_one_before,
    one_seat_and_one_version_a_day,
    seen,
)
from tests.rota.services.sight import Sight, sight
from tests.stored import ONLOOKER

_MESSAGE = table_of(MessageTable)

MORE = "more"
"""What the keys of messages begin with that no run has written."""


def every_run_was_done_once(office: tiny.Office) -> None:
    """Whatever was planned is kept once: drafts, versions, changes and entries of the audit."""
    ended = run_status.list_latest(office.database, ONLOOKER, most=100_000)
    assert [(run.id, run.state, run.error) for run in ended if run.state != DONE] == []
    for name in office.units:
        now = sight(office.database, name)
        own = [run for run in ended if run.unit == name]
        _drafts_were_kept_once(now, [run for run in own if run.kind == DRAFT])
        _nights_were_published_once(now, [run for run in own if run.kind == NIGHT])
        each_number_follows_the_one_before(now)
        one_seat_and_one_version_a_day(now)
        _costs_are_the_checkers(now)


def every_message_was_written_once(office: tiny.Office) -> None:
    """One for each officer of a first version, one for each whose days a night changed."""
    wanted = Counter(key for name in office.units for key in _told(office, name))
    keys = Counter(keys_of(office.database))
    assert Counter({key: n for key, n in keys.items() if not key.startswith(MORE)}) == wanted


def keys_of(database: Database, *states: str) -> list[str]:
    """The keys of the messages in these states, or of all."""
    asked = select(_MESSAGE.c.key).order_by(_MESSAGE.c.id)
    if states:
        asked = asked.where(_MESSAGE.c.state.in_(states))
    with database.reading() as connection:
        return list(connection.scalars(asked))


def _drafts_were_kept_once(now: Sight, ended: list[Run]) -> None:
    """Every draft begins at revision 1, which rises by one with every run that is kept."""
    first, later = tiny.mondays()
    asked = Counter(run.start for run in ended)
    revisions = {draft.period.first: draft.revision for draft in now.drafts}
    assert revisions == ({later: asked[later]} if asked[later] else {})
    assert asked[first] == 1  # It was published, and is no draft any more.
    assert _audited(now)["planned a draft"] == len(ended)


def _nights_were_published_once(now: Sight, ended: list[Run]) -> None:
    """A night publishes at the instant at which its run ends, and nothing if nothing changed."""
    nights = [its for its in now.versions.values() if its.cause == PLANNED_BY_NIGHT]
    published = {its.published_at: len(now.changes[its.number]) for its in nights}
    assert len(published) == len(nights)
    told = {run.ended_at: run.result["changed"] for run in ended if run.result}
    assert len(told) == len(ended)
    assert published == {instant: changed for instant, changed in told.items() if changed}
    assert _audited(now)["published a version"] == len(now.versions)


def _audited(now: Sight) -> Counter[str]:
    return Counter(entry[3] for entry in now.audit)


def _costs_are_the_checkers(now: Sight) -> None:
    """Judged again: the newest version and the draft, where they are of the unit as it is."""
    number, version = max(now.versions.items())
    if version.planned_revision == now.revision:
        before = now.told.get(number - 1, ())
        problem = seen(now, version.period, before, (), today=tiny.today())
        rota = Rota.of(seat.seat for seat in now.told[number])
        assert judge(problem, rota).costs == version.costs
    for draft in now.drafts:
        if draft.planned_revision == now.revision:
            problem = seen(now, draft.period, (), (), today=tiny.today())
            rota = Rota.of(seat.seat for seat in draft.seats)
            assert judge(problem, rota).costs == draft.costs


def _told(office: tiny.Office, name: str) -> Iterator[str]:
    now = sight(office.database, name)
    with office.database.reading() as connection:
        unit = table_of(UnitTable)
        number = connection.scalar(select(unit.c.id).where(unit.c.name == name))
    nights = {
        run.ended_at: run.id
        for run in run_status.list_latest(office.database, ONLOOKER, unit=name, most=100_000)
        if run.kind == NIGHT
    }
    yield from (f"{number}/version/1/{who}" for who in tiny.STAFF)
    for version in now.versions.values():
        if version.cause == PLANNED_BY_NIGHT:
            people = {change.staff_no for change in now.changes[version.number]}
            run = nights[version.published_at]
            yield from (f"{number}/run/{run}/{who}" for who in people)
