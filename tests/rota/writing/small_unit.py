"""A unit of three officers in the week of 4 January 2027, of which Wednesday is a bank holiday.

            Mon            Tue               Thu               Fri
Ann Ash     court, locked  house, was home   house             home
Bob Beech   house          house             house, was home   home
Cid Cole    home           away              house             not working

The house has 2 desks, so Thursday is one over; Tuesday's change comes at short notice.
"""

from dataclasses import replace
from datetime import date

from rota.domain import (
    FULL_TIME,
    HOME,
    Away,
    Duty,
    Officer,
    Policy,
    Problem,
    PublishedSeat,
    Rota,
    Seat,
    Site,
    Team,
    Unit,
    WorkingPattern,
)
from tests.usual_rules import all_off_but

MON, TUE, WED, THU, FRI = (date(2027, 1, day) for day in range(4, 9))
HOUSE, COURT = "Mill House", "Mill Court"
LONG_AGO, LATELY = date(2015, 1, 1), date(2026, 10, 1)
ALL_WEEK, NOT_FRIDAY = FULL_TIME, WorkingPattern.of_days(range(4))

CID = Officer("3", "Cid Cole", "East", "SPO", LONG_AGO, HOUSE, NOT_FRIDAY)
ANN = Officer("1", "Ann Ash", "East", "PO", LONG_AGO, HOUSE, ALL_WEEK, skills=frozenset({"law"}))
BOB = Officer("2", "Bob Beech", "East", "PQIP", LATELY, HOUSE, ALL_WEEK, mentor="1")

PROBLEM = Problem(
    unit=Unit(
        sites=(Site(HOUSE, "office", 2), Site(COURT, "court")),
        teams=(Team("East", HOUSE), Team("Nobody", HOUSE)),
        officers=(CID, ANN, BOB),
        away=(Away("3", TUE, TUE, "sick"),),
        duties=(Duty(MON, COURT, 1, "law"),),
        published=(
            PublishedSeat("1", MON, COURT, locked=True),
            PublishedSeat("1", TUE, HOME.name),
            PublishedSeat("2", THU, HOME.name),
        ),
    ),
    policy=Policy(start=MON, weeks=1, weights=all_off_but()),
    today=date(2027, 1, 1),
    bank_holidays=frozenset({WED}),
)

ROTA = Rota.of(
    [
        Seat("1", MON, COURT),
        Seat("1", TUE, HOUSE),
        Seat("1", THU, HOUSE),
        Seat("1", FRI, HOME.name),
        Seat("2", MON, HOUSE),
        Seat("2", TUE, HOUSE),
        Seat("2", THU, HOUSE),
        Seat("2", FRI, HOME.name),
        Seat("3", MON, HOME.name),
        Seat("3", THU, HOUSE),
    ]
)

HALVES = replace(
    PROBLEM,
    unit=replace(
        PROBLEM.unit,
        officers=(
            replace(CID, working_days=WorkingPattern.parse("Mon Tue Wed Thu am")),
            ANN,
            BOB,
        ),
        away=(Away("3", TUE, TUE, "sick", "pm"),),
        duties=(Duty(MON, COURT, 1, "law", "am"),),
        published=(
            PublishedSeat("1", MON, COURT, locked=True, part="am"),
            PublishedSeat("1", MON, HOUSE, part="pm"),
            PublishedSeat("2", MON, HOME.name),
            PublishedSeat("2", THU, HOUSE, part="pm"),
        ),
    ),
)
"""The unit with half-days.

            Mon              Tue         Thu                       Fri
Ann Ash     court/house      house       house                     home
Bob Beech   house, was home  house       home, house in afternoon  home
Cid Cole    house            home/away   house/not working         not working
"""

SPLIT_ROTA = Rota.of(
    [
        Seat("1", MON, COURT, "am"),
        Seat("1", MON, HOUSE, "pm"),
        *(seat for seat in ROTA if seat.staff_no == "1" and seat.date > MON),
        Seat("2", MON, HOUSE),
        Seat("2", TUE, HOUSE),
        Seat("2", THU, HOME.name),
        Seat("2", FRI, HOME.name),
        Seat("3", MON, HOUSE),
        Seat("3", TUE, HOME.name, "am"),
        Seat("3", THU, HOUSE, "am"),
    ]
)
