"""What people should know of the records of a unit: those that have no effect, and why."""

from rota.remarks.by_table import find_remarks_on_problem, find_remarks_on_rows
from rota.remarks.remark import Remark

__all__ = ["Remark", "find_remarks_on_problem", "find_remarks_on_rows"]
