"""Why a record has no effect, or asks for what cannot be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, as the end of a sentence."""

    says: str


WEEKEND = Cause("nobody works at weekends")
BANK_HOLIDAY = Cause("nobody works on bank holidays")
NO_WORKDAY = Cause("nobody works on those days")
DAY_OFF = Cause("nobody works on days off of the unit")
NOBODY_ASKED = Cause("nobody may be asked for extra days")
NOT_ASKED = Cause("the officer may not be asked for extra days")
OFF = Cause("the officer does not work on that weekday")
OFF_THAT_WEEK = Cause("the officer does not work on that weekday in that week")
OFF_THAT_HALF = Cause("the officer does not work in that half of the day")
AWAY = Cause("the officer is away then")
LEFT = Cause("the officer has left by then")
NOT_YET = Cause("the officer has not started by then")
NONE_WORKED = Cause("the officer works on none of those days")
NO_WORKING_DAY = Cause("nobody works on any of its days")
LONG_OVER = Cause("what has been over for more than a year counts for nothing")
NO_HOME_OFFICE = Cause("the officer may not work at home")
NO_SUCH_SITE = Cause("the officer may be at no site of that kind then")
TWO_PLACES = Cause("the officer is expected at more than one site that day")
UNUSED = Cause("nobody may be at the site that day")
AS_USUAL = Cause("the site has so many desks anyway")
