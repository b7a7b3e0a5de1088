"""What the checker found, as a table."""

from __future__ import annotations

from pathlib import Path

from rota.checker import Finding, Judgement
from rota.writing.spreadsheet import Value, format_csv
from rota.writing.whole_file import write_whole

COLUMNS = (
    "rule",
    "level",
    "weight",
    "about",
    "when",
    "count",
    "least",
    "most",
    "gap",
    "says",
)


def write_findings(path: Path, judgement: Judgement) -> None:
    """Write the findings as `findings_text` has them."""
    write_whole(path, format_findings(judgement))


def format_findings(judgement: Judgement) -> str:
    """Every finding, breaches first, each part in the order of the rules."""
    findings = sorted(judgement.findings, key=lambda finding: not finding.is_breach)
    return format_csv(COLUMNS, map(_build_row, findings))


def _build_row(finding: Finding) -> tuple[Value, ...]:
    return (
        finding.rule.key,
        finding.rule.level,
        finding.weight,
        finding.about,
        str(finding.when),
        finding.count,
        finding.least,
        finding.most,
        finding.gap,
        finding.says,
    )
