"""The records of a unit: which tables there are, how two states of them differ and merge."""
