"""A rota and its findings as files and on a terminal, and a unit as the folder it is read from.

The calendar feed is imported from its own module, because its library is slow to start.
"""

from rota.writing.findings_csv import findings_text, write_findings
from rota.writing.judgement_json import judgement_as_json
from rota.writing.notice import MovedDay, NewDays, Notice, Proposed, notice
from rota.writing.progress import ProgressLine
from rota.writing.rota_csv import rota_text, write_rota
from rota.writing.rota_html import page_text, write_page
from rota.writing.rules_table import rules_as_markdown, show_rules
from rota.writing.summary_json import summary_as_json, summary_text, write_summary
from rota.writing.terminal import show_judgement, show_misfits
from rota.writing.terminal_grid import show_rota
from rota.writing.unit_folder import unit_files, write_unit
from rota.writing.unit_rows import row_in_words, row_texts
from rota.writing.whole_file import write_together
from rota.writing.workbook import unit_workbook

__all__ = [
    "MovedDay",
    "NewDays",
    "Notice",
    "ProgressLine",
    "Proposed",
    "findings_text",
    "judgement_as_json",
    "notice",
    "page_text",
    "rota_text",
    "row_in_words",
    "row_texts",
    "rules_as_markdown",
    "show_judgement",
    "show_misfits",
    "show_rota",
    "show_rules",
    "summary_as_json",
    "summary_text",
    "unit_files",
    "unit_workbook",
    "write_findings",
    "write_page",
    "write_rota",
    "write_summary",
    "write_together",
    "write_unit",
]
