"""Whole rotas for tests, made without a solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rota.domain import DayOption, OfficerPart, Problem, PublishedSeat, Rota, Seat, list_halves


def filled(problem: Problem, *preferences: Iterable[Seat]) -> Rota:
    """A whole rota of the first way to spend each day among the preferences, or else any."""
    wishes = [dict(by_half(seats)) for seats in preferences]

    def seats(options: Sequence[DayOption]) -> tuple[Seat, ...]:
        ways = [(option.seats, dict(by_half(option.seats))) for option in options]
        ways.sort(key=lambda way: not way[0])  # Nowhere to be, on an extra day, comes last.
        for wish in wishes:
            for of_day, way in ways:
                if all(wish.get(half) == site for half, site in way.items()):
                    return of_day
        return options[0].seats

    return Rota.of(seat for options in problem.day_options.values() for seat in seats(options))


def by_half(seats: Iterable[Seat | PublishedSeat]) -> Iterator[tuple[OfficerPart, str]]:
    """The site of each officer, date and half of it."""
    for seat in seats:
        for half in list_halves(seat.part):
            yield (seat.staff_no, seat.date, half), seat.site
