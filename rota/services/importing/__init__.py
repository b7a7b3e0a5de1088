"""Units brought in from files, and written back to files."""
