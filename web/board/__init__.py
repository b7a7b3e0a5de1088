"""The board: the rota of some weeks, in which managers move people."""
