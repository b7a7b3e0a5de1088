"""The words of Rota as plain frozen objects; they import nothing but the standard library."""

from rota.domain.calendar import FRIDAY, MONDAY, WEEKDAYS, Days, Period, Week, When, in_words
from rota.domain.people import (
    AWAY_KINDS,
    GRADES,
    MANAGER_GRADE,
    STRENGTHS,
    TRAINEE_GRADE,
    Away,
    Link,
    Officer,
    Request,
    Team,
)
from rota.domain.policy import (
    ALL,
    NEVER,
    OUTSIDE_NOTICE,
    OVER_PERIOD,
    OVER_WEEK,
    Policy,
    is_list,
    list_settings,
)
from rota.domain.problem import Problem, Unit
from rota.domain.recurrence import falls_on
from rota.domain.seats import OfficerDay, PublishedSeat, Rota, Seat
from rota.domain.sites import DUTY_KINDS, HOME, KINDS, OFFICE, Appointment, Closure, Duty, Site
from rota.domain.visibility import Readers

__all__ = [
    "ALL",
    "AWAY_KINDS",
    "DUTY_KINDS",
    "FRIDAY",
    "GRADES",
    "HOME",
    "KINDS",
    "MANAGER_GRADE",
    "MONDAY",
    "NEVER",
    "OFFICE",
    "OUTSIDE_NOTICE",
    "OVER_PERIOD",
    "OVER_WEEK",
    "STRENGTHS",
    "TRAINEE_GRADE",
    "WEEKDAYS",
    "Appointment",
    "Away",
    "Closure",
    "Days",
    "Duty",
    "Link",
    "Officer",
    "OfficerDay",
    "Period",
    "Policy",
    "Problem",
    "PublishedSeat",
    "Readers",
    "Request",
    "Rota",
    "Seat",
    "Site",
    "Team",
    "Unit",
    "Week",
    "When",
    "falls_on",
    "in_words",
    "is_list",
    "list_settings",
]
