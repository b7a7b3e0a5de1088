"""What managers say yes or no to, and what each yes does."""
