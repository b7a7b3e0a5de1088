"""The pages on which officers ask for something, and managers answer."""
