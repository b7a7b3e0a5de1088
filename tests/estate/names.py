"""Names for many delivery units: those of the real estate where it is at hand, else invented."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product
from pathlib import Path
from random import Random

_ESTATE = Path(__file__).parents[3] / "shared" / "data" / "estate"

MOST_TEAMS, MOST_OFFICES = 32, 5

_BEGINNINGS = "Alder Birch Cold Dun Elm Fern Glen Hawk Iron Kings Long Mill Nether Over Pen"
_ENDINGS = "bourne bridge bury combe cott field ford ham hurst ley mere minster stoke wick"
_HOUSES = ("Anchor House", "Beacon House", "Canal Street", "Depot Lane", "Exchange Buildings")

_FORENAMES = """
    Abena Aled Anouk Arjun Beth Callum Ceri Danuta Ebele Emrys Fiona Gareth Hana Idris Ines Jasmin
    Kofi Lowri Magda Marek Nadia Nesta Olu Padraig Rania Rosa Seren Tamsin Tomos Usha Vikram Wilf
    Xanthe Yan Zofia Zoë
    """
_SURNAMES = """
    Abbott Adjei Bevan Bianchi Chaudhry Clarke Dempsey Dhillon Eze Fletcher Gomez Harries Hussain
    Ives Jarvis Kaur Kowalski Lambert Mbeki Moss Novak O'Hara Okafor Pryce Quayle Rossi Sato Sharp
    Szabo Thorne Tudor Upton Vickers Whelan Yilmaz Zielińska
    """

_PARKED = re.compile("alloc|pending", re.IGNORECASE)
"""Teams of cases that wait for a team, with nobody in them."""

_COMMON = {"central", "city", "east", "north", "south", "west", "with", "upon", "team"}
"""Words that two places may share and yet be far apart."""


@dataclass(frozen=True)
class Place:
    """The names of a delivery unit: as many as the largest needs, those to be used first first."""

    name: str
    teams: tuple[str, ...]
    offices: tuple[str, ...]
    magistrates: str
    crown_court: str


@dataclass(frozen=True)
class _Estate:
    teams: Mapping[str, Sequence[str]]
    offices: Sequence[str]
    magistrates: Sequence[str]
    crown_courts: Sequence[str]


def places(count: int, rng: Random) -> Iterator[Place]:
    """So many places, no two of one name."""
    estate = _estate()
    real = rng.sample(list(estate.teams), len(estate.teams))
    towns = [*map("".join, product(_BEGINNINGS.split(), _ENDINGS.split()))]
    for name in islice(chain(real, rng.sample(towns, len(towns))), count):
        yield _place(name, estate, rng)


def person(rng: Random) -> str:
    return f"{rng.choice(_FORENAMES.split())} {rng.choice(_SURNAMES.split())}"


def _place(name: str, estate: _Estate, rng: Random) -> Place:
    numbered = (f"{name} Team {n}" for n in range(1, MOST_TEAMS + 1))
    offices = (office.rpartition(": ")[2] for office in _near(name, estate.offices, rng))
    return Place(
        name=name,
        teams=_first(MOST_TEAMS, chain(estate.teams.get(name, ()), numbered)),
        offices=_first(MOST_OFFICES, chain(offices, _HOUSES)),
        magistrates=[*_near(name, estate.magistrates, rng), f"{name} Magistrates' Court"][0],
        crown_court=[*_near(name, estate.crown_courts, rng), f"{name} Crown Court"][0],
    )


def _first(most: int, names: Iterable[str]) -> tuple[str, ...]:
    """The first names, each once."""
    return tuple(islice(dict.fromkeys(names), most))


def _near(name: str, others: Sequence[str], rng: Random) -> list[str]:
    """The others, first those that share a word with the name, else in any order."""
    words = _words(name)
    shuffled = rng.sample(others, len(others))
    return sorted(shuffled, key=lambda other: words.isdisjoint(_words(other)))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{4,}", name.casefold())) - _COMMON


def _estate() -> _Estate:
    teams: dict[str, list[str]] = defaultdict(list)
    for row in _rows("teams"):
        if not _PARKED.search(row["team_name"]):
            teams[row["pdu_name"]].append(row["team_name"])
    for row in _rows("delivery-units"):
        teams.setdefault(row["name"], [])
    offices = [row["name"] for row in _rows("offices") if "court" not in row["name"].casefold()]
    courts: dict[bool, list[str]] = {True: [], False: []}
    for row in _rows("courts"):
        courts["crown" in row["court_name"].casefold()].append(row["court_name"])
    return _Estate(teams, offices, magistrates=courts[False], crown_courts=courts[True])


def _rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the estate, if it is here, without doubled spaces."""
    path = _ESTATE / f"{table}.csv"
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                yield {column: " ".join(cell.split()) for column, cell in row.items()}
