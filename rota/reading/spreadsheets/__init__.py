"""Workbooks of spreadsheet programs, looked through with care before a library reads them."""

from rota.reading.spreadsheets.book import SUFFIXES, Book, BookSheet, read_book

__all__ = ["SUFFIXES", "Book", "BookSheet", "read_book"]
