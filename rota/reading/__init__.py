"""From files that people made to a problem or a rota of the domain, or to a list of faults."""

from rota.errors import BadInput, Fault
from rota.reading.bank_holidays import bank_holidays
from rota.reading.file_tables import POLICY_SHEET, ROTA_FILE
from rota.reading.near import near
from rota.reading.one_row import read_one
from rota.reading.problem import Reading, bank_holidays_around, read_problem
from rota.reading.rota_file import read_rota, read_rota_and_notes

__all__ = [
    "POLICY_SHEET",
    "ROTA_FILE",
    "BadInput",
    "Fault",
    "Reading",
    "bank_holidays",
    "bank_holidays_around",
    "near",
    "read_one",
    "read_problem",
    "read_rota",
    "read_rota_and_notes",
]
