"""Duties that nobody may do, and closures that change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rota.domain import DUTY_KINDS, Closure, Duty, Officer, Unit
from rota.reading import guess_name
from rota.remarks.causes import AS_USUAL, Cause
from rota.remarks.remark import NOT_MET, Remark
from rota.remarks.workdays import Workdays, say_part


def find_duty_remarks(rows: Iterable[Duty], unit: Unit, days: Workdays) -> Iterator[Remark]:
    """Duties that nobody may do, with the reason."""
    kinds = {site.name: site.kind for site in unit.sites}
    skills = frozenset[str]().union(*(officer.skills for officer in unit.officers))
    for row in rows:
        skilled = [o for o in unit.officers if row.skill is None or row.skill in o.skills]
        able = [o for o in skilled if kinds[row.site] in DUTY_KINDS or _may_use(o, row.site)]
        about = f"{row.site}{_say_skill_needed(row)} {say_part(row.date, row.part)}"
        remark = Remark("duties", Cause(""), NOT_MET, (about,))
        if not row.needed:
            continue
        if cause := days.find_cause_for_nobody(row.date):
            yield replace(remark, cause=cause)
        elif not skilled and row.skill is not None:
            lacking = Cause(f"nobody has the skill {row.skill}")
            yield replace(remark, cause=lacking, maybe=guess_name(row.skill, sorted(skills)))
        elif not able:
            yield replace(remark, cause=Cause(f"nobody{_say_with_skill(row)} may use {row.site}"))
        elif not any(days.find_cause(officer, row.date, row.part) is None for officer in able):
            yield replace(remark, cause=Cause(f"nobody{_say_with_skill(row)} works then"))


def find_closure_remarks(rows: Iterable[Closure], unit: Unit, days: Workdays) -> Iterator[Remark]:
    """Closures on days that nobody works, or that leave a site the desks that it has."""
    desks = {site.name: site.desks for site in unit.sites}
    for row in rows:
        cause = days.find_cause_for_nobody(row.date)
        if cause is None and row.desks == desks[row.site]:
            cause = AS_USUAL
        if cause is not None:
            yield Remark(
                "closures", cause, examples=(f"{row.site} {say_part(row.date, row.part)}",)
            )


def _may_use(officer: Officer, site: str) -> bool:
    return site in (officer.base, *officer.other_sites)


def _say_skill_needed(duty: Duty) -> str:
    return f" (skill {duty.skill})" if duty.skill else ""


def _say_with_skill(duty: Duty) -> str:
    return f" with the skill {duty.skill}" if duty.skill else ""
