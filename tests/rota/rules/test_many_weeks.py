"""The office minimum over weeks that end with the period, with what is known of earlier days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rota.checker import judge
from rota.domain import (
    Away,
    Closure,
    EarlierPolicy,
    EarlierTerms,
    Period,
    PublishedSeat,
    Site,
)
from tests import rota_text
from tests.rota.rules.example import BROKEN, JUST_KEPT, KEPT, Example, Found, example, judged
from tests.rota.rules.test_office import office
from tests.rota_text import FRI, MON

DEC = [MON - timedelta(days=7 - n) for n in range(5)]
"""Monday to Friday of the week before the period; to these charts none of them is a holiday."""

ONE_WEEK = "from 4 January 2027 to 10 January 2027"
TWO_WEEKS = "from 28 December 2026 to 10 January 2027"
FOUR_WEEKS = "from 14 December 2026 to 10 January 2027"

TWO_DAYS = """
        4 Jan 2027
        Mon Tue Wed Thu Fri
Ann     O   H   H   H   O
"""
FOUR_DAYS_BEFORE = """
        28 Dec 2026
        Mon Tue Wed Thu Fri
Ann     O   O   O   O   H
"""
ONE_DAY_BEFORE = """
        28 Dec 2026
        Mon Tue Wed Thu Fri
Ann     H   H   O   H   H
"""


def of_two_days(label: str, title: str, *found: Found, **details: object) -> Example:
    return example("office-minimum", label, title, TWO_DAYS, *found, **{"over": 2, **details})


EXAMPLES = (
    of_two_days(
        JUST_KEPT,
        "a good week before makes up for a bad one",
        # 60 % of 10 days = 6; 4 days before and 2 now
        office(6, 6, TWO_WEEKS),
        history=FOUR_DAYS_BEFORE,
    ),
    of_two_days(
        BROKEN,
        "a bad week before is to be made up",
        # 60 % of 10 days = 6; 1 day before and 2 now
        office(3, 6, TWO_WEEKS, gap=3),
        history=ONE_DAY_BEFORE,
    ),
    of_two_days(
        BROKEN,
        "days before count only where a seat is known",
        # 60 % of 6 days = 3.6, so 4; 1 day before and 2 now
        office(3, 4, TWO_WEEKS, gap=1),
        history="""
                28 Dec 2026
                Mon
        Ann     O
        """,
    ),
    of_two_days(
        BROKEN,
        "without history the period alone counts, under the span's dates",
        office(2, 3, TWO_WEEKS, gap=1),
    ),
    of_two_days(
        BROKEN,
        "what is before the weeks does not count",
        office(2, 3, TWO_WEEKS, gap=1),
        history="""
                14 Dec 2026             21 Dec 2026
                Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   O   O   O       O   O   O   O   O
        """,
    ),
    of_two_days(
        KEPT,
        "over four weeks it does",
        # 60 % of 15 days = 9; 10 before and 2 now
        office(12, 9, FOUR_WEEKS),
        history="""
                14 Dec 2026             21 Dec 2026
                Mon Tue Wed Thu Fri     Mon Tue Wed Thu Fri
        Ann     O   O   O   O   O       O   O   O   O   O
        """,
        over=4,
    ),
    of_two_days(
        BROKEN,
        "a number of weeks no longer than the period is the period",
        office(2, 3, ONE_WEEK, gap=1),
        history=FOUR_DAYS_BEFORE,
        over=1,
    ),
    of_two_days(
        BROKEN,
        "over the period nothing before it counts",
        office(2, 3, ONE_WEEK, gap=1),
        history=FOUR_DAYS_BEFORE,
        over="period",
    ),
    of_two_days(
        BROKEN,
        "half a day of which alone a seat is known counts half",
        # 60 % of 13 half-days = 7.8, so 8; 3 before and 4 now
        Found(
            f"Ann (ann) has 3½ office days {TWO_WEEKS}; at least 4 asked.",
            count=3.5,
            least=4,
            gap=0.5,
            cost=1.5,
        ),
        history="""
                28 Dec 2026
                Mon Tue
        Ann     O   O/-
        """,
    ),
    of_two_days(
        BROKEN,
        "where half of an earlier day counts alone, it is rounded to halves",
        # 60 % of 11 half-days = 6.6, so 7; 1 before and 4 now
        Found(
            f"Ann (ann) has 2½ office days {TWO_WEEKS}; at least 3½ asked.",
            count=2.5,
            least=3.5,
            gap=1,
            cost=3,
        ),
        history="""
                28 Dec 2026
                Mon
        Ann     O/-
        """,
    ),
    of_two_days(
        BROKEN,
        "a seat of somebody who was away is void, on both sides",
        # 60 % of 2 + 5 days = 4.2, so 5; 1 day before and 2 now
        office(3, 5, TWO_WEEKS, gap=2),
        history=FOUR_DAYS_BEFORE,
        away=[Away("ann", DEC[1], DEC[3])],
    ),
    of_two_days(
        BROKEN,
        "a day on which the office was closed asks nothing, whoever was there counts",
        # 60 % of 5 + 1 days = 3.6, so 4; 1 day before and 2 now
        office(3, 4, TWO_WEEKS, gap=1),
        history=ONE_DAY_BEFORE,
        closures=[Closure("Leeds", DEC[0], DEC[1], 0), Closure("Leeds", DEC[3], DEC[4], 0)],
    ),
    of_two_days(
        JUST_KEPT,
        "what was published for days before counts as well",
        office(6, 6, TWO_WEEKS),
        published=FOUR_DAYS_BEFORE,
    ),
    of_two_days(
        JUST_KEPT,
        "what was published holds before what history tells",
        office(6, 6, TWO_WEEKS),
        published=FOUR_DAYS_BEFORE,
        history=ONE_DAY_BEFORE,
    ),
    of_two_days(
        BROKEN,
        "a seat on a day off of the unit counts for nothing",
        # 60 % of 2 + 5 days = 4.2, so 5; 2 days before and 2 now
        office(4, 5, TWO_WEEKS, gap=1),
        history="""
                28 Dec 2026
                Mon Tue Wed
        Ann     O   O   O
        """,
        days_off=(DEC[0],),
    ),
)


@pytest.mark.parametrize("of_rule", EXAMPLES, ids=str)
def test_examples(of_rule: Example) -> None:
    assert judged(of_rule) == of_rule.found


def found_of(problem: rota_text.Problem, chart: str = TWO_DAYS) -> list[tuple[float, float]]:
    """What is counted and asked under the office minimum."""
    findings = judge(problem, rota_text.rota(chart)).findings
    return [(f.count, f.least) for f in findings if f.rule.key == "office-minimum"]


def of_two_weeks(**details: object) -> rota_text.Problem:
    return rota_text.problem(
        TWO_DAYS, rules={"office-minimum"}, over=2, **{"history": FOUR_DAYS_BEFORE, **details}
    )


def test_the_span_is_a_period_that_ends_with_the_period() -> None:
    problem = of_two_weeks()
    (finding,) = judge(problem, rota_text.rota(TWO_DAYS)).findings
    assert finding.when == problem.span == Period(DEC[0], 2)
    assert (problem.span.last, str(finding.when)) == (date(2027, 1, 10), "2026-12-28/2027-01-10")


def test_nothing_is_asked_of_who_does_not_work_in_the_period() -> None:
    problem = of_two_weeks(history=ONE_DAY_BEFORE, away=[Away("ann", MON, FRI)])
    assert judge(problem, rota_text.Rota.of(())).findings == ()


def test_days_before_are_judged_by_the_terms_and_the_policy_of_then() -> None:
    # Until 31 December Ann was to be in on 20 % of her days, and was based at York: 0.4 of 2
    # days. The court counted until 4 January, so both days were in.
    problem = of_two_weeks(
        history="""
                28 Dec 2026
                Mon Tue Wed Thu
        Ann     N   C   C   N
        """
    )
    (ann,) = problem.unit.officers
    before = replace(ann, office_percent=20, base="York")
    earlier = (EarlierTerms(before, until=DEC[2]),)
    policies = (EarlierPolicy(replace(problem.policy, counts=("court",)), until=MON),)
    then = replace(problem, unit=replace(problem.unit, earlier=earlier, earlier_policies=policies))
    # Asked: 2 days x 20 % + 2 x 60 % + 5 x 60 % = 4.6, so 5. Had: York as her base on Monday, the
    # court on both days, but not York on Thursday, when her base was Leeds; and 2 days now.
    assert found_of(then) == [(5, 5)]
    # As if it had always been so: York is an office, and the court does not count.
    assert found_of(problem) == [(4, 6)]


def test_a_site_that_has_been_removed_since_counts_as_what_it_was() -> None:
    problem = of_two_weeks()
    gone = Site("Selby", "office", 4)
    seats = tuple(seat._replace(site="Selby") for seat in problem.unit.history)
    unit = replace(problem.unit, history=seats, earlier=(EarlierTerms(gone, until=MON),))
    assert "Selby" not in replace(problem, unit=unit).sites
    assert found_of(replace(problem, unit=unit)) == [(7, 6)]


def test_what_stored_versions_told_counts_on_days_that_were_worked_by_the_terms_of_then() -> None:
    # Ann works no Fridays: that seat is void, unless only files are there to tell.
    seats = tuple(PublishedSeat("ann", day, "Leeds") for day in DEC)
    problem = rota_text.problem(
        """
                4 Jan 2027
                Mon Tue Wed Thu
        Ann     O   H   H   H
        """,
        rules={"office-minimum"},
        over=2,
        today=MON,
    )
    problem = replace(problem, unit=replace(problem.unit, published_before=seats))
    now = "4 Jan 2027\nMon Tue Wed Thu\nAnn O H H H"
    assert found_of(problem, now) == [(5, 5)]
    assert found_of(replace(problem, published_days_were_worked=True), now) == [(6, 6)]


def test_a_row_of_history_shows_that_its_day_was_worked_whatever_the_pattern() -> None:
    # Ann works no Wednesdays now, but did then.
    problem = rota_text.problem(
        """
                4 Jan 2027
                Mon Tue Thu Fri
        Ann     O   H   H   H
        """,
        rules={"office-minimum"},
        over=2,
        history=ONE_DAY_BEFORE,
    )
    # 60 % of 4 + 5 days = 5.4, so 6; 1 day before and 1 now.
    assert found_of(problem, "4 Jan 2027\nMon Tue Thu Fri\nAnn O H H H") == [(2, 6)]
