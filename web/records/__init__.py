"""The records of a unit: lists to look through, and forms to add, change and remove."""

from web.records.pages import blueprint

__all__ = ["blueprint"]
