"""What the checker found, on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rota.checker import Judgement
from rota.writing.standing import Standing, breaches_by_rule, standings, weightiest

MOST = 10
"""Sentences that are printed before the rest is only counted."""


def show_judgement(
    console: Console,
    judgement: Judgement,
    bounds: Mapping[str, int],
    *,
    most: int | None = MOST,
) -> None:
    """Print every level's cost and bound, the broken rules, and the weightiest breaches.

    With `most` None every breach is told; otherwise the rest is counted and left to findings.csv.
    """
    console.print(_levels(standings(judgement, bounds)))
    if judgement.breaches:
        console.print()
        console.print(_rules(judgement))
        console.print()
        sentences = [
            Text.assemble((f"{breach.rule.level}: ", "dim"), breach.says)
            for breach in weightiest(judgement)
        ]
        _show_sentences(console, sentences, most, "breaches; findings.csv has all of them")


def show_misfits(console: Console, judgement: Judgement, *, most: int | None = MOST) -> None:
    """Print in what a rota has not the shape of one; nothing if it has."""
    if judgement.misfits:
        console.print(Text("These seats do not make a rota:", "bold"))
        sentences = [Text(misfit.says) for misfit in judgement.misfits]
        _show_sentences(console, sentences, most, "like these")


def _levels(those: Sequence[Standing]) -> Table:
    table = Table("Level", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for title in ("Breaches", "Cost", "Bound"):
        table.add_column(title, justify="right")
    table.add_column("How good")
    for its in those:
        bound = "" if its.bound is None else str(its.bound)
        style = "green" if its.is_proven else "yellow"
        table.add_row(its.level, str(its.breaches), str(its.cost), bound, Text(its.says, style))
    return table


def _rules(judgement: Judgement) -> Table:
    table = Table("Broken rule", "Level", box=None, pad_edge=False, padding=(0, 3, 0, 0))
    for title in ("Breaches", "Cost"):
        table.add_column(title, justify="right")
    for rule, breaches in breaches_by_rule(judgement):
        cost = sum(breach.cost for breach in breaches)
        table.add_row(rule.key, rule.level, str(len(breaches)), str(cost))
    return table


def _show_sentences(
    console: Console, sentences: Sequence[Text], most: int | None, rest: str
) -> None:
    shown = sentences[:most]
    for sentence in shown:
        console.print(Padding(sentence, (0, 0, 0, 2)))
    if len(sentences) > len(shown):
        console.print(Text(f"  and {len(sentences) - len(shown)} more {rest}.", "italic"))
