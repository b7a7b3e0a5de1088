"""What is published and drafted, and what pages read of it."""
