"""The members of a team: their grades, service, skills, days and mentors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import TypeVar

from rota.domain import MANAGER_GRADE, TRAINEE_GRADE, Officer, Policy, Team, WorkingPattern
from tests.estate.names import person

Option = TypeVar("Option")

_NEW = range(Policy.new_starter_months)
_SETTLING = range(Policy.new_starter_months, Policy.experienced_months)
_EXPERIENCED = range(Policy.experienced_months, 220)
"""Whole months since the start date."""

_GRADES = {"PO": 50, "PSO": 33, TRAINEE_GRADE: 17}
_SERVICE = {_NEW: 12, _SETTLING: 17, _EXPERIENCED: 71}
"""Of those who are not trainees; trainees are all new."""

_DAYS_A_WEEK = {5: 75, 4: 18, 3: 7}
_SKILLS = {"PO": {"duty": 1.0, "court": 0.45, "mappa": 0.38}, "PSO": {"court": 0.5}}
"""How many hold a skill, of those who are not new."""


def members(
    team: Team,
    staff_nos: Sequence[str],
    offices: Sequence[str],
    court: str,
    first: date,
    rng: Random,
) -> list[Officer]:
    """A manager, an experienced officer to mentor, and others as they come."""
    manager = _officer(staff_nos[0], team, MANAGER_GRADE, rng.choice(_EXPERIENCED), first, rng)
    mentor = _officer(staff_nos[1], team, "PO", rng.choice(_EXPERIENCED), first, rng)
    others = [_other(staff_no, team, first, rng) for staff_no in staff_nos[2:]]
    team_members = _mentored([manager, mentor, *others], first, rng)
    return [_placed(officer, offices, court, rng) for officer in team_members]


def _other(staff_no: str, team: Team, first: date, rng: Random) -> Officer:
    grade = _drawn(_GRADES, rng)
    service = _NEW if grade == TRAINEE_GRADE else _drawn(_SERVICE, rng)
    return _officer(staff_no, team, grade, rng.choice(service), first, rng)


def _officer(
    staff_no: str, team: Team, grade: str, months: int, first: date, rng: Random
) -> Officer:
    return Officer(
        staff_no=staff_no,
        name=person(rng),
        team=team.name,
        grade=grade,
        start_date=_months_before(first, months),
        base=team.office,
        working_days=WorkingPattern.of_days(rng.sample(range(5), _drawn(_DAYS_A_WEEK, rng))),
        skills=frozenset() if months in _NEW else _skills(grade, rng),
        has_home_office=rng.random() > 0.025,
        office_percent=40 if rng.random() < 0.05 else None,
        email=f"officer{staff_no}@example.org",
    )


def _months_before(first: date, months: int) -> date:
    """The first of the month so many whole months before the date."""
    year, month = divmod(12 * first.year + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _skills(grade: str, rng: Random) -> frozenset[str]:
    shares = _SKILLS.get(grade, {})
    return frozenset([skill for skill, share in shares.items() if rng.random() < share])


def _mentored(officers: Sequence[Officer], first: date, rng: Random) -> list[Officer]:
    """The officers, each new starter with a mentor of the team."""
    newest = _months_before(first, _NEW[-1])
    latest = _months_before(first, _EXPERIENCED[0])
    mentors = [o.staff_no for o in officers if o.grade == "PO" and o.start_date <= latest]
    return [
        replace(officer, mentor=rng.choice(mentors)) if officer.start_date >= newest else officer
        for officer in officers
    ]


def _placed(officer: Officer, offices: Sequence[str], court: str, rng: Random) -> Officer:
    """Some may use another office too, and a few who work at court are based there."""
    others = [office for office in offices if office != officer.base]
    if others and rng.random() < 0.07:
        officer = replace(officer, other_sites=(rng.choice(others),))
    if officer.skills == {"court"} and rng.random() < 0.08:
        officer = replace(officer, base=court)
    return officer


def _drawn(weights: Mapping[Option, int], rng: Random) -> Option:
    return rng.choices(list(weights), list(weights.values()))[0]
