"""Runs: asked for, claimed by workers, ended; and the night."""
