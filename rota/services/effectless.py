"""Whether something asked for would have any effect, as things are."""

from __future__ import annotations

from datetime import date

from rota.domain import HOME, WEEKDAYS, Officer, Unit
from rota.remarks.workdays import Workdays, days_of
from rota.store.asks import DAY, LEAVE, Ask
from rota.writing.asking import no_home_office, no_work_on, no_work_then


def no_effect(ask: Ask, officer: Officer, *, name: str) -> str:
    """Why it would have none, in a sentence that calls the officer by this name; else empty.

    The name is "you" for the officer.
    """
    if ask.kind == LEAVE and ask.first and ask.last:
        works = any(_works(officer, day) for day in days_of((ask.first, ask.last)))
        return "" if works else no_work_then(name)
    if ask.kind != DAY:
        return ""
    if ask.when in WEEKDAYS:
        is_worked = WEEKDAYS.index(ask.when) in officer.working_days
    else:
        is_worked = _works(officer, ask.day)
    if not is_worked:
        return no_work_on(name, ask.when or "")
    lacks_home = ask.wants == HOME.name and not officer.has_home_office
    return no_home_office(name) if lacks_home else ""


def _works(officer: Officer, day: date) -> bool:
    """Whether the officer works on the day, unless they are away."""
    days = Workdays(Unit(sites=(), teams=(), officers=(officer,)))
    return days.why_not(officer, day) is None
