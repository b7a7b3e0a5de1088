"""The people who are published to be at an office on a date, and its free desks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from rota.domain import FRIDAY, OFFICE, Policy, Unit, find_policy_on, has_half
from rota.errors import NotFound
from rota.reading import guess_name, list_bank_holidays
from rota.services.access.act import Act
from rota.services.units.lookup import find_unit
from rota.store.databases.database import Database
from rota.store.rotas import extra_days, own_changes, presence
from rota.store.rotas.presence import Present
from rota.store.units import units

PUBLISHED, NOT_PUBLISHED, WEEKEND, BANK_HOLIDAY, DAY_OFF = (
    "published",
    "not published",
    "weekend",
    "bank holiday",
    "day off",
)
"""What can be said of a date."""

_LOOKS_BACK = timedelta(weeks=4)
"""What held so long before a date is read too: no unit has more days off in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIsIn:
    """An office on a date, with the people who are published to be there and not away.

    `desks_by_half` has None where there is no limit; `elsewhere` counts the people at every other
    site. Somebody who is there for half a day has it as their part.
    `before` and `after` are the next days on which anybody works.
    """

    unit: str
    day: date
    state: str
    office: str | None
    offices: tuple[str, ...]
    people: tuple[Present, ...]
    desks_by_half: Mapping[str, int | None]
    elsewhere: Mapping[str, int]
    before: date
    after: date

    @property
    def desks(self) -> int | None:
        """The desks there are all day long; None without a limit."""
        return min((n for n in self.desks_by_half.values() if n is not None), default=None)

    @property
    def free(self) -> int | None:
        """Desks that nobody is to use at all; less than 0 if there are too few in a half.

        None without a limit.
        """
        free = (
            desks - sum(has_half(person.part, half) for person in self.people)
            for half, desks in self.desks_by_half.items()
            if desks is not None
        )
        return min(free, default=None)


def load_who_is_in(
    database: Database, act: Act, *, unit: str, day: date | None = None, office: str | None = None
) -> WhoIsIn:
    """An office of the unit on a date; today at the reader's own office unless others are named."""
    act.rights.must_see(unit)
    day = day or act.today
    with database.reading() as connection:
        stored_unit = find_unit(connection, unit)
        tables = units.load_around(connection, stored_unit.id, since=day - _LOOKS_BACK)
        everybody = presence.list_present(connection, stored_unit.id, tables, day)
        free = _FreeDays(tables, stored_unit.policy)
        before, after, is_extra = _find_days_around(connection, act, stored_unit.id, day, free)
        spans = own_changes.list_spans(connection, stored_unit.id)
    chosen_office = office or _find_usual_office(act, unit, tables, day)
    sites = {site.name: site for site in presence.list_sites(tables, day)}
    offices = tuple(name for name, site in sites.items() if site.kind == OFFICE)
    _refuse_unknown(chosen_office, offices)
    is_published = any(day in span.period for span in spans)
    state = PUBLISHED if is_published else NOT_PUBLISHED
    if not (is_extra and everybody):
        state = free.name(day) or state
    return WhoIsIn(
        unit=unit,
        day=day,
        state=state,
        office=chosen_office,
        offices=offices,
        people=tuple(person for person in everybody if person.site == chosen_office),
        desks_by_half=sites[chosen_office].desks if chosen_office else {},
        elsewhere=Counter(person.site for person in everybody if person.site != chosen_office),
        before=before,
        after=after,
    )


def _find_usual_office(act: Act, unit: str, tables: Unit, day: date) -> str | None:
    teams = (grant.team for grant in act.rights.grants if grant.unit == unit and grant.team)
    own_staff_no = act.rights.own.get(unit)
    return presence.find_usual_office(tables, day, staff_no=own_staff_no, team=next(teams, None))


def _refuse_unknown(office: str | None, offices: tuple[str, ...]) -> None:
    if office is not None and office not in offices:
        maybe = guess_name(office, offices)
        hint = f" Maybe {maybe}?" if maybe else ""
        raise NotFound(f"There is no office {office} here.{hint}")


@dataclass(frozen=True, slots=True)
class _FreeDays:
    """The days on which nobody works, by the policy of each."""

    tables: Unit
    policy: Policy

    def name(self, day: date) -> str | None:
        """Why nobody works on the day; None for a planning day."""
        if day.weekday() > FRIDAY:
            return WEEKEND
        if day in list_bank_holidays(day, day):
            return BANK_HOLIDAY
        policy = find_policy_on(day, self.tables.earlier_policies, self.policy)
        return DAY_OFF if day in policy.days_off else None

    def list_to_next(self, day: date, step: int) -> Iterator[date]:
        """The days from the one after it to the next planning day; backwards if the step is -1."""
        day += timedelta(days=step)
        while self.name(day):
            yield day
            day += timedelta(days=step)
        yield day


def _find_days_around(
    connection: Connection, act: Act, unit_id: int, day: date, free: _FreeDays
) -> tuple[date, date, bool]:
    """The planning day or extra day before the day, the one after, and if it is one itself."""
    before, after = (list(free.list_to_next(day, step)) for step in (-1, 1))
    free_days = [*before[:-1], *after[:-1], *([day] if free.name(day) else [])]
    extra = (
        extra_days.list_extra_days(connection, unit_id, free_days, today=act.today)
        if free_days
        else ()
    )
    day_before, day_after = (
        next((each for each in days if each in extra), days[-1]) for days in (before, after)
    )
    return day_before, day_after, day in extra
