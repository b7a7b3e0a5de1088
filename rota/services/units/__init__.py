"""A unit: its records, its policy, and the problem to be planned."""
