"""Who does something, what they may do, and what of it they may read."""
