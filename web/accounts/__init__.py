"""Signing in and out, passwords, tokens, and where one is signed in."""

from web.accounts.own_page import blueprint as own_page
from web.accounts.pages import blueprint

__all__ = ["blueprint", "own_page"]
