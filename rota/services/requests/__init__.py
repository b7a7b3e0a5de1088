"""What officers ask for: a day, leave or a swap, from the first word to the manager's desk."""
