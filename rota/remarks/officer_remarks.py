"""Records about officers that have no effect: absences, appointments, requests, links and seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from rota.domain import (
    DUTY_KINDS,
    HALF_NAMES,
    HALVES,
    HOME,
    KINDS,
    WHOLE_DAY,
    Appointment,
    Away,
    Days,
    Link,
    Officer,
    PublishedSeat,
    Request,
    Unit,
    common_part,
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
    OFF_THAT_HALF,
    TWO_PLACES,
    Cause,
)
from rota.remarks.remark import NO_EFFECT, NOT_KEPT, NOT_MET, Remark
from rota.remarks.workdays import (
    WEEKDAY_NAMES,
    Span,
    Workdays,
    list_days,
    say_date,
    say_part,
    say_row_dates,
)

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
    """Appointments at times that the officer does not work, or at two places at once."""
    by_day: dict[tuple[Officer, date], list[Appointment[Days]]] = defaultdict(list)
    for row in dict.fromkeys(rows):
        officer, dates = days.officers[row.staff_no], days.list_dates(row, span)
        if not isinstance(row.date, date) and (
            cause := _explain_none_kept(officer, dates, row.part, days)
        ):
            verdict = NOT_KEPT if dates else NO_EFFECT
            about = f"{officer} at {row.site} {say_row_dates(row)}"
            yield Remark("appointments", cause, verdict, (about,))
            continue
        for day in dates:
            if isinstance(row.date, date) or day <= span[1]:
                by_day[officer, day].append(row)
    for (officer, day), of_day in by_day.items():
        by_cause: dict[Cause, list[Appointment[Days]]] = defaultdict(list)
        for row in of_day:
            if cause := days.find_cause_to_miss(officer, day, row.part):
                by_cause[cause].append(row)
            elif any(
                other.site != row.site and common_part(row.part, other.part) is not None
                for other in of_day
            ):
                by_cause[TWO_PLACES].append(row)
        for cause, alike in by_cause.items():
            about = _say_appointments(officer, day, alike)
            yield Remark("appointments", cause, NOT_KEPT, (about,))


def _say_appointments(officer: Officer, day: date, rows: Sequence[Appointment[Days]]) -> str:
    """Where the officer is expected on one date."""
    parts = {row.part for row in rows}
    part = parts.pop() if len(parts) == 1 else WHOLE_DAY
    sites = " and ".join(dict.fromkeys(row.site for row in rows))
    return f"{officer} at {sites} {say_part(day, part)}"


def _explain_none_kept(
    officer: Officer, dates: Sequence[date], part: str, days: Workdays
) -> Cause | None:
    """Why the officer can be there on none of the dates; None where it has several reasons."""
    causes = {days.find_cause_to_miss(officer, day, part) for day in dates}
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
        missing = days.find_causes_for_all(first, ((day, WHOLE_DAY) for day in list_days(span)))
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
        if cause := days.find_cause_of_no_seat(officer, row.date, row.part):
            yield Remark("rota", cause, examples=(f"{officer} {say_part(row.date, row.part)}",))


def explain_never_together(
    officer: Officer, other: Officer, days: Workdays, span: Iterable[date]
) -> Cause | None:
    """Why the other is never at the officer's base when the officer works.

    None where there is such a time, or where it is the officer who never works.
    """
    worked = [
        (day, half)
        for day in span
        for half in HALVES
        if days.find_cause(officer, day, half) is None
    ]
    if not worked:
        return None
    if officer.base not in (other.base, *other.other_sites):
        return Cause(f"{other} is based at {other.base} and may not use {officer.base}")
    causes = days.find_causes_for_all(other, worked)
    return _build_cause_of_other(other, causes) if causes else None


def _build_cause_of_other(other: Officer, causes: set[Cause]) -> Cause:
    """Why the officer works on none of some days, or halves of them, by name."""
    reasons = {
        LEFT: f"left on {say_date(other.leave_date or date.max)}",
        NOT_YET: f"starts on {say_date(other.start_date)}",
        AWAY: "is away",
    }
    reasons_given = [reason for cause, reason in reasons.items() if cause in causes]
    otherwise = "works at other times" if OFF_THAT_HALF in causes else "works on other days"
    return Cause(f"{other} {' and '.join(reasons_given) or otherwise}")


def _explain_needless_absence(spell: Away, officer: Officer, days: Workdays) -> Cause | None:
    """Why none of the days away is worked anyway; None where one is."""
    causes = set()
    for day in list_days((spell.first, spell.last)):
        cause = days.find_cause_of_no_seat(officer, day, spell.part)
        if cause is None:
            return None
        causes.add(cause)
    return causes.pop() if len(causes) == 1 else NONE_WORKED


def _explain_no_work_then(
    row: Request, officer: Officer, days: Workdays, span: Span
) -> Cause | None:
    if isinstance(row.when, date):
        return days.find_cause(officer, row.when, row.part)
    if row.when not in officer.working_days.weekdays:
        return OFF
    causes = days.find_causes_for_all(
        officer, ((day, row.part) for day in list_days(span) if row.asks_for(day))
    )
    return next((cause for cause in (LEFT, NOT_YET, AWAY, OFF_THAT_HALF) if cause in causes), None)


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
    if isinstance(row.when, date):
        return say_part(row.when, row.part)
    return f"every {WEEKDAY_NAMES[row.when]} {HALF_NAMES.get(row.part, '')}".strip()


def _say_absence_dates(spell: Away) -> str:
    half = HALF_NAMES.get(spell.part)
    if spell.first == spell.last:
        return f"{f'the {half} of ' if half else ''}{say_date(spell.first)}"
    dates = f"{say_date(spell.first)} to {say_date(spell.last)}"
    return f"{dates}, in the {half}s" if half else dates
