"""Files that bring a unit in, and take it away."""

from web.importing.pages import blueprint

__all__ = ["blueprint"]
