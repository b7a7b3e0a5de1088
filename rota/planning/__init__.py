"""The only door to the solver: every rota that comes through it has been judged.

Stored runs are worked on by `rota.planning.work`, which is imported from there: to plan from files
needs no database.
"""

from rota.planning.plan import Disagreement, Plan, plan
from solver.outcome import SearchProgress
from solver.search import Watch
from solver.team import Engines

__all__ = ["Disagreement", "Engines", "Plan", "SearchProgress", "Watch", "plan"]
