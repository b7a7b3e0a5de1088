from datetime import date

from rota.domain import Appointment, Away, Closure, Duty, Link, PublishedSeat, Request, Unit
from rota.domain.date_shifting import shift_dates
from tests.rota_text import officer


def test_every_date_is_moved_and_nothing_else() -> None:
    ann = officer("Ann", start_date=date(2026, 12, 30), leave_date=date(2027, 3, 1))
    unit = Unit(
        sites=(),
        teams=(),
        officers=(ann,),
        away=(Away("Ann", date(2027, 1, 4), date(2027, 1, 6)),),
        duties=(
            Duty(date(2027, 1, 5), "Court", 2),
            Duty(frozenset({1}), "Court", 2, first=date(2027, 1, 5), every=2),
        ),
        appointments=(Appointment("Ann", date(2027, 1, 7), "Office"),),
        requests=(Request("Ann", 4, "home"), Request("Ann", date(2027, 1, 8), "home")),
        links=(Link("Ann", "Bob"),),
        closures=(Closure("Office", date(2027, 1, 11), date(2027, 1, 11), 3),),
        published=(PublishedSeat("Ann", date(2027, 1, 12), "Office", locked=True),),
    )
    # Two weeks back: 4 January 2027 is a Monday, and so is 21 December 2026.
    assert shift_dates(unit, weeks=-2) == Unit(
        sites=(),
        teams=(),
        officers=(officer("Ann", start_date=date(2026, 12, 16), leave_date=date(2027, 2, 15)),),
        away=(Away("Ann", date(2026, 12, 21), date(2026, 12, 23)),),
        duties=(
            Duty(date(2026, 12, 22), "Court", 2),
            Duty(frozenset({1}), "Court", 2, first=date(2026, 12, 22), every=2),
        ),
        appointments=(Appointment("Ann", date(2026, 12, 24), "Office"),),
        requests=(Request("Ann", 4, "home"), Request("Ann", date(2026, 12, 25), "home")),
        links=(Link("Ann", "Bob"),),
        closures=(Closure("Office", date(2026, 12, 28), date(2026, 12, 28), 3),),
        published=(PublishedSeat("Ann", date(2026, 12, 29), "Office", locked=True),),
    )
