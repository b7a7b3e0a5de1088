"""Versions: looked at, compared and restored."""

from web.versions.pages import blueprint

__all__ = ["blueprint"]
