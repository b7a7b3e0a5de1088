"""Runs, nights and workers."""
