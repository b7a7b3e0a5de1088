"""Users, their roles, how they sign in, and the tokens of programs."""
