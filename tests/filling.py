"""Whole rotas for tests, made without a solver."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rota.domain import OfficerDay, Problem, Rota, Seat


def filled(problem: Problem, *preferences: Iterable[Seat]) -> Rota:
    """A whole rota of the first seat that may be used among the preferences, or else any."""
    wishes = [{(seat.staff_no, seat.date): seat.site for seat in seats} for seats in preferences]

    def sites(place: OfficerDay, allowed: tuple[str, ...]) -> Iterator[str]:
        yield from (wish[place] for wish in wishes if wish.get(place) in allowed)
        yield from allowed

    return Rota.of(
        Seat(*place, next(sites(place, allowed)))
        for place, allowed in problem.allowed_sites.items()
    )
