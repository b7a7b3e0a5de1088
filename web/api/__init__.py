"""The JSON API, for programs that come with a token."""

from web.api.endpoints import blueprint

__all__ = ["blueprint"]
