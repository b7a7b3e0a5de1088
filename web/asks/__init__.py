"""What officers ask for, and what managers answer."""

from web.asks.pages import blueprint

__all__ = ["blueprint"]
