"""Figures of units, as pictures, tables and spreadsheets."""

from web.overview.pages import blueprint

__all__ = ["blueprint"]
