"""What people should know of the records of a unit: those that have no effect, and why."""

from rota.remarks.by_table import remarks_about, remarks_on
from rota.remarks.remark import Remark

__all__ = ["Remark", "remarks_about", "remarks_on"]
