"""Bank holidays of England and Wales, and the years for which a problem knows them."""

from datetime import date

from rota.reading import list_bank_holidays, read_problem
from tests.rota.reading.small_unit import write_unit


def test_the_bank_holidays_of_2027():
    # As gov.uk lists them, with 25 and 26 December, a weekend, whose substitutes follow.
    assert list_bank_holidays(date(2027, 3, 1), date(2027, 3, 2)) == {
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
        date(2027, 12, 25),
        date(2027, 12, 26),
        date(2027, 12, 27),
        date(2027, 12, 28),
    }


def test_scotland_and_northern_ireland_work_differently():
    known = list_bank_holidays(date(2026, 1, 1), date(2026, 12, 31))
    assert (
        known & {date(2026, 1, 2), date(2026, 3, 17), date(2026, 8, 3), date(2026, 11, 30)} == set()
    )


def test_they_reach_from_today_to_the_end_of_the_period_and_of_the_notice(tmp_path):
    folder = write_unit(tmp_path)

    def years(today, start):
        days = read_problem(folder, today=today, start=start).problem.bank_holidays
        return {day.year for day in days}

    assert years(date(2025, 12, 1), date(2027, 1, 4)) == {2025, 2026, 2027}
    assert years(date(2026, 12, 1), date(2025, 1, 6)) == {2025, 2026, 2027}
    assert years(date(2026, 3, 2), date(2026, 12, 14)) == {2026, 2027}


def test_a_problem_reaches_the_longest_notice(tmp_path):
    folder = write_unit(tmp_path, policy="notice_days = 60\n")
    problem = read_problem(folder, today=date(2026, 11, 2)).problem
    reached = max(problem.notice)
    assert {day.year for day in problem.bank_holidays} >= {reached.year}
    assert reached == date(2027, 1, 28)
