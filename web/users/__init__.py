"""Users, whom administrators look after."""

from web.users.pages import blueprint

__all__ = ["blueprint"]
