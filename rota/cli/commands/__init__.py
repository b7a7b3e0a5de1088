"""The commands of `rota`, a noun of theirs a module; `rota.cli.listing` says which has which."""
