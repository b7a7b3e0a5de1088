"""Comparisons as pages show them: by team if one is chosen, and so many officers at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rota.services.rotas.changed_seats import ChangedOfficer, Comparison

AT_A_TIME = 40
"""Officers on a page."""


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """A part of a comparison under its title: officers of one team or all, on one page of several.

    `team` is empty where all teams are shown.
    """

    title: str
    whole: Comparison
    team: str
    people: tuple[ChangedOfficer, ...]
    page: int
    pages: int

    @classmethod
    def shown(cls, title: str, whole: Comparison, asked: Mapping[str, str]) -> ComparisonPage:
        """What of it is asked for, by the team and the page that an address names."""
        team = asked.get("team", "")
        people = [its for its in whole.people if team in ("", its.team)]
        pages = max(1, -(-len(people) // AT_A_TIME))
        page = min(max(_number(asked.get("page")), 1), pages)
        those = people[(page - 1) * AT_A_TIME : page * AT_A_TIME]
        return cls(title, whole, team, tuple(those), page, pages)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 1
