"""What administrators see of the installation."""

from web.upkeep.pages import blueprint

__all__ = ["blueprint"]
