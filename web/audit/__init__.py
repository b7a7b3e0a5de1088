"""What was done, by whom, when and from where."""

from web.audit.pages import blueprint

__all__ = ["blueprint"]
