"""Changes that follow from who works, and from the sites that officers may use."""

from __future__ import annotations

from datetime import date

from rota.domain import DUTY_KINDS, HOME, Problem, in_words
from rota.explaining.change import Change
from rota.explaining.words import Words


def explain_no_choice(problem: Problem, change: Change) -> Words | None:
    """Why the officer cannot have the published seat, or the lack of one, if that is so."""
    sites = problem.allowed_sites.get((change.staff_no, change.date))
    if sites is None:
        return explain_not_working(problem, change.staff_no, change.date)
    if change.before in sites:
        return None
    officer_name, when = say_officer(problem, change.staff_no), in_words(change.date)
    if change.before is None:
        return Words.to_all(f"{officer_name} had no published seat {when}, and works that day now.")
    why = _explain_not_allowed(problem, change, change.before)
    return Words.to_all(f"{officer_name} may no longer use {change.before} {when}: {why}.")


def explain_not_working(problem: Problem, staff_no: str, day: date) -> Words:
    """That the officer is not in; only managers are told why somebody is away."""
    officer_name, when = say_officer(problem, staff_no), in_words(day)
    if problem.is_day_off(day):
        return Words.to_all(f"Nobody works {when}: it is a day off of the unit.")
    for spell in problem.unit.away:
        if spell.staff_no == staff_no and spell.first <= day <= spell.last:
            return Words(
                f"{officer_name} is away {when}.", f"{officer_name} is away ({spell.kind}) {when}."
            )
    return Words.to_all(f"{officer_name} does not work {when}.")


def say_officer(problem: Problem, staff_no: str) -> str:
    """The officer by name; by staff number alone if they are not in the unit any more."""
    return str(problem.officers.get(staff_no, staff_no))


def _explain_not_allowed(problem: Problem, change: Change, site: str) -> str:
    locked = problem.locked.get((change.staff_no, change.date))
    if locked is not None:
        return f"the seat is locked at {locked}"
    if site not in problem.sites:
        return "it is not a site of the unit any more"
    if problem.sites[site].kind in DUTY_KINDS:
        return "there is no duty or appointment for this officer that day"
    if site == HOME.name:
        return "this officer has no home office any more"
    return "it is not a site of this officer any more"
