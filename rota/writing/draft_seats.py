"""What is said of single seats of a draft: that they fall away, overlap, or were moved by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rota.domain import Problem, Seat, SeatsOfDay, common_part, in_words, name_part, say_sites

NOT_PLANNED = "not planned"


def say_fallen_away(problem: Problem, fallen: SeatsOfDay) -> str:
    """What of whose day falls away, and why it cannot be used any more."""
    when = in_words(name_part(fallen.date, fallen.part))
    owner = problem.officers.get(fallen.staff_no, fallen.staff_no)
    return f"{owner} {when}, {_say_why_unusable(problem, fallen)}"


def say_overlap(
    problem: Problem,
    staff_no: str,
    day: date,
    *,
    sites: tuple[str | None, str | None],
    version: int,
    draft_sites: str,
) -> str:
    """Which version changed the seat, and from and to which site, while the draft has its own."""
    before, after = (site or NOT_PLANNED for site in sites)
    owner = _say_whose_seat(problem, staff_no, day)
    cause = f"version {version} changed {before} to {after} since"
    return f"{owner}: {cause}; this draft has {draft_sites}"


def say_moved_by_hand(problem: Problem, of_day: SeatsOfDay, moved_from: Iterable[Seat]) -> str:
    """Where somebody was moved by hand, and from where."""
    owner = _say_whose_seat(problem, of_day.staff_no, of_day.date)
    return f"{owner}: moved to {of_day.sites} from {say_sites(moved_from) or NOT_PLANNED}"


def say_not_kept(problem: Problem, seat: Seat, site: str | None) -> str:
    """Where somebody was moved by hand, and where planning has put them in spite of that."""
    owner = _say_whose_seat(problem, seat.staff_no, seat.date)
    if seat.site not in problem.allowed_sites.get(seat.officer_day, ()):
        of_day = SeatsOfDay.of_plain([seat])
        return f"{owner} at {of_day.sites}, {_say_why_unusable(problem, of_day)}"
    return f"{owner} at {say_sites([seat])}; the run needed them at {site or NOT_PLANNED}"


def say_number_not_kept(number: int) -> str:
    """How many seats moved by hand a run could not keep."""
    return f"{number} {'seat' if number == 1 else 'seats'} moved by hand could not be kept"


def _say_whose_seat(problem: Problem, staff_no: str, day: date) -> str:
    return f"{problem.officers.get(staff_no, staff_no)} {in_words(day)}"


def _say_why_unusable(problem: Problem, of_day: SeatsOfDay) -> str:
    """Why the seats cannot be used, so that it follows the name of their officer."""
    staff_no, day = of_day.officer_day
    officer = problem.officers.get(staff_no)
    if officer is None:
        return "who is not in the unit any more"
    if not officer.is_employed(day):
        return "who is not employed then"
    if any(
        spell.staff_no == staff_no
        and spell.first <= day <= spell.last
        and common_part(spell.part, of_day.part) is not None
        for spell in problem.unit.away
    ):
        return "who is away"
    if day in problem.extra_days and not problem.officer_on(staff_no, day).takes_extra_days:
        return "who is not to be asked for extra days"
    if common_part(of_day.part, problem.parts_planned.get(of_day.officer_day)) is None:
        return "who does not work then"
    return f"who may not use {of_day.sites} any more"
