"""Duties that nobody may do, and closures that change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rota.domain import DUTY_KINDS, Appointment, Closure, Days, Duty, Officer, Unit, falls_on
from rota.domain.recurrence import put_on
from rota.reading import guess_name
from rota.remarks.causes import AS_USUAL, NO_WORKING_DAY, NOBODY_ASKED, UNUSED, Cause
from rota.remarks.remark import NO_EFFECT, NOT_MET, Remark
from rota.remarks.workdays import (
    Span,
    Workdays,
    list_days,
    say_dates,
    say_half,
    say_row_dates,
)


def find_duty_remarks(
    rows: Iterable[Duty[Days]], unit: Unit, days: Workdays, span: Span
) -> Iterator[Remark]:
    """Duties that nobody may do, with the reason; one for weekdays that all have the same."""
    for row in rows:
        if not row.needed:
            continue
        dates = days.list_dates(row, span)
        causes = {day: _explain_why_nobody_may(row, day, unit, days) for day in dates}
        if not causes:
            yield Remark("duties", NO_WORKING_DAY, NO_EFFECT, (_say_duty(row),))
        elif len({*causes.values()}) == 1:
            yield from _remark_on_duty(row, causes[dates[0]], unit)
        else:
            for day, cause in causes.items():
                if day <= span[1]:
                    yield from _remark_on_duty(put_on(row, day), cause, unit)


def find_closure_remarks(rows: Iterable[Closure], unit: Unit, days: Workdays) -> Iterator[Remark]:
    """Closures on days that nobody works, or that change nothing for anybody."""
    desks = {site.name: site.desks for site in unit.sites}
    for row in rows:
        cause = days.find_cause_for_nobody_in((row.first, row.last))
        if cause is None and row.desks == desks[row.site]:
            cause = AS_USUAL
        elif cause is None and not _is_used(row, unit):
            cause = UNUSED
        if cause is not None:
            when = say_dates(row.first, row.last)
            yield Remark("closures", cause, examples=(f"{row.site} {when}{say_half(row.part)}",))


def _explain_why_nobody_may(row: Duty[Days], day: date, unit: Unit, days: Workdays) -> Cause | None:
    """Why nobody may do the duty on the day; None where somebody may."""
    is_extra = days.is_extra(day)
    if is_extra and not any(officer.takes_extra_days for officer in unit.officers):
        return NOBODY_ASKED
    skilled = [o for o in unit.officers if row.skill is None or row.skill in o.skills]
    if not skilled and row.skill is not None:
        return _build_lack(row.skill)
    is_visited = any(s.name == row.site and s.kind in DUTY_KINDS for s in unit.sites)
    able = [officer for officer in skilled if is_visited or _may_use(officer, row.site)]
    with_skill = f" with the skill {row.skill}" if row.skill else ""
    if not able:
        return Cause(f"nobody{with_skill} may use {row.site}")
    if is_extra and not any(officer.takes_extra_days for officer in able):
        return Cause(f"nobody{with_skill} who may use {row.site} may be asked for extra days")
    if not any(days.may_do_duty(officer, day, row.part) for officer in able):
        return Cause(f"nobody{with_skill} works then")
    return None


def _remark_on_duty(row: Duty[Days], cause: Cause | None, unit: Unit) -> Iterator[Remark]:
    if cause is None:
        return
    maybe = None
    if row.skill is not None and cause == _build_lack(row.skill):
        skills = frozenset[str]().union(*(officer.skills for officer in unit.officers))
        maybe = guess_name(row.skill, sorted(skills))
    yield Remark("duties", cause, NOT_MET, (_say_duty(row),), maybe=maybe)


def _build_lack(skill: str) -> Cause:
    return Cause(f"nobody has the skill {skill}")


def _say_duty(row: Duty[Days]) -> str:
    skill = f" (skill {row.skill})" if row.skill else ""
    return f"{row.site}{skill} {say_row_dates(row)}"


def _may_use(officer: Officer, site: str) -> bool:
    return site in (officer.base, *officer.other_sites)


def _is_used(closure: Closure, unit: Unit) -> bool:
    """Whether anybody may be at the site on a day of the closure, for whatever reason."""
    if any(_may_use(officer, closure.site) for officer in unit.officers):
        return True
    rows: Iterable[Duty[Days] | Appointment[Days]] = (*unit.duties, *unit.appointments)
    owed = [row for row in rows if row.site == closure.site]
    days = [*list_days((closure.first, closure.last))] if owed else []
    return any(falls_on(row, day) for row in owed for day in days)
