"""How fast and how well Rota plans. Nothing here passes or fails: machines differ.

`python -m tests.benchmarks` (`make bench`) plans each unit with Rota and with plain CP-SAT, one
after the other in fresh processes; `python -m tests.benchmarks growth` tells how the time grows
with the weeks and the officers.
"""
