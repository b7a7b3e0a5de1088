"""Who is in at an office on a day."""

from web.who_is_in.pages import blueprint

__all__ = ["blueprint"]
