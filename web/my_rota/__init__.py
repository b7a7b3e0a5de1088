"""The pages for every member of staff: their own days, and who is in."""
