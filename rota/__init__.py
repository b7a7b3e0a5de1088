"""Plans hybrid work rotas, proves how good they are and says what could not be met."""
