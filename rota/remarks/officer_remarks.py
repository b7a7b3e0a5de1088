"""Records about officers that have no effect: absences, appointments, requests, links and seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from rota.domain import (
    DUTY_KINDS,
    HOME,
    KINDS,
    Appointment,
    Away,
    Days,
    Link,
    Officer,
    PublishedSeat,
    Request,
    Unit,
    falls_on,
)
from rota.remarks.causes import (
    AWAY,
    LEFT,
    LONG_OVER,
    NO_HOME_OFFICE,
    NO_SUCH_SITE,
    NO_WORKING_DAY,
    NONE_WORKED,
    NOT_YET,
    OFF,
    TWO_PLACES,
    Cause,
)
from rota.remarks.remark import NO_EFFECT, NOT_KEPT, NOT_MET, Remark
from rota.remarks.workdays import WEEKDAY_NAMES, Span, Workdays, list_days, say_date, say_row_dates

LONG_AGO = timedelta(days=366)
"""An absence that ended so long before is of no use to anybody."""


def find_absence_remarks(rows: Iterable[Away], days: Workdays, span: Span) -> Iterator[Remark]:
    """Absences on days that are not worked anyway, and those that are long over."""
    for spell in rows:
        officer = days.officers[spell.staff_no]
        if spell.last < span[0] - LONG_AGO:
            cause: Cause | None = LONG_OVER
        else:
            cause = _explain_needless_absence(spell, officer, days)
        if cause is not None:
            yield Remark("away", cause, examples=(f"{officer}, {_say_absence_dates(spell)}",))


def find_appointment_remarks(
    rows: Sequence[Appointment[Days]], days: Workdays, span: Span
) -> Iterator[Remark]:
    """Appointments on days that the officer does not work, or at two places at once."""
    sites: dict[tuple[Officer, date], list[str]] = defaultdict(list)
    for row in dict.fromkeys(rows):
        officer, dates = days.officers[row.staff_no], days.list_dates(row, span)
        if not isinstance(row.date, date) and (cause := _explain_none_kept(officer, dates, days)):
            verdict = NOT_KEPT if dates else NO_EFFECT
            about = f"{officer} at {row.site} {say_row_dates(row)}"
            yield Remark("appointments", cause, verdict, (about,))
            continue
        for day in dates:
            if isinstance(row.date, date) or day <= span[1]:
                sites[officer, day].append(row.site)
    for (officer, day), places in sites.items():
        about = f"{officer} at {' and '.join(places)} on {say_date(day)}"
        cause = days.find_cause(officer, day) or (TWO_PLACES if len(places) > 1 else None)
        if cause is not None:
            yield Remark("appointments", cause, NOT_KEPT, (about,))


def _explain_none_kept(officer: Officer, dates: Sequence[date], days: Workdays) -> Cause | None:
    """Why the officer can be there on none of the dates; None where it has several reasons."""
    causes = {days.find_cause(officer, day) for day in dates}
    return causes.pop() if len(causes) == 1 else (None if causes else NO_WORKING_DAY)


def find_request_remarks(
    rows: Iterable[Request], unit: Unit, days: Workdays, span: Span
) -> Iterator[Remark]:
    """Requests for days that the officer does not work, or for what there is not."""
    kinds = {HOME.kind, *(site.kind for site in unit.sites)}
    missing = {kind: Cause(f"there is no site of the kind {kind}") for kind in KINDS}
    for row in rows:
        officer = days.officers[row.staff_no]
        about = (f"{officer} for {row.wants} {_say_request_day(row)}",)
        if cause := _explain_no_work_then(row, officer, days, span):
            yield Remark("requests", cause, examples=about)
        elif row.wants not in kinds:
            yield Remark("requests", missing[row.wants], NOT_MET, about)
        elif row.wants == HOME.kind and not officer.has_home_office:
            yield Remark("requests", NO_HOME_OFFICE, NOT_MET, about)
        elif row.wants != HOME.kind and not _may_be_at_kind(row, officer, unit, span):
            yield Remark("requests", NO_SUCH_SITE, NOT_MET, about)


def find_link_remarks(rows: Iterable[Link], days: Workdays, span: Span) -> Iterator[Remark]:
    """Links between officers who never work together at the base of the first."""
    for row in rows:
        first, other = days.officers[row.staff_no], days.officers[row.with_staff_no]
        missing = days.find_causes_for_all(first, list_days(span))
        cause = (
            _build_cause_of_other(first, missing)
            if missing
            else explain_never_together(first, other, days, list_days(span))
        )
        if cause is not None:
            yield Remark("links", cause, examples=(f"{first} and {other}",))


def find_seat_remarks(rows: Iterable[PublishedSeat], days: Workdays) -> Iterator[Remark]:
    """Seats on days that the officer would not work even if nobody were away."""
    for row in rows:
        officer = days.officers[row.staff_no]
        if cause := days.find_cause_for_nobody(row.date) or days.find_lasting_cause(
            officer, row.date
        ):
            yield Remark("rota", cause, examples=(f"{officer} on {say_date(row.date)}",))


def explain_never_together(
    officer: Officer, other: Officer, days: Workdays, span: Iterable[date]
) -> Cause | None:
    """Why the other is never at the officer's base on a day that the officer works.

    None where there is such a day, or where it is the officer who works on none.
    """
    worked = [day for day in span if days.find_cause(officer, day) is None]
    if not worked:
        return None
    if officer.base not in (other.base, *other.other_sites):
        return Cause(f"{other} is based at {other.base} and may not use {officer.base}")
    causes = days.find_causes_for_all(other, worked)
    return _build_cause_of_other(other, causes) if causes else None


def _build_cause_of_other(other: Officer, causes: set[Cause]) -> Cause:
    """Why the officer works on none of some days, by name."""
    reasons = {
        LEFT: f"left on {say_date(other.leave_date or date.max)}",
        NOT_YET: f"starts on {say_date(other.start_date)}",
        AWAY: "is away",
    }
    reasons_given = [reason for cause, reason in reasons.items() if cause in causes]
    return Cause(f"{other} {' and '.join(reasons_given) or 'works on other days'}")


def _explain_needless_absence(spell: Away, officer: Officer, days: Workdays) -> Cause | None:
    """Why none of the days away is worked anyway; None where one is."""
    causes = set()
    for day in list_days((spell.first, spell.last)):
        cause = days.find_cause_for_nobody(day) or days.find_lasting_cause(officer, day)
        if cause is None:
            return None
        causes.add(cause)
    return causes.pop() if len(causes) == 1 else NONE_WORKED


def _explain_no_work_then(
    row: Request, officer: Officer, days: Workdays, span: Span
) -> Cause | None:
    if isinstance(row.when, date):
        return days.find_cause(officer, row.when)
    if row.when not in officer.working_days.weekdays:
        return OFF
    causes = days.find_causes_for_all(
        officer, (day for day in list_days(span) if row.asks_for(day))
    )
    return next((cause for cause in (LEFT, NOT_YET, AWAY) if cause in causes), None)


def _may_be_at_kind(row: Request, officer: Officer, unit: Unit, span: Span) -> bool:
    """Whether the officer may be at a site of the kind asked for, for whatever reason."""
    sites = {site.name for site in unit.sites if site.kind == row.wants}
    if sites.intersection((officer.base, *officer.other_sites)):
        return True
    dates = [row.when] if isinstance(row.when, date) else list_days(span)
    days = [day for day in dates if row.asks_for(day)]
    has_skill = (d for d in unit.duties if d.skill is None or d.skill in officer.skills)
    duties = [d for d in has_skill if d.site in sites and row.wants in DUTY_KINDS]
    if any(falls_on(duty, day) for duty in duties for day in days):
        return True
    visits = [v for v in unit.appointments if v.site in sites and v.staff_no == officer.staff_no]
    return any(falls_on(visit, day) for visit in visits for day in days)


def _say_request_day(row: Request) -> str:
    return (
        f"on {say_date(row.when)}"
        if isinstance(row.when, date)
        else f"every {WEEKDAY_NAMES[row.when]}"
    )


def _say_absence_dates(spell: Away) -> str:
    if spell.first == spell.last:
        return say_date(spell.first)
    return f"{say_date(spell.first)} to {say_date(spell.last)}"
