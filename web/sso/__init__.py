"""Signing in through a provider of OpenID Connect."""

from web.sso.pages import blueprint

__all__ = ["blueprint"]
