"""What officers ask for, and what waits for a manager's yes."""
