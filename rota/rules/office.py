"""How much of the working time is spent at the office, and how much at home."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rota.domain import (
    FRIDAY,
    HALVES_A_DAY,
    HOME,
    MONDAY,
    OVER_WEEK,
    Officer,
    Problem,
    Seat,
    When,
)
from rota.rules.rule import Audience, Limit, Rule, count_half_days, share_of_halves


def office_minimum(problem: Problem) -> Iterator[Limit]:
    for officer in problem.unit.officers:
        percent = find_office_percent(problem, officer)
        for when, days in _find_spans(problem, officer):
            least = share_of_halves(percent, _list_parts(problem, officer, days))
            if least:
                seats = _find_office_seats(problem, officer, days)
                yield _limit_half_days(officer, when, seats, least=least)


def _list_parts(problem: Problem, officer: Officer, days: Iterable[date]) -> Sequence[str]:
    """What the officer works of each of the days."""
    return [problem.parts_worked[officer.staff_no, day] for day in days]


def _limit_half_days(
    officer: Officer,
    when: When,
    seats: Iterable[Seat],
    *,
    least: int | None = None,
    most: int | None = None,
) -> Limit:
    return Limit(
        str(officer),
        when,
        count_half_days(seats),
        least=least,
        most=most,
        counts_half_days=True,
        staff_no=officer.staff_no,
    )


def find_office_percent(problem: Problem, officer: Officer) -> int:
    """The officer's own percentage, or else the policy's."""
    own = officer.office_percent
    return problem.policy.office_percent if own is None else own


def _find_spans(problem: Problem, officer: Officer) -> Iterator[tuple[When, tuple[date, ...]]]:
    if problem.policy.over == OVER_WEEK:
        yield from problem.working_weeks[officer.staff_no].items()
    else:
        yield problem.period, problem.working_days[officer.staff_no]


def _find_office_seats(
    problem: Problem, officer: Officer, days: tuple[date, ...]
) -> Iterator[Seat]:
    for day in days:
        for seat in problem.seats_of[officer.staff_no, day]:
            if is_office(problem, officer, seat.site):
                yield seat


def is_office(problem: Problem, officer: Officer, site: str) -> bool:
    """Whether a day at the site counts as one at the office for the officer."""
    return site == officer.base or problem.sites[site].kind in problem.policy.counts


def home_maximum(problem: Problem) -> Iterator[Limit]:
    most = HALVES_A_DAY * problem.policy.home_days_per_week
    for officer in problem.unit.officers:
        for week, days in problem.working_weeks[officer.staff_no].items():
            seats = _find_home_seats(problem, officer, days)
            if seats:
                yield _limit_half_days(officer, week, seats, most=most)


def home_edges(problem: Problem) -> Iterator[Limit]:
    for officer in problem.unit.officers:
        edges = tuple(
            day
            for day in problem.working_days[officer.staff_no]
            if day.weekday() in (MONDAY, FRIDAY)
        )
        seats = _find_home_seats(problem, officer, edges)
        if seats:
            parts = _list_parts(problem, officer, edges)
            most = share_of_halves(problem.policy.home_edge_percent, parts)
            yield _limit_half_days(officer, problem.period, seats, most=most)


def _find_home_seats(
    problem: Problem, officer: Officer, days: tuple[date, ...]
) -> tuple[Seat, ...]:
    return tuple(seat for day in days for seat in problem.find_seats(officer, day, HOME.name))


OFFICE_MINIMUM = Rule(
    key="office-minimum",
    level="policy",
    weight=3,
    sentence=(
        "An officer spends at least `office_percent` of their working days (their own percentage "
        "where one is given), rounded up, at sites of the kinds in `counts` or at their own base, "
        "over the period or in each week as `over` says. It is rounded to half-days where half of "
        "some day is worked."
    ),
    finding="{about} has {count:office day} {when}; {asked} asked.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=office_minimum,
)

HOME_MAXIMUM = Rule(
    key="home-maximum",
    level="policy",
    weight=2,
    sentence="An officer is at home on at most `home_days_per_week` days in each week.",
    finding="{about} has {count:day} at home {when}; {asked} allowed.",
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=home_maximum,
)

HOME_EDGES = Rule(
    key="home-edges",
    level="people",
    weight=1,
    sentence=(
        "An officer is at home on at most `home_edge_percent` of their working Mondays and "
        "Fridays, rounded up, to half-days where half of one is worked."
    ),
    finding=(
        "{about} is at home on {count:Monday or Friday|Mondays and Fridays} {when}; "
        "{asked} allowed."
    ),
    audience=Audience.CONCERNED,
    is_broken_by_leave=False,
    asks=home_edges,
)
