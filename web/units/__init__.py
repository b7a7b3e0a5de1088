"""The pages of units, their records and their policy."""
