"""Duties that nobody may do, skills that nobody can bring, and closures that change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rota.domain import (
    DUTY_KINDS,
    HALVES,
    Appointment,
    Closure,
    Days,
    Duty,
    Officer,
    Presence,
    Problem,
    Unit,
    falls_on,
    join_halves,
)
from rota.domain.recurrence import put_on
from rota.reading import guess_name
from rota.remarks.causes import AS_USUAL, NO_WORKING_DAY, NOBODY_ASKED, UNUSED, Cause
from rota.remarks.remark import NO_EFFECT, NOT_ASKED_FOR, NOT_MET, Remark
from rota.remarks.workdays import (
    Span,
    Workdays,
    list_days,
    say_dates,
    say_half,
    say_part,
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


def find_presence_remarks(rows: Iterable[Presence], unit: Unit, days: Workdays) -> Iterator[Remark]:
    """Skills asked for on dates that nobody works, or that nobody can ever bring to the site."""
    for row in rows:
        about = (f"{row.site} (skill {row.skill})",)
        cause = None
        if isinstance(row.when, date):
            cause = days.find_cause_for_nobody_in((row.when, row.when))
        if cause is not None:
            yield Remark("presence", cause, NO_EFFECT, about)
        elif cause := _explain_lasting_lack(row.skill, row.site, unit):
            maybe = _guess_skill(row.skill, cause, unit)
            yield Remark("presence", cause, NOT_MET, about, maybe=maybe)


def find_unasked_remarks(problem: Problem) -> Iterator[Remark]:
    """The halves of days on which a skill is not asked for, since nobody can bring it then."""
    for site, skill, day in problem.skills_asked:
        seats = problem.seats_at.get((site, day), ())
        skilled = [s for s in seats if skill in problem.officer_on(*s.officer_day).skills]
        without = (
            half
            for half in HALVES
            if any(seat.has_half(half) for seat in seats)
            and not any(seat.has_half(half) for seat in skilled)
        )
        part = join_halves(without)
        if part is not None and _explain_lasting_lack(skill, site, problem.unit) is None:
            cause = Cause(f"nobody with the skill {skill} works and may be there then")
            example = f"{site} {say_part(day, part)}"
            yield Remark("presence", cause, NOT_ASKED_FOR, (example,))


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
    if cause := _explain_lasting_lack(row.skill, row.site, unit):
        return cause
    able = _list_able(row.skill, row.site, unit)
    with_skill = f" with the skill {row.skill}" if row.skill else ""
    if is_extra and not any(officer.takes_extra_days for officer in able):
        return Cause(f"nobody{with_skill} who may use {row.site} may be asked for extra days")
    if not any(days.may_do_duty(officer, day, row.part) for officer in able):
        return Cause(f"nobody{with_skill} works then")
    return None


def _explain_lasting_lack(skill: str | None, site: str, unit: Unit) -> Cause | None:
    """Why nobody with the skill, if one is told, can ever be at the site; None if somebody can."""
    if skill is not None and not any(skill in officer.skills for officer in unit.officers):
        return _build_lack(skill)
    if not _list_able(skill, site, unit):
        return Cause(f"nobody{f' with the skill {skill}' if skill else ''} may use {site}")
    return None


def _list_able(skill: str | None, site: str, unit: Unit) -> list[Officer]:
    """Those with the skill, if one is told, who may use the site, or be sent there for a duty."""
    is_visited = any(s.name == site and s.kind in DUTY_KINDS for s in unit.sites)
    return [
        officer
        for officer in unit.officers
        if (skill is None or skill in officer.skills) and (is_visited or _may_use(officer, site))
    ]


def _remark_on_duty(row: Duty[Days], cause: Cause | None, unit: Unit) -> Iterator[Remark]:
    if cause is None:
        return
    maybe = _guess_skill(row.skill, cause, unit)
    yield Remark("duties", cause, NOT_MET, (_say_duty(row),), maybe=maybe)


def _guess_skill(skill: str | None, cause: Cause, unit: Unit) -> str | None:
    """The skill that was perhaps meant, where nobody has the one that is told."""
    if skill is None or cause != _build_lack(skill):
        return None
    skills = frozenset[str]().union(*(officer.skills for officer in unit.officers))
    return guess_name(skill, sorted(skills))


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
