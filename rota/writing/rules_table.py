"""The table of all rules, on a terminal and in docs/rules.md."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from rota.rules import RULES, Rule

_TITLES = ("Rule", "Level", "Weight", "What it asks")


def show_rules(console: Console) -> None:
    """Print every rule with its level, weight and sentence."""
    table = Table(*_TITLES, box=None, pad_edge=False, padding=(0, 2, 1, 0))
    table.columns[0].no_wrap = True
    for rule in RULES:
        table.add_row(*_build_cells(rule))
    console.print(table)


def build_rules_markdown() -> str:
    """The table of docs/rules.md, without a newline at its end."""
    rows = [_TITLES, ("---",) * len(_TITLES), *(_build_cells(rule, code="`") for rule in RULES)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _build_cells(rule: Rule, code: str = "") -> tuple[str, ...]:
    return f"{code}{rule.key}{code}", rule.level, str(rule.weight), rule.sentence
