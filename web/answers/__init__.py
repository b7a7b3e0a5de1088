"""What managers answer to what officers ask for."""

from web.answers.pages import blueprint

__all__ = ["blueprint"]
