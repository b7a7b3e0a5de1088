"""From files that people made to a problem or a rota of the domain, or to a list of faults."""

from rota.errors import BadInput, Fault
from rota.reading.bank_holidays import list_bank_holidays
from rota.reading.file_tables import POLICY_SHEET, ROTA_FILE
from rota.reading.name_guesses import guess_name
from rota.reading.one_row import read_one
from rota.reading.planning_days import list_planning_days
from rota.reading.problem import Reading, list_bank_holidays_around, read_problem
from rota.reading.rota_file import read_rota, read_rota_and_notes

__all__ = [
    "POLICY_SHEET",
    "ROTA_FILE",
    "BadInput",
    "Fault",
    "Reading",
    "guess_name",
    "list_bank_holidays",
    "list_bank_holidays_around",
    "list_planning_days",
    "read_one",
    "read_problem",
    "read_rota",
    "read_rota_and_notes",
]
