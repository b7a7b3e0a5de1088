"""How fast and how well Rota plans. Nothing here passes or fails: machines differ.

`python -m tests.benchmarks` (`make bench`) plans each unit with Rota, plain CP-SAT and plain HiGHS,
one after the other in fresh processes, and solves the relaxation of each. These take longer, or
need more, and run when asked for by name:

- `poorest` looks at rotas of many units at several times beside those of the other solvers;
- `growth` tells how the time grows with the weeks and the officers;
- `storing` times loading, saving and publishing in each kind of database;
- `week` lives through five nights of one unit, and compares what they change with the fewest;
- `night` lives through one night of 120 units, in SQLite or PostgreSQL, with or without Dask. Its
  published rotas take ten minutes to plan; `--rotas FILE` keeps them for another time.
"""
