"""The rota as one page for people to look at and print: no scripts, no network.

Why an officer is away is not told, because such a page hangs on walls.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from rota.checker import Finding, Judgement
from rota.domain import (
    HALVES,
    HOME,
    KINDS,
    Policy,
    Problem,
    Rota,
    Site,
    Team,
    count_days,
    in_words,
    list_settings,
)
from rota.rules import LEVELS, Rule, find_rules_in_force
from rota.rules.finding_sentences import Count, say_number
from rota.rules.office import OFFICE_MINIMUM
from rota.writing.grid import (
    GridCell,
    GridRow,
    State,
    build_rows_by_team,
    find_state_for_nobody,
    split_into_blocks,
)
from rota.writing.level_standings import group_breaches_by_rule, list_level_standings
from rota.writing.occupancy import count_occupancy
from rota.writing.site_codes import assign_site_codes
from rota.writing.whole_file import write_whole

WEEKS_ABREAST = 4
"""Weeks that fit beside the names on a sheet of A4 on its side."""

SENTENCES = 3
"""Breaches of a rule that are in view; the others unfold."""


def write_page(
    path: Path,
    problem: Problem,
    rota: Rota,
    judgement: Judgement,
    bounds: Mapping[str, float],
) -> None:
    """Write the page; `bounds` holds the proven bound of each level that has one."""
    write_whole(path, render_page(problem, rota, judgement, bounds))


def render_page(
    problem: Problem, rota: Rota, judgement: Judgement, bounds: Mapping[str, float]
) -> str:
    """The page as HTML."""
    style = files("rota.writing").joinpath("rota.css").read_text(encoding="utf-8")
    return _TEMPLATES.get_template("rota.html.j2").render(
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        problem=problem,
        period=in_words(problem.period),
        shares=tuple(_count_shares(problem, rota)),
        rules_at=_group_rules_by_level(problem),
        standings=list_level_standings(judgement, bounds),
        broken=_group_breaches_by_level(judgement),
        sentences=SENTENCES,
        misfits=judgement.misfits,
        misplaced={(misfit.seat.staff_no, misfit.seat.date) for misfit in judgement.misfits},
        codes={**assign_site_codes(problem), HOME.name: HOME.name},
        teams=tuple(_build_team_grids(problem, rota)),
        office_days=_count_office_days(judgement),
        occupancy=count_occupancy(problem, rota),
        blocks=split_into_blocks(problem, WEEKS_ABREAST),
        days_of=problem.list_days,
        state_for_nobody=find_state_for_nobody,
        State=State,
    )


def _count_shares(problem: Problem, rota: Rota) -> Iterator[tuple[str, Count, int]]:
    """Every kind in use with its days and their share of all in whole percent.

    Extra days count for no percentage.
    """
    halves: Counter[str] = Counter()
    for seat in rota:
        if seat.site in problem.sites and seat.date not in problem.extra_days:
            halves[problem.sites[seat.site].kind] += seat.halves
    for kind in KINDS:
        if halves[kind]:
            share = round(100 * halves[kind] / halves.total())
            yield kind, Count(count_days(halves[kind])), share


def _group_rules_by_level(problem: Problem) -> Mapping[str, Sequence[str]]:
    keys: dict[str, list[str]] = {level: [] for level in LEVELS}
    for rule in find_rules_in_force(problem):
        keys[rule.level].append(rule.key)
    return keys


def _group_breaches_by_level(
    judgement: Judgement,
) -> Mapping[str, Sequence[tuple[Rule, Sequence[Finding]]]]:
    breaches_by_level: dict[str, list[tuple[Rule, Sequence[Finding]]]] = {}
    for rule, breaches in group_breaches_by_rule(judgement):
        breaches_by_level.setdefault(rule.level, []).append((rule, breaches))
    return breaches_by_level


@dataclass(frozen=True, slots=True)
class _TeamGrid:
    """A team, its officers' rows, and the sites and states that its key has to explain."""

    team: Team
    rows: Sequence[GridRow]
    sites: Sequence[Site]
    states: frozenset[State]
    has_split: bool
    has_changed: bool
    has_locked: bool


def _build_team_grids(problem: Problem, rota: Rota) -> Iterator[_TeamGrid]:
    """The teams that have members, in the order of their table."""
    rows_of = build_rows_by_team(problem, rota)
    for team in problem.teams:
        if team not in rows_of:
            continue
        cells = [cell for row in rows_of[team] for cell in row.cells.values()]
        parts = [part for cell in cells for part in cell.parts]
        sites_shown = {site for part in parts for site in (*part.sites, part.published_site)}
        yield _TeamGrid(
            problem.find_team(team),
            rows_of[team],
            [site for site in problem.sites.values() if site.name in sites_shown],
            frozenset(part.state for part in parts),
            any(cell.halves for cell in cells),
            any(cell.published_site for cell in cells),
            any(cell.locked for cell in cells),
        )


class _OfficeDays(NamedTuple):
    """An officer's days that count towards the office minimum, those asked, and those missing."""

    had: float
    least: float
    short: float


def _count_office_days(judgement: Judgement) -> Mapping[str, _OfficeDays]:
    """By officer as findings name them, summed over the weeks if the minimum holds in each."""
    days: dict[str, _OfficeDays] = {}
    for finding in judgement.findings:
        if finding.rule.key == OFFICE_MINIMUM.key:
            had, least, short = days.get(finding.about, (0, 0, 0))
            least += finding.least or 0
            days[finding.about] = _OfficeDays(had + finding.count, least, short + finding.gap)
    return days


def _split_sentence(sentence: str) -> Sequence[tuple[str, str]]:
    """A rule's sentence: each plain part, and the name in backticks after it or nothing."""
    parts = sentence.split("`")
    return tuple(zip_longest(parts[::2], parts[1::2], fillvalue=""))


def _find_value(name: str, policy: Policy) -> str:
    """The value that the policy gives a setting, or nothing if it is not the name of one."""
    if name not in list_settings():
        return ""
    value = getattr(policy, name)
    return f" ({', '.join(value) if isinstance(value, tuple) else value})"


def _say_published(cell: GridCell, codes: Mapping[str, str]) -> str:
    """Where the officer was published, of the halves in which it is another site than now."""
    sites = [part.published_site for part in cell.parts]
    codes_before = "/".join(dict.fromkeys(codes[site] for site in sites if site))
    if all(sites):
        return f"was {codes_before}"
    return f"{HALVES[0 if sites[0] else 1]} was {codes_before}"


_TEMPLATES = Environment(
    loader=PackageLoader("rota.writing", ""),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_TEMPLATES.filters.update(
    parts=_split_sentence, value_in=_find_value, number=say_number, say_published=_say_published
)
