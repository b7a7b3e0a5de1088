"""Units of the estate, each with its policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count as counted_from
from random import Random

from rota.domain import Officer, Policy, Site, Team, Unit
from tests.estate.diary import VISITS, away, filled
from tests.estate.names import MOST_OFFICES, Place, places
from tests.estate.staff import members

SIZES = range(30, 251)
"""Officers in a unit."""

TEAM_SIZES = range(8, 15)

_USUAL_TEAM = 10.5
_DESKS, _FEW_DESKS = (0.63, 0.68), (0.42, 0.48)
"""Desks for each officer of an office: in most units, and in every tenth."""


def units(
    count: int = 120,
    *,
    officers: int = 11_000,
    seed: int = 0,
    first: date = date(2027, 1, 4),
    weeks: int = 4,
) -> Iterator[tuple[str, Unit, Policy]]:
    """Units by name, of about so many officers in all; no two share a name or a staff number."""
    rng = Random(seed)
    numbers = map(str, counted_from(20_001))
    sizes = _sizes(count, officers, rng)
    for nth, (place, size) in enumerate(zip(places(count, rng), sizes, strict=True)):
        # Only the names depend on whether the real ones are at hand.
        own = Random(f"{seed}, {nth}")
        unit = _unit(place, [next(numbers) for _ in range(size)], first, own)
        has_many_managers = len(unit.teams) >= 3 * len({team.office for team in unit.teams})
        policy = Policy(start=first, weeks=weeks, managers_in=int(has_many_managers))
        unit = replace(unit, away=tuple(away(unit, policy, own)))
        yield place.name, filled(unit, policy, own), policy


def _sizes(count: int, officers: int, rng: Random) -> list[int]:
    """Sizes, skewed as those of real units are, that add up to about so many officers."""
    least, most = SIZES[0], SIZES[-1]
    if not count * least <= officers <= count * most:
        raise ValueError(
            f"{count} units of {least} to {most} officers cannot have {officers} in all"
        )
    shares = [rng.lognormvariate(0, 0.5) for _ in range(count)]
    sizes = [least] * count
    scale = officers / sum(shares)
    for _ in range(50):
        sizes = [min(max(round(scale * share), least), most) for share in shares]
        scale *= officers / sum(sizes)
    return sizes


def _unit(place: Place, staff_nos: Sequence[str], first: date, rng: Random) -> Unit:
    """Sites, teams and officers, with nothing in their diaries."""
    sizes = _team_sizes(len(staff_nos), rng)
    offices = place.offices[: rng.randint(1, min(len(sizes), MOST_OFFICES))]
    teams = [Team(place.teams[n], offices[n % len(offices)]) for n in range(len(sizes))]
    numbers = iter(staff_nos)
    officers: list[Officer] = []
    for team, size in zip(teams, sizes, strict=True):
        team_numbers = [next(numbers) for _ in range(size)]
        officers += members(team, team_numbers, offices, place.magistrates, first, rng)
    share = rng.uniform(*(_FEW_DESKS if rng.random() < 0.1 else _DESKS))
    desks = {name: round(share * sum(o.base == name for o in officers)) for name in offices}
    return Unit(
        sites=(
            *(Site(name, "office", number) for name, number in desks.items()),
            Site(place.magistrates, "court"),
            Site(place.crown_court, "court"),
            *(Site(name, "partner") for name in VISITS),
        ),
        teams=tuple(teams),
        officers=tuple(officers),
    )


def _team_sizes(size: int, rng: Random) -> list[int]:
    """Team sizes that add up to the unit's."""
    number = round(size / _USUAL_TEAM)
    sizes = [size // number + (n < size % number) for n in range(number)]
    for _ in range(2 * number):
        giver, taker = rng.randrange(number), rng.randrange(number)
        if sizes[giver] > TEAM_SIZES[0] and sizes[taker] < TEAM_SIZES[-1]:
            sizes[giver] -= 1
            sizes[taker] += 1
    return sizes
