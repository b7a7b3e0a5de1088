"""Comparisons as pages show them: of one team or all, and some officers at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rota.services.rotas.changed_seats import ChangedOfficer, Comparison

AT_A_TIME = 40
"""Officers on a page."""


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """One page of a comparison with its title: officers of one team or all.

    `team` is empty if all teams are shown.
    """

    title: str
    whole: Comparison
    team: str
    people: tuple[ChangedOfficer, ...]
    page: int
    pages: int

    @classmethod
    def select(cls, title: str, whole: Comparison, arguments: Mapping[str, str]) -> ComparisonPage:
        """The part of the comparison with the team and the page that an address names."""
        team = arguments.get("team", "")
        people = [officer for officer in whole.people if team in ("", officer.team)]
        pages = max(1, -(-len(people) // AT_A_TIME))
        page = min(max(_read_page_number(arguments.get("page")), 1), pages)
        page_people = people[(page - 1) * AT_A_TIME : page * AT_A_TIME]
        return cls(title, whole, team, tuple(page_people), page, pages)


def _read_page_number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1
