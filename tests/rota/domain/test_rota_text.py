"""The notation in which the tests are written says what its first page promises."""

from datetime import date

import pytest

from rota.domain import Away, PublishedSeat, Rota, Seat, Week
from tests import rota_text

CHART = """
        4 Jan 2027      11 Jan 2027
        Mon Tue Fri     Mon Tue
Ann     O   H   *       -   .
Bob     -   C   *       -   N
"""


def test_a_chart_is_a_rota() -> None:
    assert rota_text.rota(CHART) == Rota.of(
        [
            Seat("ann", date(2027, 1, 4), "Leeds"),
            Seat("ann", date(2027, 1, 5), "home"),
            Seat("bob", date(2027, 1, 5), "Crown Court"),
            Seat("bob", date(2027, 1, 12), "York"),
        ]
    )


def test_a_chart_is_a_problem() -> None:
    problem = rota_text.problem(CHART, home_days_per_week=3, desks={"O": 4})
    assert list(problem.weeks) == [Week(date(2027, 1, 4)), Week(date(2027, 1, 11))]
    assert problem.bank_holidays == {date(2027, 1, 8)}
    assert problem.working_days == {
        "ann": (date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 12)),
        "bob": (date(2027, 1, 5), date(2027, 1, 12)),
    }
    # Friday is in both patterns, and not shown in the second week.
    assert problem.unit.away == (
        Away("ann", date(2027, 1, 11), date(2027, 1, 11)),
        Away("ann", date(2027, 1, 15), date(2027, 1, 15)),
        Away("bob", date(2027, 1, 15), date(2027, 1, 15)),
    )
    assert problem.policy.home_days_per_week == 3
    assert problem.sites["Leeds"].desks == 4
    assert problem.today == date(2026, 12, 21)


SPLIT = """
        4 Jan 2027      11 Jan 2027
        Mon Tue Wed     Mon Tue Wed
Ann     C/O O/- H       O   -/. -
Bob     -/H -   O/O     -/H -   -/N
"""


def test_a_split_day_has_a_mark_for_each_half() -> None:
    assert rota_text.rota(SPLIT) == Rota.of(
        [
            Seat("ann", date(2027, 1, 4), "Crown Court", "am"),
            Seat("ann", date(2027, 1, 4), "Leeds", "pm"),
            Seat("ann", date(2027, 1, 5), "Leeds", "am"),
            Seat("ann", date(2027, 1, 6), "home"),
            Seat("ann", date(2027, 1, 11), "Leeds"),
            Seat("bob", date(2027, 1, 4), "home", "pm"),
            Seat("bob", date(2027, 1, 6), "Leeds"),
            Seat("bob", date(2027, 1, 11), "home", "pm"),
            Seat("bob", date(2027, 1, 13), "York", "pm"),
        ]
    )


def test_half_a_day_that_is_not_worked_is_away_where_another_week_has_it() -> None:
    problem = rota_text.problem(SPLIT)
    assert [str(officer.working_days) for officer in problem.unit.officers] == [
        "Mon Tue Wed",
        "Mon pm Wed",
    ]
    assert problem.unit.away == (
        Away("ann", date(2027, 1, 5), date(2027, 1, 5), part="pm"),
        Away("ann", date(2027, 1, 12), date(2027, 1, 12), part="am"),
        Away("ann", date(2027, 1, 13), date(2027, 1, 13)),
        Away("bob", date(2027, 1, 13), date(2027, 1, 13), part="am"),
    )
    assert problem.parts_worked == {
        ("ann", date(2027, 1, 4)): "",
        ("ann", date(2027, 1, 5)): "am",
        ("ann", date(2027, 1, 6)): "",
        ("ann", date(2027, 1, 11)): "",
        ("ann", date(2027, 1, 12)): "pm",
        ("bob", date(2027, 1, 4)): "pm",
        ("bob", date(2027, 1, 6)): "",
        ("bob", date(2027, 1, 11)): "pm",
        ("bob", date(2027, 1, 13)): "pm",
    }


def test_a_mark_followed_by_an_exclamation_mark_is_locked() -> None:
    published = """
            4 Jan 2027
            Mon Tue
    Ann     O!  H/C!
    """
    assert rota_text.problem(CHART, published=published).unit.published == (
        PublishedSeat("ann", date(2027, 1, 4), "Leeds", locked=True),
        PublishedSeat("ann", date(2027, 1, 5), "home", part="am"),
        PublishedSeat("ann", date(2027, 1, 5), "Crown Court", locked=True, part="pm"),
    )


@pytest.mark.parametrize(
    ("chart", "says"),
    [
        ("4 Jan 2027\n Mon Tue\n Ann O", "Ann has 1 cells under 2 days"),
        ("4 Jan 2027\n Mon Mon\n Ann O O", "columns of 2 weeks under 1 Mondays"),
        ("4 Jan 2027 11 Jan 2027\n Mon Tue\n Ann O O", "columns of 1 weeks under 2 Mondays"),
    ],
)
def test_a_chart_that_does_not_add_up_is_refused(chart: str, says: str) -> None:
    with pytest.raises(ValueError, match=f"^{says}$"):
        rota_text.rota(chart)
