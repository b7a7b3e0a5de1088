"""Proposals of the night: accepted and refused."""

from web.proposals.pages import blueprint

__all__ = ["blueprint"]
