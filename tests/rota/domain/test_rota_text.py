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


def test_a_mark_followed_by_an_exclamation_mark_is_locked() -> None:
    published = """
            4 Jan 2027
            Mon Tue
    Ann     O!  H
    """
    assert rota_text.problem(CHART, published=published).unit.published == (
        PublishedSeat("ann", date(2027, 1, 4), "Leeds", locked=True),
        PublishedSeat("ann", date(2027, 1, 5), "home"),
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
