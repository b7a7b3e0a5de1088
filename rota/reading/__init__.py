"""From files that people made to a problem or a rota of the domain, or to a list of faults."""

from rota.errors import BadInput, Fault
from rota.reading.bank_holidays import bank_holidays
from rota.reading.problem import Reading, read_problem
from rota.reading.rota_file import read_rota
from rota.reading.tables import POLICY_SHEET, ROTA_FILE, TABLES, Column, Table

__all__ = [
    "POLICY_SHEET",
    "ROTA_FILE",
    "TABLES",
    "BadInput",
    "Column",
    "Fault",
    "Reading",
    "Table",
    "bank_holidays",
    "read_problem",
    "read_rota",
]
