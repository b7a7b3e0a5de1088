"""The database: its address, its shape, its file, and transactions on it."""
