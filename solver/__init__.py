"""From a problem to the best rota that can be proven, with OR-Tools.

Tried on the reference units without gain, so that nobody need try again: one folded objective for
all levels (its large factors meet HiGHS's tolerances), the best rota so far as a hint to CP-SAT,
CP-SAT with two workers (it spends the second on neighbourhoods and proves nothing), objective
shaving, core-based and tree search for bounds, other cut, symmetry and presolve settings, interior
point, PDLP or GLOP for the relaxation (only the largest units gain), and rows that say how few of
a team a court leaves for the team's office (they bite on one date in a hundred).
"""
