"""A rota and its findings as files and on a terminal, and a unit as the folder it is read from.

The calendar feed is imported from its own module, because its library is slow to start.
"""

from rota.writing.findings_csv import format_findings, write_findings
from rota.writing.judgement_json import build_judgement_json
from rota.writing.notice import MovedDay, NewDays, Notice, ProposedMove, build_notice
from rota.writing.progress import ProgressLine
from rota.writing.rota_csv import format_rota, write_rota
from rota.writing.rota_html import render_page, write_page
from rota.writing.rules_table import build_rules_markdown, show_rules
from rota.writing.summary_json import format_summary, format_summary_as_json, write_summary
from rota.writing.terminal import show_judgement, show_misfits
from rota.writing.terminal_grid import show_rota
from rota.writing.unit_folder import unit_files, write_unit
from rota.writing.unit_rows import row_in_words, row_texts
from rota.writing.whole_file import write_together
from rota.writing.workbook import build_unit_workbook

__all__ = [
    "MovedDay",
    "NewDays",
    "Notice",
    "ProgressLine",
    "ProposedMove",
    "build_judgement_json",
    "build_notice",
    "build_rules_markdown",
    "build_unit_workbook",
    "format_findings",
    "format_rota",
    "format_summary",
    "format_summary_as_json",
    "render_page",
    "row_in_words",
    "row_texts",
    "show_judgement",
    "show_misfits",
    "show_rota",
    "show_rules",
    "unit_files",
    "write_findings",
    "write_page",
    "write_rota",
    "write_summary",
    "write_together",
    "write_unit",
]
