"""What people and the night can do: a function for each, its guards first, with one commit."""
