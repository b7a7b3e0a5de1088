"""Changes that follow from who works, and from the sites that officers may use."""

from __future__ import annotations

from datetime import date

from rota.domain import (
    DUTY_KINDS,
    HALF_NAMES,
    HOME,
    Problem,
    common_part,
    in_words,
    list_halves,
    name_part,
)
from rota.explaining.change import Change
from rota.explaining.words import Words


def explain_no_choice(problem: Problem, change: Change) -> Words | None:
    """Why the officer cannot have the published seat, or the lack of one, if that is so."""
    worked = common_part(change.part, problem.parts_planned.get(change.officer_day))
    if worked is None:
        return explain_not_working(problem, change.staff_no, change.date, change.part)
    if may_be_at(problem, change, change.before):
        return None
    officer_name = say_officer(problem, change.staff_no)
    when = in_words(name_part(change.date, change.part))
    if change.before is None:
        return Words.to_all(
            f"{officer_name} had no published seat {when}, and works {_say_then(change.part)} now."
        )
    why = _explain_not_allowed(problem, change, change.before)
    return Words.to_all(f"{officer_name} may no longer use {change.before} {when}: {why}.")


def may_be_at(problem: Problem, change: Change, site: str | None) -> bool:
    """Whether the officer may be at the site, or nowhere, in some of the time that changes."""
    if site is None:
        return problem.may_be_nowhere(change.officer_day)
    return any(
        seat.site == site and any(map(seat.has_half, list_halves(change.part)))
        for seat in problem.seats_of.get(change.officer_day, ())
    )


def explain_not_working(problem: Problem, staff_no: str, day: date, part: str) -> Words:
    """That the officer is not in; only managers are told why somebody is away."""
    officer_name = say_officer(problem, staff_no)
    if problem.is_day_off(day) and day not in problem.extra_days:
        return Words.to_all(f"Nobody works {in_words(day)}: it is a day off of the unit.")
    for spell in problem.unit.away:
        away = common_part(part, spell.part)
        if spell.staff_no == staff_no and spell.first <= day <= spell.last and away is not None:
            when = in_words(name_part(day, away))
            return Words(
                f"{officer_name} is away {when}.", f"{officer_name} is away ({spell.kind}) {when}."
            )
    is_known = staff_no in problem.officers and day in problem.extra_days
    if is_known and not problem.officer_on(staff_no, day).takes_extra_days:
        return Words.to_all(f"{officer_name} is not to be asked for extra days any more.")
    return Words.to_all(f"{officer_name} does not work {in_words(name_part(day, part))}.")


def say_officer(problem: Problem, staff_no: str) -> str:
    """The officer by name; by staff number alone if they are not in the unit any more."""
    return str(problem.officers.get(staff_no, staff_no))


def _explain_not_allowed(problem: Problem, change: Change, site: str) -> str:
    locked = [
        seat.site
        for seat in problem.locked.get(change.officer_day, ())
        if common_part(seat.part, change.part) is not None
    ]
    if locked:
        return f"the seat is locked at {' and '.join(locked)}"
    if site not in problem.sites:
        return "it is not a site of the unit any more"
    if problem.sites[site].kind in DUTY_KINDS:
        return f"there is no duty or appointment for this officer {_say_then(change.part)}"
    if site == HOME.name:
        return "this officer has no home office any more"
    return "it is not a site of this officer any more"


def _say_then(part: str) -> str:
    return f"that {HALF_NAMES.get(part, 'day')}"
