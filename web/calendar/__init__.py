"""Officers' calendars, for programs that subscribe to them."""

from web.calendar.pages import blueprint

__all__ = ["blueprint"]
