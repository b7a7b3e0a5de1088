"""Drafts: compared, published and thrown away."""

from web.publishing.pages import blueprint

__all__ = ["blueprint"]
