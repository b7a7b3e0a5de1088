"""An officer's own rota: where they are and with whom, what changed, and their office share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection

from rota.domain import WHOLE_DAY, Officer, Period, Week, list_settings, say_sites_by_part
from rota.errors import NotFound
from rota.services.access.act import Act
from rota.services.my_rota.days_in_lieu import DaysInLieu, load_days_in_lieu
from rota.services.my_rota.office_share import OfficeShare
from rota.services.my_rota.own_day import OwnDay
from rota.services.my_rota.own_days import OwnDays
from rota.services.units.lookup import find_unit
from rota.services.units.planning_problem import find_span
from rota.store.accounts import read_marks
from rota.store.databases.database import Database
from rota.store.rotas import circle, own_changes, versions
from rota.store.rotas.own_changes import OwnChange
from rota.store.units import history
from rota.store.units.units import StoredUnit

_LOOK_BACK = timedelta(weeks=list_settings()["over"].metadata["or_range"][-1])
"""How long before its periods an officer's terms may matter to their share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRota:
    """All that the reader's own page shows.

    `news` are the changes since the reader last marked them as read, up to the version `newest`;
    `linked_at` is when the newest calendar address that is still valid was made.
    """

    unit: str
    officer: Officer
    today: date
    next_two: tuple[OwnDay, ...]
    weeks: Mapping[Week, tuple[OwnDay, ...]]
    share: OfficeShare | None
    in_lieu: DaysInLieu
    news: tuple[OwnChange, ...]
    newest: int
    linked_at: datetime | None


def load_my_rota(database: Database, act: Act, *, unit: str, staff_no: str, user_id: int) -> MyRota:
    """What is published for the officer: the period that has begun, and all after it."""
    act.rights.must_be(unit, staff_no)
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        spans = own_changes.list_spans(connection, stored_unit.id)
        standing = own_changes.load_reading_state(
            connection, stored_unit.id, user_id=user_id, staff_no=staff_no
        )
        news = own_changes.list_changes(
            connection,
            stored_unit.id,
            staff_no,
            after=standing.seen_version,
            since=Week.of(act.today).monday,
        )
        published = [span.period for span in spans]
        days = _load_days(connection, stored_unit, published, act.today, staff_no)
        (in_lieu,) = load_days_in_lieu(
            connection, stored_unit, [days.officer], published, act.today
        )
    return MyRota(
        unit=unit,
        officer=days.officer,
        today=act.today,
        next_two=tuple(days.list_next_two()),
        weeks=days.list_weeks(),
        share=days.compute_share(),
        in_lieu=in_lieu,
        news=tuple(_join_halves(news)),
        newest=max((span.version for span in spans), default=0),
        linked_at=standing.linked_at,
    )


def _join_halves(changes: Iterable[OwnChange]) -> Iterator[OwnChange]:
    """The changes with what one version made of the halves of a day as one, its sites in words."""
    for _, group in groupby(changes, key=lambda change: (change.date, change.version)):
        of_day = tuple(group)
        yield of_day[0]._replace(
            before=say_sites_by_part((change.part, change.before) for change in of_day),
            after=say_sites_by_part((change.part, change.after) for change in of_day),
            reason=" ".join(dict.fromkeys(change.reason for change in of_day if change.reason)),
            part=of_day[0].part if len(of_day) == 1 else WHOLE_DAY,
        )


def mark_as_read(database: Database, act: Act, *, unit: str, user_id: int, version: int) -> None:
    """Mark the changes of this version and earlier ones as read, so that they are not news."""
    act.rights.must_see(unit)
    with database.writing() as connection:
        stored_unit = find_unit(connection, unit)
        newest = versions.find_newest_number(connection, stored_unit.id)
        read_marks.mark(connection, user_id, stored_unit.id, version=min(version, newest))


def _load_days(
    connection: Connection,
    unit: StoredUnit,
    published: Sequence[Period],
    today: date,
    staff_no: str,
) -> OwnDays:
    """The days of the periods that have not ended before this week."""
    monday = Week.of(today).monday
    periods = [period for period in published if period.last >= monday]
    first = min([monday, *(period.first for period in periods)])
    last = max([monday, *(period.last for period in periods)])
    tables = circle.load_circle(connection, unit.id, staff_no, since=first - _LOOK_BACK)
    if staff_no not in {officer.staff_no for officer in tables.officers}:
        raise NotFound(f"{staff_no} is not a staff number in {unit.name}.")
    spans = [find_span(tables.earlier_policies, unit.policy, p) for p in periods[:1]]
    since = min([first, *(span.first for span in spans)])
    people = tables.officers_ever
    around = replace(
        tables,
        away=circle.list_away(connection, unit.id, people, first=since, last=last),
        published=circle.list_seats(connection, unit.id, people, first=first, last=last),
    )
    if spans != periods[:1]:
        dates = {"first": since, "last": periods[0].first - timedelta(days=1)}
        around = replace(
            around,
            published_before=circle.list_seats(connection, unit.id, [staff_no], **dates),
            history=history.load(connection, unit.id, staff_no=staff_no, **dates),
        )
    return OwnDays(around, unit.policy, staff_no=staff_no, periods=periods, today=today)
