"""What is said of single seats of a draft: that they fall away, overlap, or were moved by hand."""

from __future__ import annotations

from datetime import date

from rota.domain import WHOLE_DAY, Problem, PublishedSeat, Seat, common_part, in_words, name_part

NOT_PLANNED = "not planned"


def say_fallen_away(problem: Problem, seat: PublishedSeat) -> str:
    """Whose seat falls away, and why it cannot be used any more."""
    return f"{_say_whose_seat(problem, seat)}, {_say_why_unusable(problem, seat)}"


def say_overlap(
    problem: Problem,
    staff_no: str,
    day: date,
    *,
    sites: tuple[str | None, str | None],
    version: int,
    draft_site: str,
    part: str = WHOLE_DAY,
) -> str:
    """Which version changed the seat, and from and to which site, while the draft has its own."""
    before, after = (site or NOT_PLANNED for site in sites)
    owner = _say_whose_seat(problem, Seat(staff_no, day, draft_site, part))
    return (
        f"{owner}: version {version} changed {before} to {after} since; this draft has {draft_site}"
    )


def say_moved_by_hand(problem: Problem, seat: PublishedSeat, moved_from: str) -> str:
    """Where somebody was moved by hand, and from where."""
    owner = _say_whose_seat(problem, seat)
    return f"{owner}: moved to {seat.site} from {moved_from or NOT_PLANNED}"


def say_not_kept(problem: Problem, seat: Seat, site: str | None) -> str:
    """Where somebody was moved by hand, and where planning has put them in spite of that."""
    owner = _say_whose_seat(problem, seat)
    if not problem.may_take(seat):
        return f"{owner} at {seat.site}, {_say_why_unusable(problem, seat)}"
    return f"{owner} at {seat.site}; the run needed them at {site or NOT_PLANNED}"


def say_number_not_kept(number: int) -> str:
    """How many seats moved by hand a run could not keep."""
    return f"{number} {'seat' if number == 1 else 'seats'} moved by hand could not be kept"


def _say_whose_seat(problem: Problem, seat: PublishedSeat | Seat) -> str:
    owner = problem.officers.get(seat.staff_no, seat.staff_no)
    return f"{owner} {in_words(name_part(seat.date, seat.part))}"


def _say_why_unusable(problem: Problem, seat: PublishedSeat | Seat) -> str:
    """Why the seat cannot be used, so that it follows the name of its officer."""
    staff_no, day = seat.staff_no, seat.date
    officer = problem.officers.get(staff_no)
    if officer is None:
        return "who is not in the unit any more"
    if not officer.is_employed(day):
        return "who is not employed then"
    if any(
        spell.staff_no == staff_no
        and spell.first <= day <= spell.last
        and common_part(seat.part, spell.part) is not None
        for spell in problem.unit.away
    ):
        return "who is away"
    if common_part(seat.part, problem.parts_worked.get((staff_no, day))) != seat.part:
        return "who does not work then"
    return f"who may not use {seat.site} any more"
