"""What people should know of the records of a unit: those that have no effect, and why."""

from rota.remarks.about import remarks_about
from rota.remarks.on import remarks_on
from rota.remarks.remark import Remark

__all__ = ["Remark", "remarks_about", "remarks_on"]
