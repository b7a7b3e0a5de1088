"""What changed between the published seats and a new rota, and why, as the checker counts it."""

from rota.explaining.change import Change, find_changes_between
from rota.explaining.reason import Reason, explain

__all__ = ["Change", "Reason", "explain", "find_changes_between"]
