"""The pages on which a unit comes in from a file, or goes out as one."""
