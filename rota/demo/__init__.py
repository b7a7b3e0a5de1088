"""What `rota demo` shows: an example unit of this week, its pages, and a worker beside them."""
