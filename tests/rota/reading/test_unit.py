"""Every column of every table, from its cell to the object of the domain."""

from datetime import date

from rota.domain import (
    Appointment,
    Away,
    Closure,
    Duty,
    Link,
    Officer,
    PublishedSeat,
    Request,
    Site,
    Team,
    Unit,
    WorkingPattern,
)
from tests.rota.reading.small_unit import OFFICERS, read, write_unit

MONDAY, TUESDAY = date(2027, 1, 4), date(2027, 1, 5)

OFFICERS_IN_FULL = """\
staff_no,name,team,grade,start_date,base_site,working_days,email,other_sites,mentor,skills,home,\
office_percent,leave_date
101,Ana Bell,Red,PO,2015-03-02,Luton,Mon Fri,,,,,,,
102,Cai Dunn,Red,PQIP,07/09/2026,Bedford,Tue,cai@example.org,Luton;Crown Court,101,court; duty,\
no,40,2027-06-30
"""

TABLES = {
    "officers": OFFICERS_IN_FULL,
    "away": "staff_no,first,last,kind\n101,2027-01-04,2027-01-05,Sick\n102,04/01/2027,4/1/2027,\n",
    "duties": "date,site,needed,skill\n2027-01-04,Crown Court,2,court\n2027-01-05,Luton,0,\n",
    "appointments": "staff_no,date,site\n101,2027-01-04,Bedford\n",
    "requests": "staff_no,when,wants,strength\n101,fri,HOME,3\n101,04/01/2027,office,\n",
    "links": "staff_no,with_staff_no,reason\n101,102,one household\n102,101,\n",
    "closures": "site,date,desks\nLuton,2027-01-05,0\n",
    "rota": "staff_no,date,site,locked\n101,2027-01-04,home,yes\n102,2027-01-05,Luton,\n",
}


def test_every_column(tmp_path):
    assert read(write_unit(tmp_path, **TABLES)).problem.unit == Unit(
        sites=(Site("Luton", "office", 8), Site("Bedford", "office"), Site("Crown Court", "court")),
        teams=(Team("Red", "Luton"),),
        officers=(
            Officer(
                "101",
                "Ana Bell",
                "Red",
                "PO",
                date(2015, 3, 2),
                "Luton",
                WorkingPattern.of_days({0, 4}),
            ),
            Officer(
                staff_no="102",
                name="Cai Dunn",
                team="Red",
                grade="PQIP",
                start_date=date(2026, 9, 7),
                base="Bedford",
                working_days=WorkingPattern.of_days({1}),
                other_sites=("Luton", "Crown Court"),
                mentor="101",
                skills=frozenset({"court", "duty"}),
                has_home_office=False,
                office_percent=40,
                leave_date=date(2027, 6, 30),
                email="cai@example.org",
            ),
        ),
        away=(Away("101", MONDAY, TUESDAY, "sick"), Away("102", MONDAY, MONDAY, "leave")),
        duties=(Duty(MONDAY, "Crown Court", 2, "court"), Duty(TUESDAY, "Luton", 0, None)),
        appointments=(Appointment("101", MONDAY, "Bedford"),),
        requests=(Request("101", 4, "home", 3), Request("101", MONDAY, "office", 1)),
        links=(Link("101", "102", "one household"), Link("102", "101", "")),
        closures=(Closure("Luton", TUESDAY, TUESDAY, 0),),
        published=(
            PublishedSeat("101", MONDAY, "home", True),
            PublishedSeat("102", TUESDAY, "Luton", False),
        ),
    )


def test_columns_in_another_order_give_the_same_unit(tmp_path):
    plain = read(write_unit(tmp_path)).problem
    turned = "\n".join(",".join(reversed(row.split(","))) for row in OFFICERS.splitlines())
    assert read(write_unit(tmp_path, officers=turned)).problem == plain
