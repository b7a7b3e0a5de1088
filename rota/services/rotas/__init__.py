"""Rotas to look at: the board, its findings, and versions side by side."""
