"""The one door through which rotas are published, and the messages that tell of it."""
