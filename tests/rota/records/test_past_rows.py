"""What files stop telling of days that are over."""

from dataclasses import replace
from datetime import date

from rota.domain import Away, Closure, Duty, Request, Site, Unit
from rota.records.past_rows import keep_past_rows
from tests.rota_text import officer

MON, WED, FRI, LATER = (date(2027, 1, day) for day in (4, 6, 8, 20))
TODAY = date(2027, 1, 11)
NONE = Unit(
    sites=(Site("Leeds", "office"), Site("Court", "court")),
    teams=(),
    officers=(officer("Ann"), officer("Bob")),
)


def test_rows_that_are_over_stay_though_files_begin_later() -> None:
    last = replace(
        NONE,
        away=(Away("ann", MON, WED), Away("ann", FRI, TODAY)),
        duties=(Duty(MON, "Court", 1), Duty(LATER, "Court", 1)),
        closures=(Closure("Leeds", MON, MON, 0),),
    )
    kept = keep_past_rows(last, replace(NONE, duties=(Duty(LATER, "Court", 2),)), TODAY)
    assert kept.away == (Away("ann", MON, WED),)
    assert kept.duties == (Duty(LATER, "Court", 2), Duty(MON, "Court", 1))
    assert kept.closures == (Closure("Leeds", MON, MON, 0),)


def test_files_that_reach_back_can_correct_what_is_over() -> None:
    last = replace(NONE, away=(Away("ann", MON, FRI), Away("bob", MON, MON)))
    corrected = replace(NONE, away=(Away("ann", MON, WED),))
    assert keep_past_rows(last, corrected, TODAY) == corrected


def test_what_has_no_end_is_as_the_files_have_it() -> None:
    last = replace(
        NONE,
        duties=(Duty(frozenset({0}), "Court", 1), Duty(frozenset({0}), "Court", 1, last=FRI)),
        requests=(Request("ann", 0, "home"),),
    )
    kept = keep_past_rows(last, NONE, TODAY)
    assert kept.duties == (Duty(frozenset({0}), "Court", 1, last=FRI),)
    assert kept.requests == ()


def test_what_speaks_of_somebody_who_is_gone_goes_along() -> None:
    last = replace(NONE, away=(Away("ann", MON, WED), Away("bob", MON, WED)))
    without_bob = replace(NONE, officers=NONE.officers[:1])
    assert keep_past_rows(last, without_bob, TODAY).away == (Away("ann", MON, WED),)
