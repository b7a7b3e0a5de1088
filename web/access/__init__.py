"""Who makes a request, which pages they may open, and what browsers are told."""
