"""Users, and all with which they or their programs come in."""
