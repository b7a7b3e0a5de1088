"""What each member of staff sees: their days, their share, who is in."""
