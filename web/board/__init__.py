"""The rota board: officers by days, to look at, to change and to print."""

from web.board.pages import blueprint

__all__ = ["blueprint"]
