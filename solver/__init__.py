"""From a problem to the best rota that can be proven, with OR-Tools.

Tried on the reference units without gain, so that nobody need try again: one folded objective for
proofs on all levels (its large factors meet HiGHS's tolerances; for first values it serves well),
the best rota so far as a hint to CP-SAT, CP-SAT with two workers (it spends the second on
neighbourhoods and proves nothing), objective shaving, core-based and tree search for bounds, other
cut, symmetry, presolve and heuristic settings, interior point, PDLP or GLOP for the relaxation,
SCIP for single weeks (half as fast as HiGHS), and rows that say how few of a team a court leaves
for the team's office (they bite on one date in a hundred).

Tried on units with few desks: the costs of weeks planned by themselves as rows of the relaxation
(they raise it no further than the sum does, and take 3 to 25 times as long), joining the weeks'
own rotas (the relaxation's days are as good, and are there at once), one week free and all else
kept (it ends at once where it begins), whole weeks of a team or an office free at first, rather
than of officers (as good only after five times as long), a second process of HiGHS for the weeks
(CP-SAT needs the core more), and a new start of CP-SAT at each better cost (it loses all that it
has learnt).

Tried on units with half-days and on long ones: the gatherings of weeks planned by themselves, all
kept at once (650 where the relaxation's lead to 647, 1898 to 1875 on twelve weeks), week after week
with the relaxation's share of what ties them together (1878, as the first values but after ten
times as long), half-days of all officers free at first, or whoever is to meet somebody with a
fractional week, or owes the same duty (no better rota after twice as long), only the options as
whole numbers, since all else follows from them (half to twice the time, by luck), every way to
round a sum of half-days rather than one (the relaxation proves no more), other settings of HiGHS,
one by one, and no relaxation of its own for the last level (a sixth less for 400 officers, but most
runs of northamptonshire and leeds-short took longer; it is left out where the best rota is near).
"""
