"""How the installation fares: its checks, its audit, its figures."""
