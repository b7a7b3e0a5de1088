"""Nights: what ran, how long it took and what it changed."""

from web.nights.pages import blueprint

__all__ = ["blueprint"]
