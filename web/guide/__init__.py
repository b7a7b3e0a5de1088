"""The guide for those who write programs."""

from web.guide.pages import blueprint

__all__ = ["blueprint"]
