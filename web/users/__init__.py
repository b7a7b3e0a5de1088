"""What administrators look after: users, and whether all is well."""

from web.users import installation
from web.users.pages import blueprint

__all__ = ["blueprint", "installation"]
