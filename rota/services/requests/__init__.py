"""What officers ask for: a day, leave or a swap, until it waits for a manager."""
