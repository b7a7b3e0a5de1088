"""What the checker found, on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rota.checker import Judgement
from rota.rules.finding_sentences import Count, say_number
from rota.writing.level_standings import LevelStanding, group_breaches_by_rule, list_level_standings

MOST = 10
"""Misfits that are told before the rest is only counted."""

MOST_OF_A_RULE = 3
"""Breaches of one rule that are told before the rest is only counted."""


def show_judgement(
    console: Console,
    judgement: Judgement,
    bounds: Mapping[str, float] | None,
    *,
    most: int | None = MOST_OF_A_RULE,
    all_in: str = "findings.csv has all of them",
) -> None:
    """Print every level's cost and bound, the broken rules, and the weightiest breaches of each.

    Where `bounds` is None nothing was proven, and nothing is said of it. With `most` None every
    breach is told; otherwise the rest is counted, and `all_in` says where all of them are.
    """
    console.print(
        _build_levels_table(
            list_level_standings(judgement, bounds or {}), says_how_good=bounds is not None
        )
    )
    if judgement.breaches:
        console.print()
        console.print(_build_rules_table(judgement))
        console.print()
        breaches_shown = [
            breach
            for _, breaches in group_breaches_by_rule(judgement)
            for breach in breaches[:most]
        ]
        for breach in breaches_shown:
            _show_sentence(console, Text.assemble((f"{breach.rule.level}: ", "dim"), breach.says))
        rest = len(judgement.breaches) - len(breaches_shown)
        if rest:
            more = f"{Count(rest):more breach|more breaches}"
            console.print(Text(f"  and {more}; {all_in}.", "italic"))


def show_misfits(console: Console, judgement: Judgement, *, most: int | None = MOST) -> None:
    """Print in what a rota has not the shape of one; nothing if it has."""
    if judgement.misfits:
        console.print(Text("These seats do not make a rota:", "bold"))
        misfits_shown = judgement.misfits[:most]
        for misfit in misfits_shown:
            _show_sentence(console, Text(misfit.says))
        rest = len(judgement.misfits) - len(misfits_shown)
        if rest:
            console.print(Text(f"  and {rest} more like these.", "italic"))
        console.print()


def _build_levels_table(standings_shown: Sequence[LevelStanding], *, says_how_good: bool) -> Table:
    table = Table("Level", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for title in ("Breaches", "Cost", "Bound") if says_how_good else ("Breaches", "Cost"):
        table.add_column(title, justify="right")
    if says_how_good:
        table.add_column("How good")
    for standing in standings_shown:
        bound = "" if standing.bound is None else say_number(standing.bound)
        style = "green" if standing.is_proven else "yellow"
        cells = (
            standing.level,
            str(standing.breaches),
            say_number(standing.cost),
            bound,
            Text(standing.says, style),
        )
        table.add_row(*cells[: len(table.columns)])
    return table


def _build_rules_table(judgement: Judgement) -> Table:
    table = Table("Broken rule", "Level", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for title in ("Breaches", "Cost"):
        table.add_column(title, justify="right")
    for rule, breaches in group_breaches_by_rule(judgement):
        cost = sum(breach.cost for breach in breaches)
        table.add_row(rule.key, rule.level, str(len(breaches)), say_number(cost))
    return table


def _show_sentence(console: Console, sentence: Text) -> None:
    """Wrapped and indented for people; in a pipe in one line, for other programs."""
    if console.is_terminal:
        console.print(Padding(sentence, (0, 0, 0, 2)))
    else:
        console.print(Text("  ") + sentence, soft_wrap=True)
