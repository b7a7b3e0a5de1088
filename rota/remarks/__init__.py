"""What people should know of the records of a unit: those that have no effect, and why."""

from rota.remarks.remark import Remark
from rota.remarks.table_remarks import find_remarks_on_problem, find_remarks_on_rows

__all__ = ["Remark", "find_remarks_on_problem", "find_remarks_on_rows"]
