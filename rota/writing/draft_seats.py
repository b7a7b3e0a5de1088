"""What is said of single seats of a draft: that they fall away, overlap, or were moved by hand."""

from __future__ import annotations

from datetime import date

from rota.domain import Problem, PublishedSeat, Seat, in_words

NOT_PLANNED = "not planned"


def say_fallen_away(problem: Problem, seat: PublishedSeat) -> str:
    """Whose seat falls away, and why it cannot be used any more."""
    return (
        f"{_say_whose_seat(problem, seat.staff_no, seat.date)}, {_say_why_unusable(problem, seat)}"
    )


def say_overlap(
    problem: Problem,
    staff_no: str,
    day: date,
    *,
    sites: tuple[str | None, str | None],
    version: int,
    draft_site: str,
) -> str:
    """Which version changed the seat, and from and to which site, while the draft has its own."""
    before, after = (site or NOT_PLANNED for site in sites)
    owner = _say_whose_seat(problem, staff_no, day)
    return (
        f"{owner}: version {version} changed {before} to {after} since; this draft has {draft_site}"
    )


def say_moved_by_hand(problem: Problem, seat: PublishedSeat, moved_from: str) -> str:
    """Where somebody was moved by hand, and from where."""
    owner = _say_whose_seat(problem, seat.staff_no, seat.date)
    return f"{owner}: moved to {seat.site} from {moved_from or NOT_PLANNED}"


def say_not_kept(problem: Problem, seat: Seat, site: str | None) -> str:
    """Where somebody was moved by hand, and where planning has put them in spite of that."""
    owner = _say_whose_seat(problem, seat.staff_no, seat.date)
    if seat.site not in problem.allowed_sites.get((seat.staff_no, seat.date), ()):
        return f"{owner} at {seat.site}, {_say_why_unusable(problem, seat)}"
    return f"{owner} at {seat.site}; the run needed them at {site or NOT_PLANNED}"


def say_number_not_kept(number: int) -> str:
    """How many seats moved by hand a run could not keep."""
    return f"{number} {'seat' if number == 1 else 'seats'} moved by hand could not be kept"


def _say_whose_seat(problem: Problem, staff_no: str, day: date) -> str:
    return f"{problem.officers.get(staff_no, staff_no)} {in_words(day)}"


def _say_why_unusable(problem: Problem, seat: PublishedSeat | Seat) -> str:
    """Why the seat cannot be used, so that it follows the name of its officer."""
    staff_no, day = seat.staff_no, seat.date
    officer = problem.officers.get(staff_no)
    if officer is None:
        return "who is not in the unit any more"
    if not officer.is_employed(day):
        return "who is not employed then"
    if any(
        spell.staff_no == staff_no and spell.first <= day <= spell.last
        for spell in problem.unit.away
    ):
        return "who is away"
    if (staff_no, day) not in problem.allowed_sites:
        return "who does not work then"
    return f"who may not use {seat.site} any more"
