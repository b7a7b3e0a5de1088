"""As many delivery units as one asks for, shaped like real ones, and what a night brings to them.

All is drawn at random, and the same seed draws the same. Shares and sizes are those counted in the
reference units, but no row of these is used.
"""

from tests.estate.night import night_of_changes
from tests.estate.units import SIZES, units

__all__ = ["SIZES", "night_of_changes", "units"]
