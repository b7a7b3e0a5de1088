"""The units that there are, for administrators."""

from web.units.pages import blueprint

__all__ = ["blueprint"]
