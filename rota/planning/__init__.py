"""The only door to the solver: every rota that comes through it has been judged.

`rota.planning.stored_runs` works on stored runs. It is imported from its own module, because
planning from files needs no database.
"""

from rota.planning.plan import Disagreement, Plan, plan
from solver.engine_team import Engines
from solver.search import Watch
from solver.search_results import SearchProgress

__all__ = ["Disagreement", "Engines", "Plan", "SearchProgress", "Watch", "plan"]
