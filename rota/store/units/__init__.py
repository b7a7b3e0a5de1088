"""Units, the rows of their tables, and where each row came from."""
