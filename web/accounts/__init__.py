"""Signing in and out, and passwords."""

from web.accounts.pages import blueprint

__all__ = ["blueprint"]
