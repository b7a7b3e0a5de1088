"""The pages of runs, of nights, and of what a night proposes."""
