"""Workbooks of spreadsheet programs, looked through with care before a library reads them."""

from rota.reading.spreadsheets.book import SUFFIXES, Book, BookSheet, read_book
from rota.reading.spreadsheets.outline import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

__all__ = ["MOST_CELLS", "MOST_COLUMNS", "MOST_ROWS", "SUFFIXES", "Book", "BookSheet", "read_book"]
