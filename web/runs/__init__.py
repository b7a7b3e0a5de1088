"""Runs: asked for, watched and stopped."""

from web.runs.pages import blueprint

__all__ = ["blueprint"]
